@NullMarked
package com.amrutam.kit.redis;

import org.jspecify.annotations.NullMarked;

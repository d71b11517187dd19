@NullMarked
package com.amrutam.kit.codes;

import org.jspecify.annotations.NullMarked;

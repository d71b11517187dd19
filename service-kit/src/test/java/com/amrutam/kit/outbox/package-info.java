@NullMarked
package com.amrutam.kit.outbox;

import org.jspecify.annotations.NullMarked;

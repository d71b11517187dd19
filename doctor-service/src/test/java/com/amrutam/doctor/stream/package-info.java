@NullMarked
package com.amrutam.doctor.stream;

import org.jspecify.annotations.NullMarked;

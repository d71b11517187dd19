@NullMarked
package com.amrutam.localstack;

import org.jspecify.annotations.NullMarked;

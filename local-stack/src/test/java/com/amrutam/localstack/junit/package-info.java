@NullMarked
package com.amrutam.localstack.junit;

import org.jspecify.annotations.NullMarked;

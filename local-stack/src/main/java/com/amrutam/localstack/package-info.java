/**
 * The command line behind {@code ./amrutam}: one class per command, and what they share. The bash script of that name
 * finds a JDK and builds; from there on it is {@link com.amrutam.localstack.Amrutam}.
 */
@NullMarked
package com.amrutam.localstack;

import org.jspecify.annotations.NullMarked;

/** The OWASP API Security Top 10 of 2023, a class for each, from outside through the gateway. */
@NullMarked
package com.amrutam.system.owasp;

import org.jspecify.annotations.NullMarked;

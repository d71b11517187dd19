/**
 * People using the running product through its public API: the demo doctors that {@code up} seeds and the patient's
 * journey that {@code demo} shows. Nothing here knows more than a client developer does.
 */
@NullMarked
package com.amrutam.localstack.demo;

import org.jspecify.annotations.NullMarked;

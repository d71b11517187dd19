/**
 * What is refused before any route is looked for, each time with a problem document: targets that are tricks (Spring
 * Security's firewall), queries that cannot be read, and whatever Tomcat itself turns away.
 */
@NullMarked
package com.amrutam.gateway.refusal;

import org.jspecify.annotations.NullMarked;

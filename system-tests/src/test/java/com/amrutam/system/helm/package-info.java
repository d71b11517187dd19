/** The charts, rendered by Helm itself for each environment and held against schemas, policies and the services' own code. */
@NullMarked
package com.amrutam.system.helm;

import org.jspecify.annotations.NullMarked;

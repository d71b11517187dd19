/** A person's data from all services in one answer. */
@NullMarked
package com.amrutam.gateway.export;

import org.jspecify.annotations.NullMarked;

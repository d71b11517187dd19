/** What the services' metrics have in common; their names and meaning are in {@code docs/metrics.md}. */
@NullMarked
package com.amrutam.kit.metrics;

import org.jspecify.annotations.NullMarked;

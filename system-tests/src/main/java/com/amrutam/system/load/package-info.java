/**
 * {@code ./amrutam load}: a thousand people at once use a running stack through its gateway, and what that cost is written
 * down. {@link com.amrutam.system.load.Scenario} has the scenarios with their bars, {@link com.amrutam.system.load.Visits}
 * what people do.
 */
@NullMarked
package com.amrutam.system.load;

import org.jspecify.annotations.NullMarked;

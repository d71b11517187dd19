/** Alerts and dashboards: that they are sound, and that the running system tells what they ask for. */
@NullMarked
package com.amrutam.system.monitoring;

import org.jspecify.annotations.NullMarked;

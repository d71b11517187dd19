/** What REST controllers share: pages with opaque cursors, and the trace every request and event belongs to. */
@NullMarked
package com.amrutam.kit.web;

import org.jspecify.annotations.NullMarked;

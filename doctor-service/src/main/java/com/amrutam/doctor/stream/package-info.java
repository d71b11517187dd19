/**
 * A doctor's slots live, as server-sent events: each change is a row, a notification of Postgres wakes the watchers in
 * every instance, and a watcher who was away goes on from the last row they saw.
 */
@NullMarked
package com.amrutam.doctor.stream;

import org.jspecify.annotations.NullMarked;

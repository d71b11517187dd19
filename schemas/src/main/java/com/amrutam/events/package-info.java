/**
 * The events of Amrutam: one generated class per event (from {@code src/main/avro}), and {@link com.amrutam.events.Topic},
 * the catalogue that says on which topic each travels. Nothing else in the product spells a topic name.
 */
@NullMarked
package com.amrutam.events;

import org.jspecify.annotations.NullMarked;

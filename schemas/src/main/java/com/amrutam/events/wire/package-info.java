/**
 * The form events have on Kafka: Confluent's wire format (a zero byte, the schema id as a big-endian int, Avro binary),
 * with schemas looked up in any registry that speaks Confluent's REST API.
 */
@NullMarked
package com.amrutam.events.wire;

import org.jspecify.annotations.NullMarked;

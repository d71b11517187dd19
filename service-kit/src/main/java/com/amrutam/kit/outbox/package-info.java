/** The outbox: events are written in the business transaction and relayed from the write-ahead log to Kafka. */
@NullMarked
package com.amrutam.kit.outbox;

import org.jspecify.annotations.NullMarked;

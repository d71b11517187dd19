/**
 * The servers the product stands on, real ones, on loopback: Postgres, Kafka, Redis, a schema registry, and the
 * services as processes beside them. {@link com.amrutam.localstack.server.Stack} puts the infrastructure together;
 * the launcher runs it from the repository's state directory, the tests from a throw-away one.
 */
@NullMarked
package com.amrutam.localstack.server;

import org.jspecify.annotations.NullMarked;

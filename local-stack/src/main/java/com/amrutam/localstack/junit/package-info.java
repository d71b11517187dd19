/**
 * Test support: {@link com.amrutam.localstack.junit.LocalStack} gives a test class the real servers,
 * {@link com.amrutam.localstack.junit.TestIssuer} tokens that services accept, and
 * {@link com.amrutam.localstack.junit.EventProbe} eyes and a voice on Kafka.
 */
@NullMarked
package com.amrutam.localstack.junit;

import org.jspecify.annotations.NullMarked;

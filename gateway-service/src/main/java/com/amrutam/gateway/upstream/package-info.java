/**
 * Fetching the answer: one pooled HTTP client, bodies passed on as they come in both directions, and problem documents
 * where a service is away, too slow or breaks off.
 */
@NullMarked
package com.amrutam.gateway.upstream;

import org.jspecify.annotations.NullMarked;

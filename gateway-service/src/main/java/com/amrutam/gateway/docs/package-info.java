/**
 * The API's documentation: the services' OpenAPI documents put together at {@code /openapi.json}, and a page to read and
 * try them at {@code /docs}.
 */
@NullMarked
package com.amrutam.gateway.docs;

import org.jspecify.annotations.NullMarked;

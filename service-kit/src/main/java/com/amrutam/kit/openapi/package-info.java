/**
 * Each service's part of the API's documentation, at {@code /openapi}: an OpenAPI 3.1 document made of its controllers,
 * their Javadoc and the examples in {@code openapi-examples.yml}. The gateway puts the parts together.
 */
@NullMarked
package com.amrutam.kit.openapi;

import org.jspecify.annotations.NullMarked;

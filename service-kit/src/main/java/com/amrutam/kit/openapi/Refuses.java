package com.amrutam.kit.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names, for the API's documentation, the refusals an operation has besides those that follow from its shape (a body, an
 * id in the path, {@code If-Match} and so on).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {
    /** Codes of the service's problem types, such as {@code slot-taken}. */
    String[] value();
}

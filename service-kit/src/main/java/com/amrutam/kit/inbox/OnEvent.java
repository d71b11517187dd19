package com.amrutam.kit.inbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that handles one type of event: {@code void on(SlotsPublished event)}, or with
 * {@link EventMetadata} as a second argument. The topic follows from the event's type.
 *
 * <p>Each event is handled in one transaction with the record that it was, so it takes effect once however often it is
 * delivered. Events with the same key come in order. A method that throws sees the event again after a pause; when
 * that does not help, the event goes to the dead-letter topic {@code <topic>.<group>.dlt} and the next one is handled.
 *
 * <p>The methods of one bean share a consumer; beans do not wait for one another. A service handles a topic in one
 * bean only.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnEvent {}

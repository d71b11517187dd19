/**
 * Messages: queued in the transaction that handles an event, sent right after its commit, recorded with their outcome.
 */
@NullMarked
package com.amrutam.notification.message;

import org.jspecify.annotations.NullMarked;

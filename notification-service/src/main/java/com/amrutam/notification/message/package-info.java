/**
 * Messages: queued in the transaction that handles an event, claimed and sent right after its commit, recorded with their
 * outcome; what a sender that died leaves behind is settled by the next.
 */
@NullMarked
package com.amrutam.notification.message;

import org.jspecify.annotations.NullMarked;

package com.amrutam.notification.message;

import com.amrutam.notification.calendar.Invitation;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.template.Kind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one person by one channel.
 *
 * @param causeEventId the event it tells of; with recipient and channel it makes the message unique
 * @param userId absent for the login code of someone not yet registered
 * @param language of the text, {@code en} or {@code hi}
 * @param code what to put into the text when sending; absent for messages without a code
 * @param about the appointment it tells of; absent when it tells of none
 * @param invitation for the calendar; absent when there is nothing to enter
 * @param expiresAt later than this it is not sent any more; absent when it never comes too late
 * @param dueAt when it should be there: when the event happened, or when the quiet hours after it ended
 * @param attempts how often it was sent, the attempt under way included
 * @param traceparent the trace of the event it tells of; absent for what was queued before that was kept
 */
record Message(
        UUID id,
        UUID causeEventId,
        @Nullable UUID userId,
        Kind kind,
        ChannelName channel,
        String recipient,
        String subject,
        String text,
        String language,
        @Nullable EncryptedCode code,
        @Nullable About about,
        @Nullable Invitation invitation,
        @Nullable Instant expiresAt,
        Instant dueAt,
        int attempts,
        @Nullable String traceparent) {

    /** The same, by e-mail: for a code that no provider of SMS took. */
    Message byEmail(UUID newId, String address) {
        return new Message(
                newId,
                causeEventId,
                userId,
                kind,
                ChannelName.EMAIL,
                address,
                subject,
                text,
                language,
                code,
                about,
                invitation,
                expiresAt,
                dueAt,
                0,
                traceparent);
    }

    /**
     * A code as it came.
     *
     * @param subject the challenge or lock it is for
     */
    record EncryptedCode(UUID subject, byte[] bytes) {}

    /** An appointment at a version: a message about an earlier one than is known helps nobody. */
    record About(UUID appointmentId, int version) {}

    boolean isTooLate(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Waited for by somebody: sent before all else, and rather twice than never. */
    boolean isCode() {
        return code != null;
    }
}

package com.amrutam.notification.channel;

import java.util.UUID;

/** One way a message leaves the house. */
public interface Channel {
    ChannelName name();

    /**
     * Hands a message over; returning means that the other side has taken it.
     *
     * @throws NotTaken when it has not, and it is worth trying again
     */
    void send(Letter letter) throws NotTaken;

    /**
     * A message as it goes out.
     *
     * @param id the message's id; the same at every attempt, for providers that can tell a repetition
     * @param to phone number or address
     * @param kind what it is about, such as {@code LOGIN_CODE}
     */
    record Letter(UUID id, String to, String kind, String subject, String text) {}

    /** The other side did not take a message. */
    final class NotTaken extends Exception {
        public NotTaken(String reason) {
            super(reason);
        }
    }
}

package com.amrutam.notification.channel;

/** The ways a message can go. */
public enum ChannelName {
    SMS,
    WHATSAPP,
    EMAIL
}

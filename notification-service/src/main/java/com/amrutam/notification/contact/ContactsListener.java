package com.amrutam.notification.contact;

import com.amrutam.events.identity.ContactChanged;
import com.amrutam.kit.inbox.OnEvent;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the contact cards in step with identity. */
@Component
class ContactsListener {
    private static final Logger log = LoggerFactory.getLogger(ContactsListener.class);

    private final Contacts contacts;

    ContactsListener(Contacts contacts) {
        this.contacts = contacts;
    }

    @OnEvent
    void on(ContactChanged event) {
        contacts.keep(
                new Contact(
                        event.getUserId(),
                        event.getPhone(),
                        event.getEmail(),
                        Locale.forLanguageTag(event.getLanguage()),
                        zone(event.getTimeZone()),
                        Set.copyOf(event.getMutedChannels())),
                event.getVersion());
    }

    /** A zone this JVM does not know must not keep a person from being told anything. */
    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            log.atWarn().addKeyValue("timeZone", name).log("Not a known time zone; times are told as in India");
            return Contact.DEFAULT_ZONE;
        }
    }
}

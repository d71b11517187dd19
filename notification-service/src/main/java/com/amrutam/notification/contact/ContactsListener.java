package com.amrutam.notification.contact;

import com.amrutam.events.identity.ContactChanged;
import com.amrutam.kit.inbox.OnEvent;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps the contact cards in step with identity. */
@Component
class ContactsListener {
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
                        ZoneId.of(event.getTimeZone()),
                        Set.copyOf(event.getMutedChannels())),
                event.getVersion());
    }
}

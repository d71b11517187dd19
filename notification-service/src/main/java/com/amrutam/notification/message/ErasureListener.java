package com.amrutam.notification.message;

import com.amrutam.events.identity.UserErased;
import com.amrutam.kit.idempotency.KeptAnswers;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.notification.contact.Contacts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Forgets people who asked for it: how to reach them, and what was written to them. */
@Component
class ErasureListener {
    private final Contacts contacts;
    private final Messages messages;
    private final KeptAnswers keptAnswers;

    ErasureListener(Contacts contacts, Messages messages, KeptAnswers keptAnswers) {
        this.contacts = contacts;
        this.messages = messages;
        this.keptAnswers = keptAnswers;
    }

    @OnEvent
    void on(UserErased event) {
        var recipients = contacts.forget(event.getUserId(), event.getErasedAt())
                .map(contact -> Stream.of(contact.phone(), contact.email())
                        .filter(Objects::nonNull)
                        .toList())
                .orElse(List.of());
        messages.forget(event.getUserId(), recipients);
        keptAnswers.forget(event.getUserId());
    }
}

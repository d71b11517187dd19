package com.amrutam.notification.message;

import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.channel.Channels;
import com.amrutam.notification.contact.Contact;
import com.amrutam.notification.contact.Contacts;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what became of messages, with the events that tell of it. */
@Component
class RecordOutcomes {
    private static final Logger log = LoggerFactory.getLogger(RecordOutcomes.class);

    private final Messages messages;
    private final DeliveryEvents events;
    private final Channels channels;
    private final Contacts contacts;

    RecordOutcomes(Messages messages, DeliveryEvents events, Channels channels, Contacts contacts) {
        this.messages = messages;
        this.events = events;
        this.channels = channels;
        this.contacts = contacts;
    }

    /**
     * Records many at once.
     *
     * @return those that counted: an attempt that was taken for dead meanwhile, and whose message was sent again, is history
     */
    @Transactional
    public List<Outcome> record(List<Outcome> outcomes) {
        var recorded = messages.record(outcomes);
        var counting = outcomes.stream()
                .filter(outcome -> recorded.contains(outcome.message().id()))
                .toList();
        events.tell(counting);
        counting.forEach(outcome -> {
            if (outcome instanceof Outcome.GivenUp(Message message, var _, var _)
                    && message.isCode()
                    && message.channel() == ChannelName.SMS) {
                byEmailInstead(message);
            }
        });
        return counting;
    }

    /** A code that no provider took still gets somebody in, where identity has verified an address of theirs. */
    private void byEmailInstead(Message message) {
        if (channels.has(ChannelName.EMAIL)) {
            contacts.withPhone(message.recipient()).map(Contact::email).ifPresent(address -> {
                messages.queue(message.byEmail(UuidCreator.getTimeOrderedEpoch(), address), null);
                log.atWarn().addKeyValue("messageId", message.id()).log("The code goes by e-mail instead");
            });
        }
    }
}

package com.amrutam.notification.message;

import com.amrutam.events.booking.LockReason;
import com.amrutam.kit.inbox.EventMetadata;
import com.amrutam.kit.inbox.HandledTogether;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.contact.Contact;
import com.amrutam.notification.contact.Contacts;
import com.amrutam.notification.doctor.Doctors;
import com.amrutam.notification.message.Message.EncryptedCode;
import com.amrutam.notification.message.QueueMessage.Content;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Brings codes; a consumer of its own, so that codes wait for nothing else. */
@Component
class CodesListener implements HandledTogether {
    private final QueueMessage queueMessage;
    private final Contacts contacts;
    private final Doctors doctors;
    private final Templates templates;

    CodesListener(QueueMessage queueMessage, Contacts contacts, Doctors doctors, Templates templates) {
        this.queueMessage = queueMessage;
        this.contacts = contacts;
        this.doctors = doctors;
        this.templates = templates;
    }

    @OnEvent
    void on(com.amrutam.events.identity.OtpRequested event, EventMetadata metadata) {
        var language = Locale.forLanguageTag(event.getLanguage());
        var email = event.getEmail();
        var kind = email == null ? Kind.LOGIN_CODE : Kind.EMAIL_CODE;
        var text = templates.text(
                kind, language, Templates.CODE, templates.time(event.getExpiresAt(), language, Contact.DEFAULT_ZONE));
        var code = new EncryptedCode(event.getChallengeId(), bytes(event.getEncryptedCode()));
        var content = new Content(metadata, null, kind, text, code, null, event.getExpiresAt(), null);
        queueMessage.queue(
                content,
                email == null ? ChannelName.SMS : ChannelName.EMAIL,
                email == null ? event.getPhone() : email,
                null);
    }

    @OnEvent
    void on(com.amrutam.events.booking.OtpRequested event, EventMetadata metadata) {
        contacts.of(event.getPatientId()).ifPresent(contact -> send(event, metadata, contact));
    }

    private void send(com.amrutam.events.booking.OtpRequested event, EventMetadata metadata, Contact contact) {
        var language = contact.language();
        var kind = event.getReason() == LockReason.WAITLIST ? Kind.WAITLIST_OFFER : Kind.BOOKING_CODE;
        var text = templates.text(
                kind,
                language,
                Templates.CODE,
                doctors.nameOf(event.getDoctorId()).orElseGet(() -> templates.someDoctor(language)),
                templates.day(event.getStart(), language, contact.zone()),
                templates.time(event.getExpiresAt(), language, contact.zone()));
        var code = new EncryptedCode(event.getSlotLockId(), bytes(event.getEncryptedCode()));
        var content = new Content(metadata, contact.userId(), kind, text, code, null, event.getExpiresAt(), null);
        queueMessage.queue(content, ChannelName.SMS, contact.phone(), null);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

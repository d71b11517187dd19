package com.amrutam.notification;

import static com.amrutam.notification.Outside.aPhone;
import static com.amrutam.notification.Outside.awaitState;
import static com.amrutam.notification.Outside.jdbc;
import static com.amrutam.notification.Outside.probe;
import static com.amrutam.notification.Outside.providers;
import static com.amrutam.notification.Outside.tell;
import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.LockReason;
import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.events.identity.OtpRequested;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.notification.channel.SmsLength;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every kind of message by every channel in every language, as it reached a provider or mail server on the network, beside
 * what somebody has read and found right.
 */
@ExtendWith({LocalStack.class, Outside.class})
class GoldenMessagesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Path NOW = Path.of("target", "golden");
    private static final UUID DOCTOR = UUID.fromString("01938c2e-0000-7000-8000-00000000d0c0");

    private final CodeCipher cipher = Outside.running().service().getBean(CodeCipher.class);

    @ParameterizedTest
    @ValueSource(strings = {"en", "hi"})
    void all_read_as_they_should(String language) throws Exception {
        jdbc().sql(
                        "insert into doctor (doctor_id, name, version) values (?, 'Dr. Meera Joshi', 1) on conflict do nothing")
                .param(DOCTOR)
                .update();
        providers().forget();
        // One whom everything reaches, and one whose codes no provider of SMS takes.
        var phone = aPhone();
        var email = language + ".everything@example.com";
        var reached =
                tell(phone, card -> card.setLanguage(language).setEmail(email).setMutedChannels(List.of()));
        var deafPhone = aPhone();
        var deaf = tell(deafPhone, card -> card.setLanguage(language).setEmail(language + ".codes@example.com"));
        providers().treat("first", deafPhone, "400 not this number");
        providers().treat("second", deafPhone, "400 not this number");
        var events = new Events(reached, DOCTOR, appointment(language));

        var byMail = codes(deaf, deafPhone, language);
        var causes = codes(reached, phone, language);
        causes.put("EMAIL_CODE", probe().send(loginCode(phone, email, language)));
        causes.put("APPOINTMENT_BOOKED", everywhere(events.booked()));
        causes.put("APPOINTMENT_RESCHEDULED", everywhere(events.rescheduled(2)));
        causes.put("APPOINTMENT_REMINDER", everywhere(events.reminder(2)));
        causes.put("APPOINTMENT_CANCELLED", everywhere(cancelled(events)));
        causes.forEach((kind, cause) -> awaitState(cause, kind.equals("EMAIL_CODE") ? "EMAIL" : "SMS", "SENT"));
        byMail.forEach((kind, cause) -> awaitState(cause, "EMAIL", "SENT"));

        Files.createDirectories(NOW);
        for (var entry : causes.entrySet()) {
            var kind = entry.getKey();
            var text = asked("SMS", "first", "text", entry.getValue())
                    + asked("WHATSAPP", "whatsapp", "body", entry.getValue())
                    + mail(byMail.getOrDefault(kind, entry.getValue()));
            Files.writeString(NOW.resolve(kind + "." + language + ".txt"), text.replace(phone.substring(1), "<phone>"));
        }
        for (var kind : causes.keySet()) {
            var file = kind + "." + language + ".txt";
            assertThat(GOLDEN.resolve(file))
                    .as(
                            "If the change is meant, and reads well: cp notification-service/target/golden/* notification-service/"
                                    + GOLDEN)
                    .hasSameTextualContentAs(NOW.resolve(file));
        }
    }

    private Map<String, UUID> codes(UUID patient, String phone, String language) {
        var events = new Events(patient, DOCTOR, appointment(language));
        var causes = new LinkedHashMap<String, UUID>();
        causes.put("LOGIN_CODE", probe().send(loginCode(phone, null, language)));
        causes.put("BOOKING_CODE", probe().send(events.code(cipher, LockReason.PATIENT)));
        causes.put("WAITLIST_OFFER", probe().send(events.code(cipher, LockReason.WAITLIST)));
        return causes;
    }

    /** Waits until all have it: what an appointment's next event makes untrue is not sent any more. */
    private static UUID everywhere(SpecificRecord event) {
        var cause = probe().send(event);
        for (var channel : List.of("SMS", "WHATSAPP", "EMAIL")) {
            awaitState(cause, channel, "SENT");
        }
        return cause;
    }

    private static String asked(String channel, String provider, String field, UUID cause) {
        var id = messageId(cause, channel);
        if (id.isEmpty()) {
            return "";
        }
        var body = providers().asked(provider).stream()
                .map(ProviderStub.Asked::body)
                .filter(one -> one.contains(id.get().toString()))
                .findAny()
                .orElseThrow();
        var text = new JsonMapper().readTree(body).path(field).asString();
        var length = SmsLength.of(text);
        return "=== %s: %s, %d units%s%n%s%n%n%s%n%n"
                .formatted(
                        channel,
                        length.encoding(),
                        length.units(),
                        channel.equals("SMS") ? ", " + length.segments() + " SMS" : "",
                        text,
                        body.replace(id.get().toString(), "<id>"));
    }

    private static String mail(UUID cause) throws Exception {
        var id = messageId(cause, "EMAIL").orElseThrow();
        var mail = Arrays.stream(Outside.running().mail().getReceivedMessages())
                .filter(one -> id(one).equals("<" + id + "@amrutam.com>"))
                .findAny()
                .orElseThrow();
        var text = new StringBuilder("=== EMAIL\n");
        for (var header : List.of("From", "To", "Auto-Submitted")) {
            text.append(header).append(": ").append(mail.getHeader(header, ",")).append('\n');
        }
        text.append("Subject: ").append(mail.getSubject()).append('\n');
        if (mail.getContent() instanceof Multipart parts) {
            append(parts, text);
        }
        return text.toString().replace("\r\n", "\n");
    }

    private static void append(Multipart parts, StringBuilder text) throws Exception {
        text.append("--- ").append(parts.getContentType().split(";")[0]).append('\n');
        for (int i = 0; i < parts.getCount(); i++) {
            var part = parts.getBodyPart(i);
            if (part.getContent() instanceof Multipart inner) {
                append(inner, text);
            } else {
                text.append("--- ").append(part.getContentType()).append('\n');
                text.append(MailTest.text(part).strip()).append('\n');
            }
        }
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<UUID> messageId(UUID cause, String channel) {
        return jdbc().sql("select id from message where cause_event_id = ? and channel = ?")
                .params(cause, channel)
                .query(UUID.class)
                .optional();
    }

    private static AppointmentCancelled cancelled(Events events) {
        var start = Events.START;
        return AppointmentCancelled.newBuilder(events.cancelled(3))
                .setAlternatives(List.of(slot(start.plus(Duration.ofHours(1))), slot(start.plus(Duration.ofDays(1)))))
                .build();
    }

    private static OfferedSlot slot(Instant start) {
        return new OfferedSlot(UUID.randomUUID(), start, start.plus(Duration.ofMinutes(30)), List.of(Mode.ONLINE));
    }

    /** The same in every run, for it is in the calendar files. */
    private static UUID appointment(String language) {
        return UUID.fromString("01938c2e-0000-7000-8000-0000000000" + (language.equals("en") ? "e0" : "d1"));
    }

    private OtpRequested loginCode(String phone, @Nullable String email, String language) {
        var challenge = UUID.randomUUID();
        return OtpRequested.newBuilder()
                .setChallengeId(challenge)
                .setPhone(phone)
                .setEmail(email)
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(challenge, "314159")))
                .setLanguage(language)
                .setExpiresAt(Events.START.minus(Duration.ofHours(2)))
                .setRequestedAt(Instant.now())
                .build();
    }
}

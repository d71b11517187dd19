package com.amrutam.notification;

import static com.amrutam.notification.Outside.aPhone;
import static com.amrutam.notification.Outside.awaitState;
import static com.amrutam.notification.Outside.jdbc;
import static com.amrutam.notification.Outside.mails;
import static com.amrutam.notification.Outside.probe;
import static com.amrutam.notification.Outside.tell;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import com.amrutam.events.notification.NotificationFailed;
import com.amrutam.localstack.junit.LocalStack;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mails as a mail server on the network gets them. */
@ExtendWith({LocalStack.class, Outside.class})
class MailTest {
    private final String email = "asha+" + UUID.randomUUID() + "@example.com";
    private final Events events = Events.of(tell(aPhone(), card -> card.setEmail(email)));

    @Test
    void a_calendar_follows_an_appointment_from_booking_to_move_to_cancellation() throws Exception {
        awaitState(probe().send(events.booked()), "EMAIL", "SENT");
        awaitState(probe().send(events.rescheduled(2)), "EMAIL", "SENT");
        awaitState(probe().send(events.cancelled(3)), "EMAIL", "SENT");

        var calendars = new ArrayList<ICalendar>();
        for (var mail : mails(email)) {
            var parts = parts(mail);
            assertThat(parts)
                    .extracting(MailTest::type)
                    .containsExactly("text/plain", "text/html", "text/calendar", "application/ics");
            assertThat(text(parts.get(3))).isEqualTo(text(parts.get(2)));
            calendars.add(Biweekly.parse(text(parts.get(2))).first());
        }

        assertThat(calendars).hasSize(3).allSatisfy(calendar -> {
            // By another's judgement than its writer's.
            assertThat(calendar.validate(ICalVersion.V2_0).getWarnings()).isEmpty();
            var event = calendar.getEvents().getFirst();
            // As booking-service calls it in calendar.ics.
            assertThat(event.getUid().getValue()).isEqualTo(events.appointment() + "@amrutam.com");
            assertThat(event.getAttendees().getFirst().getEmail()).isEqualTo(email);
        });
        assertThat(calendars)
                .extracting(calendar -> calendar.getMethod().getValue())
                .containsExactly("REQUEST", "REQUEST", "CANCEL");
        assertThat(calendars)
                .extracting(calendar ->
                        calendar.getEvents().getFirst().getSequence().getValue())
                .containsExactly(0, 1, 2);
        assertThat(calendars)
                .extracting(calendar -> calendar.getEvents()
                        .getFirst()
                        .getDateStart()
                        .getValue()
                        .toInstant())
                .containsExactly(Events.START, Events.START.plusSeconds(86_400), Events.START);
        assertThat(calendars.getLast().getEvents().getFirst().getStatus().isCancelled())
                .isTrue();
    }

    @Test
    void a_hostile_name_adds_no_header_and_no_markup() throws Exception {
        var name = "Dr. \"Q\"\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script> {code} 🙏";
        jdbc().sql("insert into doctor (doctor_id, name, version) values (?, ?, 1)")
                .params(events.doctor(), name)
                .update();

        awaitState(probe().send(events.booked()), "EMAIL", "SENT");

        var mail = mails(email).getFirst();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        var parts = parts(mail);
        assertThat(text(parts.get(0)).replace("\r\n", "\n")).contains(name.replace("\r\n", "\n"));
        assertThat(text(parts.get(1)))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script");
        var summary = Biweekly.parse(text(parts.get(2)))
                .first()
                .getEvents()
                .getFirst()
                .getSummary()
                .getValue();
        assertThat(summary).contains("<script>alert(1)</script> {code} 🙏");
        assertThat(Biweekly.parse(text(parts.get(2)))
                        .first()
                        .getEvents()
                        .getFirst()
                        .getAttendees())
                .hasSize(1);
    }

    @Test
    void an_address_that_is_none_is_shown_to_no_server() {
        var person = Events.of(tell(aPhone(), card -> card.setEmail("asha@example.com\r\nBcc: evil@example.com")));

        awaitState(probe().send(person.booked()), "EMAIL", "FAILED bad-contact");

        assertThat(mails("evil@example.com")).isEmpty();
    }

    @Test
    void a_mail_the_server_does_not_take_is_given_up_after_three_attempts_and_the_sms_goes_all_the_same() {
        var phone = aPhone();
        var cause = UUID.randomUUID();
        var person = Events.of(tell(phone, card -> card.setEmail(ClumsyServer.REFUSED)));
        try (var _ = ClumsyServer.instead()) {
            probe().send(cause, person.booked());
            awaitState(cause, "EMAIL", "FAILED not-taken");
        }

        awaitState(cause, "SMS", "SENT");
        var failed = probe().await(
                        NotificationFailed.class,
                        event -> event.getCauseEventId().equals(cause));
        assertThat(failed.getChannel()).isEqualTo("EMAIL");
        assertThat(failed.getReason()).isEqualTo("not-taken");
    }

    @Test
    void a_mail_the_server_may_have_taken_is_not_sent_again_and_marked_so() {
        var person = Events.of(tell(aPhone(), card -> card.setEmail("asha@example.com")));
        try (var server = ClumsyServer.instead()) {
            awaitState(probe().send(person.booked()), "EMAIL", "FAILED uncertain");
            assertThat(server.taken()).isOne();
        }
    }

    static List<BodyPart> parts(MimeMessage mail) throws Exception {
        var parts = new ArrayList<BodyPart>();
        collect((Multipart) mail.getContent(), parts);
        return parts;
    }

    private static void collect(Multipart multipart, List<BodyPart> parts) throws Exception {
        for (int i = 0; i < multipart.getCount(); i++) {
            if (multipart.getBodyPart(i).getContent() instanceof Multipart inner) {
                collect(inner, parts);
            } else {
                parts.add(multipart.getBodyPart(i));
            }
        }
    }

    private static String type(Part part) {
        try {
            return part.getContentType().split(";")[0];
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    static String text(Part part) throws Exception {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

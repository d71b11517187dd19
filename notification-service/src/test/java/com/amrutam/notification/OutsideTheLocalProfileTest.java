package com.amrutam.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.notification.NotificationFailed;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import com.amrutam.notification.channel.Channel;
import com.amrutam.notification.channel.ChannelName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As in production, with an SMS gateway that is this test and a mail server on the network. */
@ExtendWith(LocalStack.class)
class OutsideTheLocalProfileTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<Channel.Letter> SMS = new CopyOnWriteArrayList<>();
    private static SmtpServer smtp;
    private static EventProbe probe;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        smtp = new SmtpServer();
        probe = EventProbe.fromNow();
        var application = new SpringApplication(NotificationApplication.class);
        application.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean("smsGateway", Channel.class, SmsGateway::new));
        service =
                application.run("--server.port=0", "--spring.mail.host=127.0.0.1", "--spring.mail.port=" + smtp.port());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        probe.close();
        smtp.close();
    }

    @Test
    void without_a_way_to_deliver_codes_the_service_does_not_start_and_says_what_to_set() {
        assertThatThrownBy(() -> SpringApplication.run(NotificationApplication.class, "--server.port=0"))
                .rootCause()
                .hasMessageContaining("No channel delivers SMS")
                .hasMessageContaining("spring.profiles.active");
    }

    @Test
    void the_mailbox_of_the_local_stack_is_not_there_whoever_asks() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + service.getEnvironment().getProperty("local.server.port")
                + "/dev/messages?to=%2B919812345678"));

        for (var asked : List.of(
                request.copy(),
                request.copy().header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID(), "ADMIN")))) {
            var response = HTTP.send(asked.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void a_confirmation_goes_out_by_sms_and_by_smtp() {
        var patient = UUID.randomUUID();
        var email = "asha." + patient + "@example.com";
        var phone = tell(patient, email);

        await().untilAsserted(() -> {
            assertThat(SMS).extracting(Channel.Letter::to).contains(phone);
            assertThat(smtp.mails())
                    .filteredOn(mail -> mail.contains("To: " + email))
                    .singleElement()
                    .asString()
                    .contains("From: Amrutam <no-reply@amrutam.com>")
                    .contains("Subject: Your appointment is booked")
                    .contains("Your appointment with your doctor is booked for Friday, 15 January 2027, 10:00");
        });
    }

    @Test
    void a_mail_no_server_takes_is_given_up_after_three_attempts_and_the_sms_goes_all_the_same() {
        var patient = UUID.randomUUID();
        var phone = tell(patient, "nobody@example.com");

        await().untilAsserted(
                        () -> assertThat(SMS).extracting(Channel.Letter::to).contains(phone));
        var failed = probe.await(NotificationFailed.class, event -> patient.equals(event.getUserId()));
        assertThat(failed.getChannel()).isEqualTo("EMAIL");
        assertThat(failed.getReason()).isEqualTo("not-taken");
    }

    private static String tell(UUID patient, String email) {
        var phone = "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
        var start = Instant.parse("2027-01-15T04:30:00Z");
        var card = probe.send(ContactChanged.newBuilder()
                .setUserId(patient)
                .setPhone(phone)
                .setEmail(email)
                .setVersion(1)
                .setChangedAt(Instant.now())
                .build());
        await().until(() -> service.getBean(JdbcClient.class)
                .sql("select exists (select from inbox_event where event_id = ?)")
                .param(card)
                .query(Boolean.class)
                .single());
        probe.send(AppointmentBooked.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(1)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(3)
                .setDoctorId(UUID.randomUUID())
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(start)
                .setEnd(start.plus(Duration.ofMinutes(30)))
                .setBookedAt(Instant.now())
                .build());
        return phone;
    }

    private static final class SmsGateway implements Channel {
        @Override
        public ChannelName name() {
            return ChannelName.SMS;
        }

        @Override
        public void send(Letter letter) {
            SMS.add(letter);
        }
    }
}

package com.amrutam.notification;

import static org.awaitility.Awaitility.await;

import com.amrutam.events.identity.ContactChanged;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * JUnit extension: the service as in production, with providers of SMS and WhatsApp messages and a mail server on the
 * network. Started once for all tests that want it; those that run the service in another way {@link #stop} it first,
 * for two would share the work.
 */
final class Outside implements BeforeAllCallback {
    /** Of which every request to a provider with template ids needs one. */
    static final List<String> KINDS_BY_SMS = List.of(
            "LOGIN_CODE",
            "BOOKING_CODE",
            "WAITLIST_OFFER",
            "APPOINTMENT_BOOKED",
            "APPOINTMENT_RESCHEDULED",
            "APPOINTMENT_CANCELLED",
            "APPOINTMENT_REMINDER");

    static final String RECEIPT_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static @Nullable Running running;

    /** What there is while the service runs. */
    record Running(ProviderStub providers, GreenMail mail, EventProbe probe, ConfigurableApplicationContext service) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        running();
    }

    static synchronized Running running() {
        if (running == null) {
            LocalStack.databaseUrl();
            var providers = new ProviderStub();
            var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            mail.start();
            var probe = EventProbe.fromNow();
            var service = new SpringApplication(NotificationApplication.class)
                    .run(settings(providers, mail.getSmtp().getPort()).toArray(String[]::new));
            running = new Running(providers, mail, probe, service);
        }
        return running;
    }

    static synchronized void stop() {
        if (running != null) {
            running.service().close();
            running.probe().close();
            running.mail().stop();
            running.providers().close();
            running = null;
        }
    }

    private static LocalTime inIndia() {
        return LocalTime.now(ZoneId.of("Asia/Kolkata")).truncatedTo(ChronoUnit.MINUTES);
    }

    /** As the command line has them. It is never quiet in India during a test, and always at +12:00. */
    static List<String> settings(ProviderStub providers, int mailPort) {
        var all = new ArrayList<String>();
        for (var kind : KINDS_BY_SMS) {
            for (var language : List.of("en", "hi")) {
                var text = kind + "." + language;
                all.add("--amrutam.notification.sms.template-ids.[" + text + "]=template-"
                        + text.toLowerCase(Locale.ROOT));
            }
        }
        all.addAll(List.of(
                "--server.port=0",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mailPort,
                "--spring.mail.properties.mail.smtp.timeout=1000",
                "--amrutam.notification.quiet-hours.from=" + inIndia().plusHours(6),
                "--amrutam.notification.quiet-hours.to=" + inIndia().plusHours(7),
                "--amrutam.notification.sms.timeout=1s",
                "--amrutam.notification.sms.entity-id=1101600000000000001",
                "--amrutam.notification.sms.providers[0].name=first",
                "--amrutam.notification.sms.providers[0].url=" + providers.url("first"),
                "--amrutam.notification.sms.providers[0].headers.authkey=secret-key",
                "--amrutam.notification.sms.providers[0].body={\"template_id\":\"{templateId}\",\"entity_id\":\"{entityId}\","
                        + "\"mobiles\":\"{digits}\",\"text\":\"{text}\",\"coding\":\"{encoding}\","
                        + "\"ref\":\"{id}\"}",
                "--amrutam.notification.sms.providers[0].encodings.gsm-7=plain",
                "--amrutam.notification.sms.providers[0].encodings.ucs-2=unicode",
                "--amrutam.notification.sms.providers[0].accepted=\"type\":\"success\"",
                "--amrutam.notification.sms.providers[0].reference=\"request_id\":\"([^\"]+)\"",
                "--amrutam.notification.sms.providers[1].name=second",
                "--amrutam.notification.sms.providers[1].url=" + providers.url("second"),
                "--amrutam.notification.sms.providers[1].content-type=application/x-www-form-urlencoded",
                "--amrutam.notification.sms.providers[1].body=To={to}&Body={text}&Ref={id}",
                "--amrutam.notification.whatsapp.timeout=1s",
                "--amrutam.notification.whatsapp.providers[0].name=whatsapp",
                "--amrutam.notification.whatsapp.providers[0].url=" + providers.url("whatsapp"),
                "--amrutam.notification.whatsapp.providers[0].body={\"to\":\"{to}\",\"body\":\"{text}\",\"ref\":\"{id}\"}",
                "--amrutam.notification.receipts.first.scheme=STANDARD_WEBHOOKS",
                "--amrutam.notification.receipts.first.secret=" + RECEIPT_SECRET,
                "--amrutam.notification.receipts.first.reference=/data/request_id",
                "--amrutam.notification.receipts.first.status=/data/status",
                "--amrutam.notification.receipts.first.arrived=DELIVERED",
                "--amrutam.notification.receipts.first.lost=FAILED|REJECTED",
                "--amrutam.notification.receipts.second.scheme=TWILIO",
                "--amrutam.notification.receipts.second.secret=twilio-token",
                "--amrutam.notification.receipts.second.url=https://api.example.com/api/v1/notifications/receipts/second",
                "--amrutam.notification.receipts.second.reference=MessageSid",
                "--amrutam.notification.receipts.second.status=MessageStatus",
                "--amrutam.notification.receipts.second.arrived=delivered",
                "--amrutam.notification.receipts.second.lost=failed|undelivered"));
        return all;
    }

    static ProviderStub providers() {
        return running().providers();
    }

    static EventProbe probe() {
        return running().probe();
    }

    static JdbcClient jdbc() {
        return running().service().getBean(JdbcClient.class);
    }

    static int port() {
        return running().service().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static String aPhone() {
        return "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    /** Makes a person known, with nothing but a phone unless more is said. */
    static UUID tell(String phone, UnaryOperator<ContactChanged.Builder> more) {
        var user = UUID.randomUUID();
        deliver(more.apply(ContactChanged.newBuilder()
                        .setUserId(user)
                        .setPhone(phone)
                        .setMutedChannels(List.of("WHATSAPP"))
                        .setVersion(1)
                        .setChangedAt(Instant.now()))
                .build());
        return user;
    }

    /** Sends an event and waits until the service has taken it in. */
    static UUID deliver(SpecificRecord event) {
        var id = probe().send(event);
        awaitHandled(id);
        return id;
    }

    static void awaitHandled(UUID... events) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc().sql("select count(*) from inbox_event where event_id in (:ids)")
                                .param("ids", List.of(events))
                                .query(Integer.class)
                                .single()
                        == events.length);
    }

    /** The state and, if there is one, the reason of the message an event has caused. */
    static String stateOf(UUID cause, String channel) {
        return jdbc().sql("""
                        select coalesce(max(concat_ws(' ', state, reason)), 'none') from message
                        where cause_event_id = ? and channel = ?""").params(cause, channel).query(String.class).single();
    }

    static void awaitState(UUID cause, String channel, String... states) {
        await().atMost(Duration.ofSeconds(20)).until(() -> Stream.of(states).anyMatch(stateOf(cause, channel)::equals));
    }

    /** The mails to an address, oldest first. */
    static List<MimeMessage> mails(String address) {
        return Arrays.stream(running().mail().getReceivedMessages())
                .filter(mail -> isTo(mail, address))
                .toList();
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return mail.getAllRecipients()[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}

package com.amrutam.notification;

import static com.amrutam.notification.Outside.aPhone;
import static com.amrutam.notification.Outside.awaitState;
import static com.amrutam.notification.Outside.jdbc;
import static com.amrutam.notification.Outside.probe;
import static com.amrutam.notification.Outside.providers;
import static com.amrutam.notification.Outside.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.booking.LockReason;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody gets a message twice, whatever is delivered again and whoever dies. */
@ExtendWith({LocalStack.class, Outside.class})
class OnceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void every_event_again_and_in_any_order_brings_no_message_a_second_time() {
        providers().forget();
        var random = new Random(4711);
        var cipher = Outside.running().service().getBean(CodeCipher.class);
        var phones = new ArrayList<String>();
        var deliveries = new ArrayList<Map.Entry<UUID, SpecificRecord>>();
        for (int person = 0; person < 6; person++) {
            var phone = aPhone();
            phones.add(phone);
            var events = Events.of(tell(phone, card -> card));
            for (var event : List.of(
                    events.booked(),
                    events.rescheduled(2),
                    events.reminder(2),
                    events.cancelled(3),
                    events.code(cipher, LockReason.PATIENT))) {
                deliveries.add(Map.entry(UUID.randomUUID(), event));
            }
        }
        var ids = deliveries.stream().map(Map.Entry::getKey).toArray(UUID[]::new);

        for (int round = 0; round < 2; round++) {
            // As after weeks, when the inbox has forgotten; each also twice in a row.
            jdbc().sql("delete from inbox_event where event_id in (:ids)")
                    .param("ids", List.of(ids))
                    .update();
            Collections.shuffle(deliveries, random);
            Stream.concat(deliveries.stream(), deliveries.stream())
                    .forEach(delivery -> probe().send(delivery.getKey(), delivery.getValue()));
            Outside.awaitHandled(ids);
        }
        await().until(() -> jdbc().sql(
                                "select count(*) from message where cause_event_id in (:ids) and state in ('QUEUED', 'SENDING')")
                        .param("ids", List.of(ids))
                        .query(Integer.class)
                        .single()
                == 0);

        assertThat(phones).allSatisfy(phone -> {
            var texts = providers().asked("first", phone).stream()
                    .map(one -> one.body().replaceAll("\"ref\":.*", ""))
                    .toList();
            assertThat(texts).doesNotHaveDuplicates();
            assertThat(texts).filteredOn(text -> text.contains("314159")).hasSize(1);
            assertThat(texts).filteredOn(text -> text.contains("is cancelled")).hasSize(1);
        });
    }

    @Test
    void what_a_killed_process_had_begun_is_said_to_be_uncertain_and_only_codes_are_sent_again() throws Exception {
        var phones = List.of(aPhone(), aPhone(), aPhone());
        var people = phones.stream()
                .map(phone -> Events.of(tell(phone, card -> card)))
                .toList();
        var code = people.get(2).code(new CodeCipher(System.getProperty("amrutam.codes.keyset")), LockReason.PATIENT);
        Outside.stop();
        UUID asked;
        UUID unrecorded;
        UUID codeAsked;
        try (var providers = new ProviderStub();
                var doomed = ServiceProcess.start(List.of("-XX:TieredStopAtLevel=1"), patient(providers));
                var probe = EventProbe.fromNow()) {
            providers.treat("first", phones.get(0), "hang");
            providers.treat("first", phones.get(1), "hold");
            providers.treat("first", phones.get(2), "hang");
            asked = probe.send(people.get(0).booked());
            unrecorded = probe.send(people.get(1).booked());
            codeAsked = probe.send(code);
            await().atMost(PATIENCE)
                    .until(() -> phones.stream()
                            .allMatch(phone -> providers.asked("first", phone).size() == 1));

            // The provider says yes to the second, and the process dies before that is recorded.
            try (var connection = LocalStack.connect()) {
                connection.setAutoCommit(false);
                lock(connection, unrecorded);
                providers.release();
                awaitSomebodyWaiting();
                doomed.kill();
                connection.rollback();
            }
            assertThat(providers.asked("second")).isEmpty();
        }

        Outside.running();
        // As if the time for an answer were over.
        jdbc().sql("update message set claimed_until = now() where state = 'SENDING'")
                .update();

        awaitState(asked, "SMS", "FAILED uncertain");
        awaitState(unrecorded, "SMS", "FAILED uncertain");
        awaitState(codeAsked, "SMS", "SENT");
        assertThat(providers().asked("first", phones.get(0))).isEmpty();
        assertThat(providers().asked("first", phones.get(1))).isEmpty();
        assertThat(providers().asked("first", phones.get(2))).hasSize(1);
    }

    /** Who waits for an answer longer than this test takes. */
    private static List<String> patient(ProviderStub providers) {
        return Outside.settings(providers, 25).stream()
                .map(setting -> setting.replace("sms.timeout=1s", "sms.timeout=30s"))
                .toList();
    }

    private static void lock(Connection connection, UUID cause) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select 1 from notification.message where cause_event_id = ? and state = 'SENDING' for update")) {
            statement.setObject(1, cause);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    private static void awaitSomebodyWaiting() {
        await().until(() -> {
            try (var connection = LocalStack.connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select 1 from pg_stat_activity where usename = 'notification' and wait_event_type = 'Lock'")) {
                return rows.next();
            }
        });
    }
}

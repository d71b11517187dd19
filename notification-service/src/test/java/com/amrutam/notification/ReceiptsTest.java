package com.amrutam.notification;

import static com.amrutam.notification.Outside.aPhone;
import static com.amrutam.notification.Outside.awaitState;
import static com.amrutam.notification.Outside.probe;
import static com.amrutam.notification.Outside.providers;
import static com.amrutam.notification.Outside.stateOf;
import static com.amrutam.notification.Outside.tell;
import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.notification.NotificationDelivered;
import com.amrutam.events.notification.NotificationFailed;
import com.amrutam.localstack.junit.LocalStack;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** What providers say later, and what somebody says who only pretends to be one. */
@ExtendWith({LocalStack.class, Outside.class})
class ReceiptsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final byte[] SECRET =
            Base64.getDecoder().decode(Outside.RECEIPT_SECRET.substring("whsec_".length()));

    private final String phone = aPhone();
    private final Events events = Events.of(tell(phone, card -> card));

    @BeforeEach
    void forget() {
        providers().forget();
    }

    @Test
    void a_signed_receipt_says_delivered_and_an_event_tells_it() {
        var cause = sent();

        assertThat(post("first", sign(body("DELIVERED"), Instant.now())).statusCode())
                .isEqualTo(204);

        assertThat(stateOf(cause, "SMS")).isEqualTo("DELIVERED");
        probe().await(
                        NotificationDelivered.class,
                        event -> event.getCauseEventId().equals(cause) && !event.getReceipted());
        probe().await(
                        NotificationDelivered.class,
                        event -> event.getCauseEventId().equals(cause) && event.getReceipted());
    }

    @Test
    void what_did_not_arrive_has_failed_unless_it_has_arrived_before() {
        var cause = sent();

        assertThat(post("first", sign(body("READ"), Instant.now())).statusCode())
                .isEqualTo(204);
        assertThat(stateOf(cause, "SMS")).isEqualTo("SENT");
        assertThat(post("first", sign(body("REJECTED"), Instant.now())).statusCode())
                .isEqualTo(204);
        assertThat(stateOf(cause, "SMS")).isEqualTo("FAILED undelivered");
        var failed = probe().await(
                        NotificationFailed.class,
                        event -> event.getCauseEventId().equals(cause));
        assertThat(failed.getReason()).isEqualTo("undelivered");

        assertThat(post("first", sign(body("DELIVERED"), Instant.now())).statusCode())
                .isEqualTo(204);
        assertThat(post("first", sign(body("FAILED"), Instant.now())).statusCode())
                .isEqualTo(204);
        assertThat(stateOf(cause, "SMS")).isEqualTo("DELIVERED");
    }

    @Test
    void a_forged_a_changed_an_old_and_a_replayed_receipt_are_refused_and_change_nothing() {
        var cause = sent();
        var good = sign(body("DELIVERED"), Instant.now());
        var changed = new TreeMap<>(sign(body("FAILED"), Instant.now()));
        changed.put("body", body("DELIVERED"));
        var forged = new TreeMap<>(good);
        forged.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(new byte[32]));
        var unsigned = new TreeMap<>(good);
        unsigned.remove("webhook-signature");
        var redated = new TreeMap<>(good);
        redated.put("webhook-timestamp", String.valueOf(Instant.now().getEpochSecond() - 1));
        var rubbish = new TreeMap<>(good);
        rubbish.put("webhook-signature", "v1,%%% v2,x");

        var old = sign(body("DELIVERED"), Instant.now().minusSeconds(301));
        for (var receipt : List.of(changed, forged, unsigned, redated, rubbish, old)) {
            assertProblem(post("first", receipt), 401, "signature-invalid");
        }
        assertThat(stateOf(cause, "SMS")).isEqualTo("SENT");

        assertThat(post("first", good).statusCode()).isEqualTo(204);
        assertProblem(post("first", good), 409, "receipt-replayed");
        // The provider's own repetition of what it did not hear us take is signed anew.
        assertThat(post("first", sign(body("DELIVERED"), Instant.now().plusSeconds(1)))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void twilio_signs_the_address_and_the_fields_and_may_be_quicker_than_our_own_record() throws Exception {
        providers().treat("first", phone, "400 not mine");
        // Before the message is even sent; what it will be called is known from its row.
        var cause = Outside.deliver(events.booked());
        var id = Outside.jdbc()
                .sql("select id from message where cause_event_id = ?")
                .param(cause)
                .query(UUID.class)
                .single();
        var fields = new TreeMap<>(Map.of("MessageSid", id.toString(), "MessageStatus", "delivered", "To", "+91 98"));

        var forged = twilio(fields, "somebody-else");
        var signed = twilio(fields, "twilio-token");
        assertProblem(post("second", forged), 401, "signature-invalid");
        assertThat(post("second", signed).statusCode()).isEqualTo(204);
        awaitState(cause, "SMS", "DELIVERED");

        assertProblem(post("second", signed), 409, "receipt-replayed");
    }

    @Test
    void whom_nobody_knows_what_is_no_json_and_what_is_too_much_is_refused() {
        assertProblem(post("nobody", sign("{}", Instant.now())), 404, "not-found");
        assertProblem(post("first", sign("{", Instant.now())), 400, "malformed-request");
        assertProblem(post("first", sign("x".repeat(64 * 1024 + 1), Instant.now())), 413, "payload-too-large");
        assertThat(post("first", sign("[]", Instant.now())).statusCode()).isEqualTo(204);
    }

    private UUID sent() {
        var cause = probe().send(events.booked());
        awaitState(cause, "SMS", "SENT");
        return cause;
    }

    private String body(String status) {
        var asked = providers().asked("first", phone).getFirst();
        return "{\"type\":\"sms\",\"data\":{\"request_id\":\"%s\",\"status\":\"%s\"}}"
                .formatted(ProviderStub.reference(asked), status);
    }

    /** By the rules of Standard Webhooks, written down a second time. */
    private static Map<String, String> sign(String body, Instant at) {
        var timestamp = String.valueOf(at.getEpochSecond());
        var id = "msg_" + UUID.randomUUID();
        return Map.of(
                "body", body,
                "content-type", "application/json",
                "webhook-id", id,
                "webhook-timestamp", timestamp,
                "webhook-signature", "v1," + hmac("HmacSHA256", SECRET, id + "." + timestamp + "." + body));
    }

    private static Map<String, String> twilio(TreeMap<String, String> fields, String token) {
        var signed = new StringBuilder("https://api.example.com/api/v1/notifications/receipts/second");
        fields.forEach((name, value) -> signed.append(name).append(value));
        return Map.of(
                "body",
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")),
                "content-type",
                "application/x-www-form-urlencoded",
                "x-twilio-signature",
                hmac("HmacSHA1", token.getBytes(StandardCharsets.UTF_8), signed.toString()));
    }

    private static String hmac(String algorithm, byte[] key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> post(String provider, Map<String, String> receipt) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + Outside.port() + "/api/v1/notifications/receipts/" + provider))
                .POST(HttpRequest.BodyPublishers.ofString(receipt.get("body")));
        receipt.forEach((name, value) -> {
            if (!name.equals("body")) {
                request.header(name, value);
            }
        });
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(new JsonMapper().readTree(answer.body()).path("code").asString())
                .isEqualTo(code);
    }
}

package com.amrutam.notification.receipt;

import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.notification.message.TakeReceipt;
import com.amrutam.notification.message.TakeReceipt.Receipt;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Where providers say what became of messages. */
@RestController
@RequestMapping("/api/v1/notifications/receipts")
class ReceiptController {
    private static final int LARGEST = 64 * 1024;

    private final ReceiptProperties properties;
    private final TakeReceipt takeReceipt;
    private final JsonMapper json;
    private final Clock clock;

    ReceiptController(ReceiptProperties properties, TakeReceipt takeReceipt, JsonMapper json, Clock clock) {
        this.properties = properties;
        this.takeReceipt = takeReceipt;
        this.json = json;
        this.clock = clock;
    }

    /**
     * For providers of messages: what became of a message.
     *
     * <p>The body, JSON or a form, is worded as the provider words it and signed as agreed with it: by Standard Webhooks
     * (`webhook-id`, `webhook-timestamp`, `webhook-signature`) or with `X-Twilio-Signature`. No access token is needed.
     *
     * @param provider the provider's name
     */
    @PostMapping("/{provider}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({"signature-invalid", "receipt-replayed", "payload-too-large"})
    void takeReceipt(@PathVariable String provider, HttpServletRequest request) throws IOException {
        var source = properties.receipts().get(provider);
        if (source == null) {
            throw ProblemException.notFound();
        }
        var body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new ProblemException(CommonProblem.PAYLOAD_TOO_LARGE, "At most 64 KiB are read here");
        }
        var delivery = new Delivery(request::getHeader, body);
        var signature = Signature.verified(source, delivery, clock.instant())
                .orElseThrow(() -> new ProblemException(
                        ReceiptProblem.SIGNATURE_INVALID, ReceiptProblem.SIGNATURE_INVALID.title()));
        var status = field(delivery, source.status());
        boolean arrived = source.arrived().matcher(status).matches();
        if (!arrived && !source.lost().matcher(status).matches()) {
            // On its way, read, clicked: nothing that changes where a message stands.
            return;
        }
        var receipt = new Receipt(signature, provider, field(delivery, source.reference()), arrived);
        if (!takeReceipt.take(receipt)) {
            throw new ProblemException(ReceiptProblem.RECEIPT_REPLAYED, ReceiptProblem.RECEIPT_REPLAYED.title());
        }
    }

    private String field(Delivery delivery, String where) {
        try {
            return delivery.isForm()
                    ? delivery.form().getOrDefault(where, "")
                    : json.readTree(delivery.body()).at(where).asString("");
        } catch (JacksonException e) {
            throw new ProblemException(CommonProblem.MALFORMED_REQUEST, "The body is no JSON");
        }
    }
}

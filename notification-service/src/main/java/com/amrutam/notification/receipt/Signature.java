package com.amrutam.notification.receipt;

import com.amrutam.notification.receipt.ReceiptProperties.Source;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells what a provider has signed from what anybody could have sent. */
final class Signature {
    /** As Standard Webhooks proposes: a receipt older than this may be one that somebody kept. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String SECRET_PREFIX = "whsec_";

    private Signature() {}

    /** The signature that holds for this delivery; empty when none does. */
    static Optional<byte[]> verified(Source source, Delivery delivery, Instant now) {
        return switch (source.scheme()) {
            case STANDARD_WEBHOOKS -> standardWebhooks(source, delivery, now);
            case TWILIO -> twilio(source, delivery);
        };
    }

    private static Optional<byte[]> standardWebhooks(Source source, Delivery delivery, Instant now) {
        var id = delivery.header("webhook-id");
        var timestamp = delivery.header("webhook-timestamp");
        var signatures = delivery.header("webhook-signature");
        if (id == null || timestamp == null || signatures == null || !isRecent(timestamp, now)) {
            return Optional.empty();
        }
        var head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        var wanted = hmac("HmacSHA256", key(source.secret()), head, delivery.body());
        // Several while the provider changes its secret.
        return Arrays.stream(signatures.split(" "))
                        .filter(signature -> signature.startsWith("v1,"))
                        .anyMatch(signature -> matches(wanted, signature.substring("v1,".length())))
                ? Optional.of(wanted)
                : Optional.empty();
    }

    private static boolean isRecent(String timestamp, Instant now) {
        if (!timestamp.matches("\\d{1,12}")) {
            return false;
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        return age.abs().compareTo(TOLERANCE) <= 0;
    }

    private static Optional<byte[]> twilio(Source source, Delivery delivery) {
        var signature = delivery.header("x-twilio-signature");
        if (signature == null || source.url() == null || !delivery.isForm()) {
            return Optional.empty();
        }
        var signed = new StringBuilder(source.url().toString());
        delivery.form().forEach((name, value) -> signed.append(name).append(value));
        var wanted = hmac(
                "HmacSHA1",
                source.secret().getBytes(StandardCharsets.UTF_8),
                signed.toString().getBytes(StandardCharsets.UTF_8));
        return matches(wanted, signature) ? Optional.of(wanted) : Optional.empty();
    }

    private static byte[] key(String secret) {
        return secret.startsWith(SECRET_PREFIX)
                ? Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean matches(byte[] wanted, String base64) {
        try {
            return MessageDigest.isEqual(wanted, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }
}

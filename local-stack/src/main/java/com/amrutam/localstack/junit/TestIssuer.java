package com.amrutam.localstack.junit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stands where identity-service stands in production: publishes a JWKS and signs access tokens, for tests. */
public final class TestIssuer {
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final String KEY_ID = "test";
    private static final KeyPair KEYS = newKeys();
    private static final URI JWK_SET_URI = serve();

    private TestIssuer() {}

    /** An access token for this person that services accept for 15 minutes. */
    public static String token(UUID subject, String... roles) {
        return token(subject, Instant.now().plus(LIFETIME), roles);
    }

    /** A token with an expiry of one's own choice, such as one in the past. */
    public static String token(UUID subject, Instant expiry, String... roles) {
        return sign("""
                {"sub":"%s","roles":[%s],"iss":"https://api.amrutam.com","aud":"amrutam-api","jti":"%s","iat":%d,"exp":%d}""".formatted(
                        subject,
                        Arrays.stream(roles).map(role -> '"' + role + '"').collect(Collectors.joining(",")),
                        UUID.randomUUID(),
                        expiry.minus(LIFETIME).getEpochSecond(),
                        expiry.getEpochSecond()));
    }

    /** A token with exactly these claims (a JSON object), properly signed: for what a service must refuse. */
    public static String sign(String claims) {
        var text = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}") + '.' + encode(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + '.' + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where its keys are published. */
    public static URI jwkSetUri() {
        return JWK_SET_URI;
    }

    private static URI serve() {
        var key = (RSAPublicKey) KEYS.getPublic();
        var keySet = """
                {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"%s"}]}""".formatted(
                        KEY_ID, encode(unsigned(key.getModulus())), encode(unsigned(key.getPublicExponent())))
                .getBytes(StandardCharsets.UTF_8);
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/jwks.json", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keySet.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(keySet);
                }
            });
            // Its dispatcher inherits this from the thread that starts it; without, the JVM would never end.
            var starter = new Thread(server::start);
            starter.setDaemon(true);
            starter.start();
            starter.join();
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/.well-known/jwks.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Big-endian without the sign byte, as RFC 7518 wants it. */
    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package com.amrutam.kit.codes;

import com.amrutam.kit.setting.SettingRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Six-digit codes that prove a person holds a phone: made at random, kept only as a keyed digest, compared in constant time. */
public final class OneTimeCodes {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BOUND = 1_000_000;
    private static final int MIN_KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    /**
     * @param key at least 32 random bytes; a digest of a six-digit code without a secret key is guessed in a moment
     */
    public OneTimeCodes(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new SettingRefused("amrutam.codes.digest-key", "must hold at least 32 bytes, Base64-encoded", null);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** A new code, six digits, uniformly distributed. */
    public String next() {
        return String.format(Locale.ROOT, "%06d", random.nextInt(BOUND));
    }

    /** What is kept of a code. It is bound to its subject (challenge or lock), so a digest fits nothing else. */
    public byte[] digest(UUID subject, String code) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(subject.getMostSignificantBits())
                    .putLong(subject.getLeastSignificantBits())
                    .array());
            return mac.doFinal(code.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    /** True when this code was made for this subject; takes the same time whatever the answer. */
    public boolean matches(UUID subject, String code, byte[] digest) {
        return MessageDigest.isEqual(digest(subject, code), digest);
    }
}

package com.amrutam.identity.key;

import com.amrutam.kit.setting.SettingRefused;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Encrypts private keys for the database, each bound to its key id so that rows cannot be swapped. */
@Component
class KeyCipher {
    private static final int KEY_BYTES = 32;

    private final Aead aead;

    KeyCipher(KeyProperties properties) {
        try {
            var key = Base64.getDecoder().decode(properties.keyEncryptionKey());
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("It has " + key.length + " bytes");
            }
            this.aead = new AesGcmJce(key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingRefused("amrutam.identity.key-encryption-key", "must be the Base64 of 32 random bytes", e);
        }
    }

    byte[] encrypt(String keyId, String secret) {
        try {
            return aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), keyId.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A signing key could not be encrypted", e);
        }
    }

    String decrypt(String keyId, byte[] encrypted) {
        try {
            return new String(aead.decrypt(encrypted, keyId.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The signing key " + keyId + " was not encrypted with amrutam.identity.key-encryption-key", e);
        }
    }
}

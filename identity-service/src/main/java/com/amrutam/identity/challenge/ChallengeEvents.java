package com.amrutam.identity.challenge;

import com.amrutam.events.identity.OtpRequested;
import com.amrutam.identity.user.Language;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.kit.outbox.Outbox;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;

/** Hands codes to who delivers them, encrypted. */
@Component
class ChallengeEvents {
    private final Outbox outbox;
    private final CodeCipher cipher;

    ChallengeEvents(Outbox outbox, CodeCipher cipher) {
        this.outbox = outbox;
        this.cipher = cipher;
    }

    void codeRequested(Challenge challenge, String code, Language language) {
        outbox.publish(OtpRequested.newBuilder()
                .setChallengeId(challenge.id())
                .setPhone(challenge.phone().e164())
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(challenge.id(), code)))
                .setLanguage(language.code())
                .setExpiresAt(challenge.expiresAt())
                .setRequestedAt(challenge.requestedAt())
                .build());
    }
}

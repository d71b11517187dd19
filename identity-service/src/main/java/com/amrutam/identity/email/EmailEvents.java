package com.amrutam.identity.email;

import com.amrutam.events.identity.OtpRequested;
import com.amrutam.identity.user.User;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.kit.outbox.Outbox;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;

/** Hands codes to who delivers them, encrypted. */
@Component
class EmailEvents {
    private final Outbox outbox;
    private final CodeCipher cipher;

    EmailEvents(Outbox outbox, CodeCipher cipher) {
        this.outbox = outbox;
        this.cipher = cipher;
    }

    void codeRequested(EmailChallenge challenge, User user, String code) {
        outbox.publish(OtpRequested.newBuilder()
                .setChallengeId(challenge.id())
                .setPhone(user.phone().e164())
                .setEmail(challenge.email())
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(challenge.id(), code)))
                .setLanguage(user.profile().language().code())
                .setExpiresAt(challenge.expiresAt())
                .setRequestedAt(challenge.requestedAt())
                .build());
    }
}

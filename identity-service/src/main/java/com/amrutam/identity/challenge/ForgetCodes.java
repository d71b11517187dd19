package com.amrutam.identity.challenge;

import com.amrutam.identity.user.Phone;
import org.springframework.stereotype.Component;

/** Forgets that codes were ever sent to a phone. */
@Component
public class ForgetCodes {
    private final Challenges challenges;

    ForgetCodes(Challenges challenges) {
        this.challenges = challenges;
    }

    /** Joins the transaction that erases the phone's owner. */
    public void of(Phone phone) {
        challenges.forget(phone);
    }
}

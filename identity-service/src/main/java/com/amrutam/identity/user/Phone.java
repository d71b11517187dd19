package com.amrutam.identity.user;

import java.util.regex.Pattern;

/**
 * A phone number in the one spelling we use, E.164.
 *
 * @param e164 such as {@code +919812345678}
 */
public record Phone(String e164) {
    private static final int BLOCK_DIGITS = 4;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /**
     * @throws IllegalArgumentException when the text is not of this form; whether such a number can exist is for {@link
     *     PhoneNumbers} to say
     */
    public Phone {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("Not a phone number in E.164 form");
        }
    }

    /** Whether a text has the form. */
    static boolean isE164(String text) {
        return E164.matcher(text).matches();
    }

    /** Says nothing: whatever ends up in a log must not hold a phone number. */
    @Override
    public String toString() {
        return "Phone[hidden]";
    }

    /** The block of numbers it is from, those that differ in the last four digits. */
    public String block() {
        return e164.substring(0, e164.length() - BLOCK_DIGITS);
    }
}

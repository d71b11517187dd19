package com.amrutam.identity.user;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows which phone numbers can exist. */
@Component
public class PhoneNumbers {
    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final List<String> acceptedTestPrefixes;

    PhoneNumbers(PhoneProperties properties) {
        this.acceptedTestPrefixes = properties.acceptedTestPrefixes();
    }

    /**
     * The phone number a client sent, if it is one, in E.164. Other spellings are refused rather than guessed at: two
     * spellings of one number would become two people.
     */
    public Optional<Phone> parse(String text) {
        if (!Phone.isE164(text)) {
            return Optional.empty();
        }
        if (acceptedTestPrefixes.stream().anyMatch(text::startsWith)) {
            return Optional.of(new Phone(text));
        }
        try {
            var number = library.parse(text, null);
            // "Possible" looks at country and length; "valid" would refuse ranges opened since the library's release.
            // The round trip refuses a trunk zero, which the library silently drops.
            return library.isPossibleNumber(number)
                            && library.format(number, PhoneNumberFormat.E164).equals(text)
                    ? Optional.of(new Phone(text))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}

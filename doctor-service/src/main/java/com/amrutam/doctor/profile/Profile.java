package com.amrutam.doctor.profile;

import com.amrutam.doctor.Mode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a doctor says about themself.
 *
 * @param specializations codes of the list, the doctor's order
 * @param languages ISO 639-1 codes
 * @param registrationNumber with the medical council; only the doctor and administrators see it
 * @param photoUrl https address of a picture
 */
public record Profile(
        String name,
        List<String> specializations,
        List<String> languages,
        String city,
        Set<Mode> modes,
        Fee fee,
        int experienceYears,
        String registrationNumber,
        @Nullable String photoUrl) {
    /**
     * The price of one consultation.
     *
     * @param amount in minor units; for INR, paise
     * @param currency ISO 4217
     */
    public record Fee(long amount, String currency) {}

    /** What is left of the profile when its owner was erased. */
    Profile anonymous() {
        return new Profile("Former doctor", specializations, languages, "", modes, fee, 0, "", null);
    }

    /** True when this is the person an administrator checked: the registration is looked up by name and number. */
    boolean isSamePersonAs(Profile other) {
        return name.equals(other.name) && registrationNumber.equals(other.registrationNumber);
    }
}

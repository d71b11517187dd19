package com.amrutam.doctor.profile;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.profile.Profile.Fee;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A doctor's profile, whole: what is left out is removed.
 *
 * @param name as patients are to see it
 * @param specializations codes of {@code GET /api/v1/specializations}
 * @param languages ISO 639-1 codes of languages the doctor speaks
 * @param city where the doctor sees patients in person
 * @param modes how patients can meet the doctor
 * @param fee of one visit
 * @param experienceYears years in practice
 * @param registrationNumber of the register that licenses the doctor
 * @param photoUrl https address of a picture
 */
record ProfileRequest(
        @NotNull @Size(max = 100) @Pattern(regexp = LINE, message = LINE_MESSAGE)
        String name,

        @NotEmpty @Size(max = 10) List<@NotNull @Size(max = 50) String> specializations,

        @NotEmpty @Size(max = 20) List<@NotNull @Language String> languages,

        @NotNull @Size(max = 100) @Pattern(regexp = LINE, message = LINE_MESSAGE)
        String city,

        @NotEmpty @Size(max = 2) List<@NotNull Mode> modes,
        @NotNull @Valid FeeRequest fee,
        @NotNull @Min(0) @Max(80) Integer experienceYears,

        @NotNull @Size(max = 50) @Pattern(regexp = LINE, message = LINE_MESSAGE)
        String registrationNumber,

        @Nullable @Size(max = 500) @Pattern(regexp = "https://[\\x21-\\x7e]+", message = "must be an https address")
        String photoUrl) {
    /** Some text without control characters that neither begins nor ends with a space. */
    private static final String LINE = "[^\\p{Cntrl}\\s]+(?: +[^\\p{Cntrl}\\s]+)*";

    private static final String LINE_MESSAGE = "must be one line of text without spaces around it";

    /**
     * @param amount in paise, at most one lakh rupees
     * @param currency INR
     */
    record FeeRequest(
            @NotNull @Min(0) @Max(10_000_000) Long amount,

            @NotNull @Pattern(regexp = "INR", message = "must be INR")
            String currency) {}

    Profile profile() {
        return new Profile(
                name,
                specializations.stream().distinct().toList(),
                languages.stream().distinct().toList(),
                city,
                Mode.of(modes),
                new Fee(fee.amount(), fee.currency()),
                experienceYears,
                registrationNumber,
                photoUrl);
    }
}

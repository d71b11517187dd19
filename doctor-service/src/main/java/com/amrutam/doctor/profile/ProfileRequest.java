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

/** The body of {@code PUT /api/v1/doctors/me}. */
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

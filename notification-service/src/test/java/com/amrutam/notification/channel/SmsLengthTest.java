package com.amrutam.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.notification.channel.SmsLength.Encoding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsLengthTest {
    @ParameterizedTest
    @CsvSource({
        // A character, how often, one more at the end; what it makes.
        "a, 160, '', GSM_7, 160, 1",
        "a, 160, a, GSM_7, 161, 2",
        "a, 305, a, GSM_7, 306, 2",
        "a, 306, a, GSM_7, 307, 3",
        "é, 160, '', GSM_7, 160, 1",
        // The euro sign takes two septets, and both must be in one segment.
        "a, 158, €, GSM_7, 160, 1",
        "a, 159, €, GSM_7, 161, 2",
        "€, 80, '', GSM_7, 160, 1",
        "€, 153, '', GSM_7, 306, 3",
        // One Hindi letter, or a typographic quotation mark, and all is UCS-2.
        "a, 69, अ, UCS_2, 70, 1",
        "a, 70, अ, UCS_2, 71, 2",
        "a, 69, ’, UCS_2, 70, 1",
        "अ, 134, '', UCS_2, 134, 2",
        "अ, 135, '', UCS_2, 135, 3",
        // Outside the basic plane two units, which stay together.
        "🙏, 35, '', UCS_2, 70, 1",
        "🙏, 67, '', UCS_2, 134, 3",
    })
    void a_text_has_the_length_operators_count(
            String character, int times, String more, Encoding encoding, int units, int segments) {
        assertThat(SmsLength.of(character.repeat(times) + more)).isEqualTo(new SmsLength(encoding, units, segments));
    }
}

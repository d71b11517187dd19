package com.amrutam.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    private final PhoneNumbers phoneNumbers = new PhoneNumbers(new PhoneProperties(null, List.of("+9100000")));

    @ParameterizedTest
    @ValueSource(strings = {"+919812345678", "+14155552671", "+447911123456", "+6581234567", "+390612345678"})
    void a_number_in_e164_is_taken_as_it_is(String text) {
        assertThat(phoneNumbers.parse(text)).contains(new Phone(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "9812345678",
                "09812345678",
                "00919812345678",
                "+91 98123 45678",
                "+91-9812345678",
                " +919812345678",
                "+919812345678 ",
                "+919812345678\n",
                "tel:+919812345678",
                "+91981234567a",
                "+९१९८१२३४५६७८",
                "＋919812345678",
                "+",
                "+0123456789",
                "+9198123",
                "+9198123456789012",
                "+1234567",
                "+9999812345678",
                "+919812345678;ext=1",
                "+919812345678,1"
            })
    void anything_else_is_no_phone_number(String text) {
        assertThat(phoneNumbers.parse(text)).isEmpty();
    }

    @Test
    void a_trunk_zero_would_make_a_second_spelling_of_the_same_number() {
        assertThat(phoneNumbers.parse("+4407911123456")).isEmpty();
        assertThat(phoneNumbers.parse("+910812345678")).isEmpty();
    }

    @Test
    void numbers_of_the_demo_are_taken_only_where_configured() {
        assertThat(phoneNumbers.parse("+910000000001")).isPresent();
        assertThat(new PhoneNumbers(new PhoneProperties(null, List.of())).parse("+910000000001"))
                .isEmpty();
    }

    @Test
    void a_phone_shows_no_digits_in_a_log() {
        assertThat(new Phone("+919812345678").toString()).doesNotContainPattern("[0-9]");
    }
}

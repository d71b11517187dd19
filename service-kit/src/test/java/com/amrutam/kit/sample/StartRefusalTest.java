package com.amrutam.kit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.localstack.junit.LocalStack;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever looks at a container that died reads in its last line which setting was wrong, and never a secret. */
@ExtendWith({LocalStack.class, OutputCaptureExtension.class})
class StartRefusalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            amrutam.datasource.password    |                                    | must not be blank
            amrutam.datasource.password    | too-short                          | must have at least 16 characters
            amrutam.datasource.password    | not-the-password-of-the-role       | password authentication failed
            amrutam.datasource.url         | postgres://127.0.0.1/amrutam       | must be like jdbc:postgresql://host:5432/database
            amrutam.datasource.url         | jdbc:postgresql://127.0.0.1:1/none | Connection to 127.0.0.1:1 refused
            amrutam.outbox.relay.password  | not-the-password-of-the-role       | password authentication failed
            amrutam.outbox.relay.poll-interval | soon                           | cannot be read as Duration
            amrutam.redis.url              | redis://:too-short@127.0.0.1:6379  | must have a password of at least 16 characters, or none
            amrutam.schema-registry.url    | http://127.0.0.1:1                 | The schema registry at http://127.0.0.1:1 does not answer
            amrutam.schema-registry.url    | registry:8080                      | must be a URL of scheme [http, https] with a host
            amrutam.security.jwk-set-uri   | file:/etc/passwd                   | must be a URL of scheme [http, https] with a host
            amrutam.codes.digest-key       | c2hvcnQ=                           | must hold at least 32 bytes
            amrutam.codes.keyset           | bm90IGEga2V5c2V0                   | is not the Base64 of a Tink AEAD keyset
            spring.kafka.bootstrap-servers | nowhere.invalid:9092               | No resolvable bootstrap urls""")
    void a_service_that_cannot_start_names_the_setting_and_the_reason_in_its_last_line(
            String setting, @Nullable String value, String reason, CapturedOutput output) {
        var service = new SpringApplicationBuilder(SampleService.class);

        assertThatThrownBy(() -> service.run("--server.port=0", "--" + setting + "=" + (value == null ? "" : value)))
                .isInstanceOf(Exception.class);

        var last = output.getOut().strip().lines().toList().getLast();
        assertThat(last)
                .contains(
                        setting + " ("
                                + setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) + ")",
                        reason);
        if (value != null && (setting.endsWith("password") || setting.startsWith("amrutam.codes"))) {
            assertThat(output.getAll()).doesNotContain(value);
        }
    }
}

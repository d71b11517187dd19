package com.amrutam.kit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.junit.LocalStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Services never register a schema: one whose deploy step was left out does not start, and says why. */
@ExtendWith(LocalStack.class)
class UnregisteredSchemaTest {
    @Test
    void a_service_with_a_schema_that_is_not_registered_does_not_start() throws Exception {
        var subject = Topic.SLOT_LOCKED.subject();
        try (var http = HttpClient.newHttpClient()) {
            var deleted = http.send(
                    HttpRequest.newBuilder(URI.create(LocalStack.registryUrl() + "/subjects/" + subject))
                            .DELETE()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
            var service = new SpringApplicationBuilder(SampleService.class);

            assertThatThrownBy(() -> service.run("--server.port=0"))
                    .hasRootCauseInstanceOf(SchemaRegistry.NotRegistered.class)
                    .hasStackTraceContaining(subject);
        } finally {
            new SchemaRegistry(LocalStack.registryUrl()).register(subject, Topic.SLOT_LOCKED.schema());
        }
    }
}

package com.amrutam.kit.outbox;

import com.amrutam.kit.setting.Url;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The schema registry.
 *
 * @param url where its Confluent-compatible API starts, such as {@code http://registry:8081} or Apicurio's
 *     {@code http://registry:8080/apis/ccompat/v7}
 */
@Validated
@ConfigurationProperties("amrutam.schema-registry")
public record SchemaRegistryProperties(
        @NotNull @Url({"http", "https"}) URI url) {}

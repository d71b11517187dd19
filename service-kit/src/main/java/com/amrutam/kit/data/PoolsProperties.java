package com.amrutam.kit.data;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The service's database. A service may share a database with others or have one, or a cluster, of its own: only
 * {@code url} changes.
 *
 * @param url JDBC URL of the primary
 * @param replicaUrl JDBC URL of one or more streaming replicas for reads that may be a little old; without it the primary
 *     serves them
 * @param replicaMaxLag how old what a replica shows may be; reads go to the primary while it is older
 * @param username login role; the service's name when not said
 * @param password its password, of 16 characters at least, from the environment only
 * @param schema the schema the service owns; the service's name when not said
 * @param writeConnections most connections to the primary for requests and events
 * @param readConnections most connections for reads that may go to the replica
 * @param connectionTimeout how long a request waits for a connection before it is answered 503
 */
@Validated
@ConfigurationProperties("amrutam.datasource")
public record PoolsProperties(
        @NotBlank @Pattern(regexp = PoolsProperties.JDBC_URL, message = PoolsProperties.IS_NO_JDBC_URL)
        String url,

        @Nullable @Pattern(regexp = PoolsProperties.JDBC_URL, message = PoolsProperties.IS_NO_JDBC_URL)
        String replicaUrl,

        @DurationMin(millis = 50) @DefaultValue("500ms") Duration replicaMaxLag,

        @NotBlank @DefaultValue("${spring.application.name}")
        String username,

        @NotBlank @Size(min = 16, message = "must have at least 16 characters")
        String password,

        @NotBlank @DefaultValue("${spring.application.name}")
        String schema,

        @Min(1) @DefaultValue("10") int writeConnections,
        @Min(1) @DefaultValue("10") int readConnections,
        @DefaultValue("2s") Duration connectionTimeout) {
    private static final String JDBC_URL = "jdbc:postgresql://[^/\\s]+/.+";
    private static final String IS_NO_JDBC_URL = "must be like jdbc:postgresql://host:5432/database";
}

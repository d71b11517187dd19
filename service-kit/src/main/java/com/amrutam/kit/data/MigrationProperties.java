package com.amrutam.kit.data;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who brings the service's schema up to date.
 *
 * @param atStart whether each instance does as it starts. If not, somebody has run the service once with the argument
 *     {@code migrate}, and an instance that finds the schema behind its own version refuses to start
 */
@ConfigurationProperties("amrutam.migrations")
record MigrationProperties(@DefaultValue("true") boolean atStart) {}

package com.amrutam.identity.user;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which phone numbers are special.
 *
 * @param adminPhone the first administrator's phone, E.164; at start a user with it is created unless there is one.
 *     Without it nobody is created
 * @param acceptedTestPrefixes beginnings of numbers that are accepted although no operator can assign them, such as the
 *     demo's. Empty in production: a code would be sent to nobody
 */
@Validated
@ConfigurationProperties("amrutam.identity")
record PhoneProperties(
        @Nullable String adminPhone, @DefaultValue List<String> acceptedTestPrefixes) {}

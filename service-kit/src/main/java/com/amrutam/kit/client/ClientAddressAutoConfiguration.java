package com.amrutam.kit.client;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** The client's address on every request. */
@AutoConfiguration
@EnableConfigurationProperties(ClientAddressProperties.class)
class ClientAddressAutoConfiguration {
    /** Right after the trace was begun, before anything that wants to know the client. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    FilterRegistrationBean<ClientAddressFilter> clientAddressFilter(ClientAddressProperties properties) {
        var filter = new ClientAddressFilter(new ClientAddresses(properties.trustedProxies()));
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(ORDER);
        return registration;
    }
}

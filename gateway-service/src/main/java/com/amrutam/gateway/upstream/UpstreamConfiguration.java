package com.amrutam.gateway.upstream;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {
    /** Below the 60 s after which the services close an idle connection, so that we are the first to let go. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);

    /** A connection idle this long is looked at before it is used again: its service may have been restarted. */
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofMilliseconds(500);

    @Bean(destroyMethod = "close")
    CloseableHttpClient upstreamClient(UpstreamProperties properties) {
        var connectTimeout = Timeout.of(properties.connectTimeout());
        var responseTimeout = Timeout.of(properties.responseTimeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(properties.connections())
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .setSocketTimeout(responseTimeout)
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connectTimeout)
                        .setResponseTimeout(responseTimeout)
                        .build())
                .setKeepAliveStrategy((response, context) -> IDLE)
                .evictIdleConnections(IDLE)
                // Whether to ask again is decided where the other instances are known.
                .disableAutomaticRetries()
                // What the client sent and what the service answered goes through as it is.
                .disableAuthCaching()
                .disableContentCompression()
                .disableCookieManagement()
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .build();
    }

    @Bean
    UpstreamExchange upstreamExchange(
            Services services, CloseableHttpClient upstreamClient, UpstreamProperties properties) {
        return new UpstreamExchange(services, upstreamClient, properties.maxRequestSize());
    }

    @Bean
    FilterRegistrationBean<BrokenAnswerFilter> brokenAnswerFilter() {
        var registration = new FilterRegistrationBean<>(new BrokenAnswerFilter());
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}

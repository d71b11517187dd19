package com.amrutam.gateway.limit;

import com.amrutam.kit.problem.Problems;
import com.amrutam.kit.redis.Redis;
import com.amrutam.kit.security.UncheckableTokens;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {
    /** Before Spring Security's chain (order -100): requests it refuses count too. */
    private static final int BEFORE_SECURITY = -110;

    @Bean
    RateLimits rateLimits(Redis redis, LimitProperties properties) {
        return new RateLimits(redis, properties.rememberedClients());
    }

    @Bean
    FilterRegistrationBean<LimitFilter> limitFilter(
            RateLimits limits,
            LimitProperties properties,
            JwtDecoder tokens,
            BearerTokenResolver bearer,
            UncheckableTokens uncheckable,
            Problems problems,
            JsonMapper json) {
        var filter = new LimitFilter(limits, properties, new Callers(tokens, bearer), uncheckable, problems, json);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(BEFORE_SECURITY);
        return registration;
    }
}

package com.amrutam.kit.idempotency;

import com.amrutam.kit.problem.Problems;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Idempotency keys for services with a database; the gateway just passes the header on. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "com.amrutam.kit.problem.ProblemAutoConfiguration"
        })
@ConditionalOnClass(JdbcClient.class)
@EnableConfigurationProperties(IdempotencyProperties.class)
@EnableScheduling
class IdempotencyAutoConfiguration {
    /** After Spring Security's chain (order -100), which says who the caller is. */
    private static final int AFTER_SECURITY = 0;

    @Bean
    KeptAnswers keptAnswers(JdbcClient jdbc, Clock clock, IdempotencyProperties properties) {
        return new KeptAnswers(jdbc, clock, properties.retention());
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            KeptAnswers answers,
            PlatformTransactionManager transactions,
            Problems problems,
            IdempotencyProperties properties) {
        var filter = new IdempotencyFilter(
                answers, new TransactionTemplate(transactions), problems, properties.excludedPaths());
        var registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/api/*");
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }
}

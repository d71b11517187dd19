package com.amrutam.kit.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * Three pools, so that a rush of one kind of work cannot starve another: writes, reads, and administration (migrations,
 * relay, sweeps' bookkeeping). {@code @Transactional(readOnly = true)} picks the read pool, or that of the replica.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass(HikariDataSource.class)
@EnableConfigurationProperties(PoolsProperties.class)
class PoolsAutoConfiguration {
    private static final int ADMIN_CONNECTIONS = 3;
    private static final Duration REPLICA_TIMEOUT = Duration.ofMillis(250);

    @Bean(defaultCandidate = false)
    HikariDataSource writePool(PoolsProperties properties) {
        return pool("write", properties.url(), properties.writeConnections(), false, properties);
    }

    @Bean(defaultCandidate = false)
    HikariDataSource readPool(PoolsProperties properties) {
        return pool("read", properties.url(), properties.readConnections(), true, properties);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    HikariDataSource adminPool(PoolsProperties properties) {
        return pool("admin", properties.url(), ADMIN_CONNECTIONS, false, properties);
    }

    /** Where reads go that may be a little old. */
    @Bean(defaultCandidate = false)
    @ConditionalOnProperty("amrutam.datasource.replica-url")
    ReadPools readPools(
            @Qualifier("readPool") HikariDataSource readPool,
            @Qualifier("adminPool") HikariDataSource adminPool,
            PoolsProperties properties,
            MeterRegistry metrics) {
        var url = Objects.requireNonNull(properties.replicaUrl());
        var replica = pool("replica", url, properties.readConnections(), true, properties);
        // A replica that is away is noticed at once, and the primary asked instead.
        replica.setConnectionTimeout(REPLICA_TIMEOUT.toMillis());
        return new ReadPools(readPool, replica, adminPool, properties.replicaMaxLag(), metrics);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnProperty("amrutam.datasource.replica-url")
    static Advisor readAgain() {
        var advisor = new DefaultPointcutAdvisor(new ReadOnlyTransactions(), new ReadAgain());
        // Around the transaction, whose own advisor comes last.
        advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return advisor;
    }

    /** The methods with {@code @Transactional(readOnly = true)}. */
    private static final class ReadOnlyTransactions extends StaticMethodMatcherPointcut {
        private final TransactionAttributeSource attributes = new AnnotationTransactionAttributeSource(false);

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            var attribute = attributes.getTransactionAttribute(method, targetClass);
            return attribute != null && attribute.isReadOnly();
        }
    }

    /** Takes a connection at the first statement only, from the pool the transaction asks for. */
    @Bean
    @Primary
    DataSource dataSource(
            @Qualifier("writePool") HikariDataSource writePool,
            @Qualifier("readPool") HikariDataSource readPool,
            @Qualifier("readPools") Optional<ReadPools> readPools) {
        var proxy = new LazyConnectionDataSourceProxy();
        proxy.setTargetDataSource(new InTurn(writePool));
        proxy.setReadOnlyDataSource(readPools.<DataSource>map(pools -> pools).orElseGet(() -> new InTurn(readPool)));
        proxy.setDefaultAutoCommit(true);
        proxy.setDefaultTransactionIsolation(java.sql.Connection.TRANSACTION_READ_COMMITTED);
        return proxy;
    }

    private static HikariDataSource pool(
            String name, String url, int size, boolean readOnly, PoolsProperties properties) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(properties.username());
        config.setPassword(properties.password());
        config.setSchema(properties.schema());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, 2));
        config.setReadOnly(readOnly);
        config.setConnectionTimeout(properties.connectionTimeout().toMillis());
        // A pool that cannot connect yet must not keep the service from starting and serving what needs no database.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", properties.username() + "/" + name);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // A primary that went away without a word must not hold a request for ever.
        config.addDataSourceProperty(
                "socketTimeout", String.valueOf(Duration.ofSeconds(30).toSeconds()));
        config.addDataSourceProperty("connectTimeout", "2");
        return new HikariDataSource(config);
    }
}

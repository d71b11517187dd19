package com.amrutam.kit.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Three pools, so that a rush of one kind of work cannot starve another: writes, reads, and administration (migrations,
 * relay, sweeps' bookkeeping). {@code @Transactional(readOnly = true)} picks the read pool.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass(HikariDataSource.class)
@EnableConfigurationProperties(PoolsProperties.class)
class PoolsAutoConfiguration {
    private static final int ADMIN_CONNECTIONS = 3;

    @Bean(defaultCandidate = false)
    HikariDataSource writePool(PoolsProperties properties) {
        return pool("write", properties.url(), properties.writeConnections(), false, properties);
    }

    @Bean(defaultCandidate = false)
    HikariDataSource readPool(PoolsProperties properties) {
        var url = Objects.requireNonNullElse(properties.replicaUrl(), properties.url());
        return pool("read", url, properties.readConnections(), true, properties);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    HikariDataSource adminPool(PoolsProperties properties) {
        return pool("admin", properties.url(), ADMIN_CONNECTIONS, false, properties);
    }

    /** Takes a connection at the first statement only, from the pool the transaction asks for. */
    @Bean
    @Primary
    DataSource dataSource(
            @Qualifier("writePool") HikariDataSource writePool, @Qualifier("readPool") HikariDataSource readPool) {
        var proxy = new LazyConnectionDataSourceProxy();
        proxy.setTargetDataSource(writePool);
        proxy.setReadOnlyDataSource(readPool);
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

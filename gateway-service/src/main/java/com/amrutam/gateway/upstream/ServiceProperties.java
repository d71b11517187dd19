package com.amrutam.gateway.upstream;

import com.amrutam.kit.setting.Url;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are.
 *
 * @param services base URLs of each service by its name, such as {@code http://127.0.0.1:8081}, several separated by
 *     commas. Each address that a host name stands for is an instance of its own, so the name of a headless Kubernetes
 *     service is enough
 */
@Validated
@ConfigurationProperties("amrutam.gateway")
record ServiceProperties(@NotEmpty Map<String, List<@Url({"http", "https"}) URI>> services) {}

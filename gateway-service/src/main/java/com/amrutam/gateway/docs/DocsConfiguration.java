package com.amrutam.gateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The page's files: our own, and Swagger UI's from its WebJar. */
@Configuration(proxyBeanMethods = false)
class DocsConfiguration implements WebMvcConfigurer {
    private static final String SWAGGER_UI = "classpath:META-INF/resources/webjars/swagger-ui/*/swagger-ui.css";
    private static final Duration MAX_AGE = Duration.ofHours(1);

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/docs/**")
                .addResourceLocations("classpath:/docs/", swaggerUi())
                .setCacheControl(CacheControl.maxAge(MAX_AGE).cachePublic());
    }

    /** The WebJar's folder has the version in its name. */
    private static String swaggerUi() {
        try {
            var style = new PathMatchingResourcePatternResolver().getResources(SWAGGER_UI)[0];
            return style.getURL().toString().replace("swagger-ui.css", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

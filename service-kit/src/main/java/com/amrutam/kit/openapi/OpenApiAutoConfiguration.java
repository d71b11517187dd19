package com.amrutam.kit.openapi;

import com.amrutam.kit.idempotency.IdempotencyProperties;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemType;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.PageRequest;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.configuration.SpringDocJavadocConfiguration;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** The service's own OpenAPI document. */
@AutoConfiguration(before = SpringDocJavadocConfiguration.class)
@ConditionalOnClass(OpenApiCustomizer.class)
class OpenApiAutoConfiguration {
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, PageRequest.class);
    }

    @Bean
    OpenAPI openApi(@Value("${spring.application.name}") String service) {
        return new OpenAPI()
                .info(new Info().title("Amrutam: " + service).version("v1"))
                .components(new Components());
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    MarkdownJavadoc javadoc() {
        return new MarkdownJavadoc();
    }

    @Bean
    OperationCustomizer operationsByHandler() {
        return new OperationsByHandler();
    }

    @Bean
    OpenApiCustomizer wholeDocument(BeanFactory beans, IdempotencyProperties idempotency) {
        var catalogue = new ArrayList<ProblemType>(List.of(CommonProblem.values()));
        catalogue.addAll(ownProblems(AutoConfigurationPackages.get(beans)));
        return new WholeDocument(catalogue, idempotency, Examples.read());
    }

    /** The constants of the service's own enums of problem types. */
    private static List<ProblemType> ownProblems(List<String> packages) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(ProblemType.class));
        return packages.stream()
                .flatMap(root -> scanner.findCandidateComponents(root).stream())
                .map(found -> ClassUtils.resolveClassName(Objects.requireNonNull(found.getBeanClassName()), null))
                .filter(Class::isEnum)
                .flatMap(type -> List.of(type.getEnumConstants()).stream())
                .map(ProblemType.class::cast)
                .toList();
    }
}

package com.amrutam.doctor.search;

import com.amrutam.doctor.profile.DoctorView;
import com.amrutam.kit.web.Page;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/** A search is answered with bytes that were written when it was found; this says what is in them. */
@Configuration(proxyBeanMethods = false)
class SearchDocumentation {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    OpenApiCustomizer searchAnswer() {
        return document -> {
            var page = ModelConverters.getInstance(true)
                    .resolveAsResolvedSchema(
                            new AnnotatedType(ResolvableType.forClassWithGenerics(Page.class, DoctorView.class)
                                            .getType())
                                    .resolveAsRef(true));
            page.referencedSchemas.forEach(document.getComponents()::addSchemas);
            Objects.requireNonNull(document.getPaths().get("/api/v1/doctors"))
                    .getGet()
                    .getResponses()
                    .addApiResponse(
                            "200",
                            new ApiResponse()
                                    .content(new Content()
                                            .addMediaType("application/json", new MediaType().schema(page.schema))));
        };
    }
}

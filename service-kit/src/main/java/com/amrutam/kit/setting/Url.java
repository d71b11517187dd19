package com.amrutam.kit.setting;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A URI of one of these schemes that names a host. */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Url.Validator.class)
public @interface Url {
    /** The schemes. */
    String[] value();

    String message() default "must be a URL of scheme {value} with a host";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Missing values are left to {@code @NotNull}. */
    final class Validator implements ConstraintValidator<Url, URI> {
        private Set<String> schemes = Set.of();

        @Override
        public void initialize(Url constraint) {
            schemes = Set.of(constraint.value());
        }

        @Override
        public boolean isValid(@Nullable URI url, ConstraintValidatorContext context) {
            return url == null
                    || (url.getScheme() != null && schemes.contains(url.getScheme()) && url.getHost() != null);
        }
    }
}

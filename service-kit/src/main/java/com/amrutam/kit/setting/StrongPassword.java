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
import org.jspecify.annotations.Nullable;

/** A URI whose password, where it has one, nobody guesses: as long as every other password must be. */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = StrongPassword.Validator.class)
public @interface StrongPassword {
    /** The fewest characters. */
    int value() default 16;

    String message() default "must have a password of at least {value} characters, or none";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Missing values are left to {@code @NotNull}. */
    final class Validator implements ConstraintValidator<StrongPassword, URI> {
        private int fewest;

        @Override
        public void initialize(StrongPassword constraint) {
            fewest = constraint.value();
        }

        @Override
        public boolean isValid(@Nullable URI url, ConstraintValidatorContext context) {
            if (url == null || url.getUserInfo() == null) {
                return true;
            }
            var parts = url.getUserInfo().split(":", 2);
            return parts.length < 2 || parts[1].length() >= fewest;
        }
    }
}

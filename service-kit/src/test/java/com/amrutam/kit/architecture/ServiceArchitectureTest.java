package com.amrutam.kit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule over misspelt packages passes silently: each is seen failing on a service that breaks them all. */
class ServiceArchitectureTest {
    private static final JavaClasses CROOKED = new ClassFileImporter().importPackages("com.amrutam.crooked");

    static Stream<Field> rules() {
        return Arrays.stream(ServiceArchitecture.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_rule_catches_who_breaks_it(Field rule) throws IllegalAccessException {
        assertThat(((ArchRule) rule.get(null)).evaluate(CROOKED).hasViolation()).isTrue();
    }
}

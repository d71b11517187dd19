package com.amrutam.kit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How a service is built: features without cycles, a domain without frameworks, events at the edge only. */
public final class ServiceArchitecture {
    private static final String REST_CONTROLLER = "org.springframework.web.bind.annotation.RestController";
    private static final String CONFIGURATION_PROPERTIES =
            "org.springframework.boot.context.properties.ConfigurationProperties";

    /** An outermost class decides for what is nested in it: a controller's request records are its own. */
    private static DescribedPredicate<JavaClass> outermost(
            String description, DescribedPredicate<? super JavaClass> is) {
        return DescribedPredicate.describe(description, (JavaClass type) -> {
            var outer = type;
            while (outer.getEnclosingClass().isPresent()) {
                outer = outer.getEnclosingClass().get();
            }
            return is.test(outer);
        });
    }

    private static final DescribedPredicate<JavaClass> CONTROLLER =
            outermost("a controller", CanBeAnnotated.Predicates.annotatedWith(REST_CONTROLLER));
    private static final DescribedPredicate<JavaClass> LISTENER =
            outermost("a listener", simpleNameEndingWith("Listener"));
    private static final DescribedPredicate<JavaClass> EVENTS =
            outermost("an …Events class", simpleNameEndingWith("Events"));
    private static final DescribedPredicate<JavaClass> EDGE = CONTROLLER.or(
            outermost("a request or view", simpleNameEndingWith("Request").or(simpleNameEndingWith("View"))));
    private static final DescribedPredicate<JavaClass> SETTINGS =
            outermost("configuration", CanBeAnnotated.Predicates.annotatedWith(CONFIGURATION_PROPERTIES));
    private static final DescribedPredicate<JavaClass> DOMAIN = DescribedPredicate.describe(
            "a record or sealed type of the domain",
            (JavaClass type) -> (type.isRecord() || type.isSealed())
                    && not(EDGE.or(SETTINGS).or(LISTENER).or(EVENTS)).test(type));

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLES =
            slices().matching("com.amrutam.*.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NO_FRAMEWORK = noClasses()
            .that(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "tools.jackson..",
                    "com.fasterxml..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_LISTENERS_AND_THE_OUTBOX_KNOW_EVENT_CLASSES = noClasses()
            .that(not(LISTENER.or(EVENTS)))
            .should()
            .dependOnClassesThat(resideInAPackage("com.amrutam.events..")
                    .and(DescribedPredicate.describe(
                            "generated from a schema",
                            (JavaClass type) -> type.isAnnotatedWith("org.apache.avro.specific.AvroGenerated"))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOTHING_CALLS_A_CONTROLLER_OR_LISTENER = classes()
            .that(CONTROLLER.or(LISTENER))
            .should()
            .onlyHaveDependentClassesThat(CONTROLLER.or(LISTENER))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CONTROLLERS_LEAVE_SQL_TO_OTHERS = noClasses()
            .that(CONTROLLER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CATCH_ALL_NAMES_ARE_AVOIDED = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    @ArchTest
    static final ArchRule NOTHING_PRINTS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule LOGGING_IS_SLF4J = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule DEPENDENCIES_COME_THROUGH_CONSTRUCTORS = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    private ServiceArchitecture() {}
}

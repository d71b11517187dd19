package com.amrutam.kit.export;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;

/** The export, in a service that says what it holds. */
@AutoConfiguration
@ConditionalOnBean(PersonalData.class)
@Import(ExportController.class)
class ExportAutoConfiguration {}

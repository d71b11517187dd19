/** Events as a reader outside the services sees them: from Kafka, decoded with the registry's schemas. */
@NullMarked
package com.amrutam.localstack.event;

import org.jspecify.annotations.NullMarked;

/**
 * Decides from outside whether the system kept its word: from what clients were told, the tables, the topics and the API,
 * and from none of the services' code.
 */
@NullMarked
package com.amrutam.system.check;

import org.jspecify.annotations.NullMarked;

/**
 * What messages say, by kind and language, with times as the person reads them.
 */
@NullMarked
package com.amrutam.notification.template;

import org.jspecify.annotations.NullMarked;

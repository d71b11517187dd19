/**
 * How to reach people: a view of identity's contact cards, the only place outside identity with phone numbers.
 */
@NullMarked
package com.amrutam.notification.contact;

import org.jspecify.annotations.NullMarked;

/** The inbox: each event is handled in one transaction with the record that it was, so a redelivery changes nothing. */
@NullMarked
package com.amrutam.kit.inbox;

import org.jspecify.annotations.NullMarked;

package com.amrutam.doctor;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** How a consultation takes place. Sets of modes are never empty and always in this order. */
public enum Mode {
    ONLINE,
    IN_PERSON;

    /** The modes of a row, which has a column for each. */
    public static Set<Mode> of(boolean online, boolean inPerson) {
        var modes = EnumSet.noneOf(Mode.class);
        if (online) {
            modes.add(ONLINE);
        }
        if (inPerson) {
            modes.add(IN_PERSON);
        }
        return Collections.unmodifiableSet(modes);
    }

    /** The same modes in their order, as often as they were named. */
    public static Set<Mode> of(Iterable<Mode> named) {
        var modes = EnumSet.noneOf(Mode.class);
        named.forEach(modes::add);
        return Collections.unmodifiableSet(modes);
    }
}

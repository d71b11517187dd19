package com.amrutam.system.load;

import com.amrutam.system.check.Operation;
import java.util.List;
import java.util.Set;

/** The calls people make, with what a working system may answer to each. */
enum Call {
    SEARCH("search", 200),
    PROFILE("doctor", 200),
    SLOTS("slots", 200),
    APPOINTMENTS("appointments", 200),
    APPOINTMENT("appointment", 200),
    // Of two who want a slot, one is told 409.
    HOLD("hold", 201, 409),
    RELEASE("release", 204),
    CONFIRM("confirm", 201),
    CANCEL("cancel", 200),
    MOVE("move", 200, 409),
    /** Not the API: somebody looks at their phone. */
    PHONE("phone", 200);

    private final String title;
    private final Set<Integer> expected;

    Call(String title, Integer... expected) {
        this.title = title;
        this.expected = Set.of(expected);
    }

    String title() {
        return title;
    }

    List<Integer> expected() {
        return List.copyOf(expected);
    }

    boolean isExpected(int status) {
        return expected.contains(status);
    }

    boolean isRead() {
        return isOfTheApi() && operation() == Operation.READ;
    }

    /** What a checker calls it. */
    Operation operation() {
        return switch (this) {
            case SEARCH, PROFILE, SLOTS, APPOINTMENTS, APPOINTMENT, PHONE -> Operation.READ;
            case HOLD -> Operation.HOLD;
            case RELEASE -> Operation.RELEASE;
            case CONFIRM -> Operation.BOOK;
            case CANCEL -> Operation.CANCEL;
            case MOVE -> Operation.RESCHEDULE;
        };
    }

    /** True for what goes through the gateway, and so counts. */
    boolean isOfTheApi() {
        return this != PHONE;
    }
}

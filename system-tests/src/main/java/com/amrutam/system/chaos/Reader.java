package com.amrutam.system.chaos;

import java.util.Map;

/** Reads from one service again and again, and notices when it is not there. */
final class Reader {
    private final Visitor visitor;
    private final Gate gate;
    private final Place place;

    /** What is read, and which service answers it. */
    enum Place {
        DOCTOR("doctor", "/api/v1/doctors?sort=soonest&specialization=PANCHAKARMA"),
        IDENTITY("identity", "/api/v1/users/me"),
        BOOKING("booking", "/api/v1/appointments"),
        NOTIFICATION("notification", "/api/v1/notifications");

        private final String service;
        private final String path;

        Place(String service, String path) {
            this.service = service;
            this.path = path;
        }
    }

    Reader(Visitor visitor, Gate gate, Place place) {
        this.visitor = visitor;
        this.gate = gate;
        this.place = place;
    }

    void live() throws InterruptedException {
        while (gate.enter()) {
            try {
                var answer = visitor.call(place.service, "GET", place.path, null, Map.of());
                gate.isClosingWithin(answer.isDefinite() ? Pace.READ : Pace.RETRY);
            } finally {
                gate.leave();
            }
        }
    }
}

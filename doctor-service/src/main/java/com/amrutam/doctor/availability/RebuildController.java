package com.amrutam.doctor.availability;

import com.amrutam.doctor.availability.RebuildAvailability.Rebuilt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The view's maintenance, by administrators. */
@RestController
class RebuildController {
    private final RebuildAvailability rebuildAvailability;

    RebuildController(RebuildAvailability rebuildAvailability) {
        this.rebuildAvailability = rebuildAvailability;
    }

    /** Rebuilds what is known of all slots from the topics, and tells how much of it was wrong. */
    @PostMapping("/api/v1/admin/doctors/availability/rebuild")
    Rebuilt rebuildAvailability() {
        return rebuildAvailability.rebuild();
    }
}

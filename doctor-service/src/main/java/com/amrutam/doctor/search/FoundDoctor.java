package com.amrutam.doctor.search;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Slot;
import com.amrutam.doctor.availability.SlotView;
import com.amrutam.doctor.profile.Doctor;
import com.amrutam.doctor.profile.DoctorView;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A doctor in a list.
 *
 * @param soonest start of the next free slot the search asked for, where it was asked
 * @param nextFree the next free slot for each mode that has one
 */
record FoundDoctor(Doctor doctor, @Nullable Instant soonest, Map<Mode, Slot> nextFree) {
    /** As clients see it. */
    DoctorView view() {
        return DoctorView.of(doctor, SlotView.of(nextFree));
    }
}

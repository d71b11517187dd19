package com.amrutam.doctor.profile;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.SlotView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A doctor as clients see them.
 *
 * @param rating mean of the reviews from 1 to 5; 0 while {@code reviewCount} is 0
 * @param registrationNumber only in answers to the doctor and to administrators
 * @param nextFreeSlot the next slot that can be booked, for each mode that has one
 */
public record DoctorView(
        UUID id,
        String name,
        List<String> specializations,
        List<String> languages,
        String city,
        Set<Mode> modes,
        FeeView fee,
        int experienceYears,
        double rating,
        int reviewCount,
        @Nullable String photoUrl,
        boolean verified,
        @Nullable String registrationNumber,
        Map<Mode, SlotView> nextFreeSlot) {
    record FeeView(long amount, String currency) {}

    /** What everybody may see. */
    public static DoctorView of(Doctor doctor, Map<Mode, SlotView> nextFreeSlot) {
        return of(doctor, null, nextFreeSlot);
    }

    /** What the doctor and administrators see. */
    static DoctorView inFull(Doctor doctor, Map<Mode, SlotView> nextFreeSlot) {
        return of(doctor, doctor.profile().registrationNumber(), nextFreeSlot);
    }

    private static DoctorView of(Doctor doctor, @Nullable String registrationNumber, Map<Mode, SlotView> nextFreeSlot) {
        var profile = doctor.profile();
        return new DoctorView(
                doctor.id(),
                profile.name(),
                profile.specializations(),
                profile.languages(),
                profile.city(),
                profile.modes(),
                new FeeView(profile.fee().amount(), profile.fee().currency()),
                profile.experienceYears(),
                doctor.rating(),
                doctor.reviewCount(),
                profile.photoUrl(),
                doctor.verified(),
                registrationNumber,
                nextFreeSlot);
    }
}

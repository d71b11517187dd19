package com.amrutam.doctor.profile;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.SlotView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A doctor as clients see them.
 *
 * @param name as the doctor writes it
 * @param specializations codes of {@code GET /api/v1/specializations}
 * @param languages ISO 639-1 codes
 * @param city where the doctor sees patients in person
 * @param modes how patients can meet the doctor
 * @param fee of one visit
 * @param experienceYears years in practice
 * @param reviewCount how many patients have rated the doctor
 * @param photoUrl https address of a picture
 * @param verified whether an administrator has checked the registration; patients see verified doctors only
 * @param rating mean of the reviews from 1 to 5; 0 while {@code reviewCount} is 0
 * @param registrationNumber only in answers to the doctor and to administrators
 * @param nextFreeSlot the next slot that can be booked, for each mode that has one
 */
@Schema(name = "Doctor")
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
    /**
     * @param amount in minor units: paise
     * @param currency ISO 4217 code
     */
    @Schema(name = "Fee")
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

package com.amrutam.doctor.profile;

import java.util.UUID;

/**
 * A doctor with the profile as it stands.
 *
 * @param id the user id of the doctor's account
 * @param version rises by one with every change of profile or verification
 * @param verified true once an administrator has checked the registration
 * @param rating mean of the reviews, 0 without any
 */
public record Doctor(UUID id, int version, Profile profile, boolean verified, double rating, int reviewCount) {
    /** A doctor nobody has checked yet. */
    static Doctor introducing(UUID id, Profile profile) {
        return new Doctor(id, 1, profile, false, 0, 0);
    }

    /** The doctor with another profile. A new name or registration number has to be verified again. */
    Doctor describedBy(Profile other) {
        return new Doctor(id, version + 1, other, verified && profile.isSamePersonAs(other), rating, reviewCount);
    }

    /** The doctor without anything that tells who it was. */
    Doctor forgotten() {
        return new Doctor(id, version + 1, profile.anonymous(), false, rating, reviewCount);
    }

    Doctor verify() {
        return new Doctor(id, version + 1, profile, true, rating, reviewCount);
    }
}

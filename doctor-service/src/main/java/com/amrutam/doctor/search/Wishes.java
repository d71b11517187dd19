package com.amrutam.doctor.search;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a doctor has to be like to be found; what is null does not matter.
 *
 * @param mode the doctor offers it, and slots count in this mode only
 * @param minFee in minor units, inclusive
 * @param maxFee in minor units, inclusive
 * @param window the doctor has a free slot in it
 * @param words each is in the doctor's name or in that of one of their specializations, or nearly so
 */
record Wishes(
        @Nullable String specialization,
        @Nullable Mode mode,
        @Nullable String language,
        @Nullable String city,
        @Nullable Long minFee,
        @Nullable Long maxFee,
        @Nullable Window window,
        List<String> words) {}

package com.amrutam.doctor.specialization;

import com.amrutam.kit.web.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells what there is to choose from. */
@RestController
class SpecializationController {
    private final Specializations specializations;

    SpecializationController(Specializations specializations) {
        this.specializations = specializations;
    }

    /** All specializations, Ayurveda's branches first. */
    @GetMapping("/api/v1/specializations")
    Page<SpecializationView> listSpecializations() {
        return Page.whole(specializations.all())
                .map(one ->
                        new SpecializationView(one.code(), new NamesView(one.nameEn(), one.nameHi()), one.doctors()));
    }

    @Schema(name = "Specialization")
    record SpecializationView(String code, NamesView names, int doctors) {}

    @Schema(name = "SpecializationNames")
    record NamesView(String en, String hi) {}
}

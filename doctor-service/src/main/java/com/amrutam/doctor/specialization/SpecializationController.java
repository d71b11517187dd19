package com.amrutam.doctor.specialization;

import com.amrutam.kit.web.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells what there is to choose from. */
@RestController
class SpecializationController {
    private final Specializations specializations;

    SpecializationController(Specializations specializations) {
        this.specializations = specializations;
    }

    @GetMapping("/api/v1/specializations")
    Page<SpecializationView> all() {
        return Page.whole(specializations.all())
                .map(one ->
                        new SpecializationView(one.code(), new NamesView(one.nameEn(), one.nameHi()), one.doctors()));
    }

    record SpecializationView(String code, NamesView names, int doctors) {}

    record NamesView(String en, String hi) {}
}

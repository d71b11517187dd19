package com.amrutam.doctor.schedule;

import com.amrutam.doctor.profile.ForgetDoctor;
import com.amrutam.events.identity.UserErased;
import com.amrutam.kit.idempotency.KeptAnswers;
import com.amrutam.kit.inbox.OnEvent;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Lets go of a doctor who was erased: nothing is offered any more, and the profile names nobody. */
@Component
class ErasureListener {
    private final ForgetDoctor forgetDoctor;
    private final Schedules schedules;
    private final OfferSlots offerSlots;
    private final KeptAnswers keptAnswers;
    private final Clock clock;

    ErasureListener(
            ForgetDoctor forgetDoctor,
            Schedules schedules,
            OfferSlots offerSlots,
            KeptAnswers keptAnswers,
            Clock clock) {
        this.forgetDoctor = forgetDoctor;
        this.schedules = schedules;
        this.offerSlots = offerSlots;
        this.keptAnswers = keptAnswers;
        this.clock = clock;
    }

    @OnEvent
    void on(UserErased event) {
        var userId = event.getUserId();
        keptAnswers.forget(userId);
        if (!forgetDoctor.forget(userId)) {
            return;
        }
        schedules.find(userId).ifPresent(kept -> {
            offerSlots.offer(userId, kept.schedule().withoutHours(), clock.instant());
            schedules.remove(userId);
        });
    }
}

package com.amrutam.booking.slot;

import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.kit.inbox.OnEvent;
import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes what doctors publish into the inventory and what they take back out of it. */
@Component
class SlotsListener {
    private static final Logger log = LoggerFactory.getLogger(SlotsListener.class);

    private final Slots slots;

    SlotsListener(Slots slots) {
        this.slots = slots;
    }

    @OnEvent
    void on(SlotsPublished event) {
        var notice = Duration.ofMinutes(event.getMinimumNoticeMinutes());
        for (OfferedSlot offered : event.getSlots()) {
            var slot = new Slot(
                    offered.getSlotId(),
                    event.getDoctorId(),
                    offered.getStart(),
                    offered.getEnd(),
                    offered.getModes().stream()
                            .map(mode -> Mode.valueOf(mode.name()))
                            .collect(Collectors.toSet()),
                    notice);
            if (!slots.add(slot)) {
                log.atWarn()
                        .addKeyValue("slotId", slot.id())
                        .addKeyValue("doctorId", slot.doctorId())
                        .log("A published slot overlaps another of its doctor and was left out");
            }
        }
        log.atInfo()
                .addKeyValue("doctorId", event.getDoctorId())
                .addKeyValue("slots", event.getSlots().size())
                .log("Slots taken into the inventory");
    }

    @OnEvent
    void on(SlotsWithdrawn event) {
        int withdrawn = slots.withdraw(event.getSlotIds());
        log.atInfo()
                .addKeyValue("doctorId", event.getDoctorId())
                .addKeyValue("withdrawn", withdrawn)
                .addKeyValue("asked", event.getSlotIds().size())
                .log("Slots withdrawn from the inventory");
    }
}

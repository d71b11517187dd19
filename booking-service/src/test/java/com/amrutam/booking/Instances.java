package com.amrutam.booking;

import com.amrutam.kit.instance.Instance;
import java.util.HashMap;
import java.util.Map;

/** Instances of this service. */
final class Instances {
    private Instances() {}

    /** One whose sweeps are as good as off unless the properties say otherwise. */
    static Instance quiet(Map<String, String> properties, Class<?>... extras) {
        var all = new HashMap<>(Map.of(
                "amrutam.booking.lock.sweep-interval", "1h",
                "amrutam.booking.waitlist.sweep-interval", "1h",
                "amrutam.booking.reminder.sweep-interval", "1h"));
        all.putAll(properties);
        return Instance.start(BookingApplication.class, all, extras);
    }
}

package com.amrutam.doctor;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

/** What tests begin with, made through the API as people would. */
@Lazy
public class Given {
    private static final JsonMapper JSON = new JsonMapper();

    private final Service service;

    public Given(Service service) {
        this.service = service;
    }

    /** A doctor with a profile nobody has verified; overrides are names and values in pairs. */
    public UUID unverifiedDoctor(Object... overrides) {
        var id = UUID.randomUUID();
        service.put("/doctors/me", Service.doctor(id), profile(overrides)).ok();
        return id;
    }

    /** A doctor patients can see. */
    public UUID doctor(Object... overrides) {
        var id = unverifiedDoctor(overrides);
        service.post("/admin/doctors/" + id + "/verify", Service.administrator())
                .ok();
        return id;
    }

    /** A doctor whose every day at UTC has these hours of half-hour slots in all modes. */
    public UUID doctorWorking(String from, String to, Object... overrides) {
        var id = doctor(overrides);
        service.put("/doctors/me/schedule", Service.doctor(id), everyDay(from, to, 5))
                .ok();
        return id;
    }

    /** The body of a profile. */
    public static String profile(Object... overrides) {
        var profile = new HashMap<String, Object>(Map.of(
                "name",
                "Dr. Asha Nair",
                "specializations",
                new String[] {"PANCHAKARMA", "KAYACHIKITSA"},
                "languages",
                new String[] {"en", "hi"},
                "city",
                "Kochi",
                "modes",
                new String[] {"ONLINE", "IN_PERSON"},
                "fee",
                Map.of("amount", 50_000, "currency", "INR"),
                "experienceYears",
                12,
                "registrationNumber",
                "KL-4711"));
        for (int index = 0; index < overrides.length; index += 2) {
            profile.put((String) overrides[index], overrides[index + 1]);
        }
        return JSON.writeValueAsString(profile);
    }

    /** The body of a schedule with the same hours every day, in UTC, half-hour slots. */
    public static String everyDay(String from, String to, int horizonDays, String... modes) {
        var offered = modes.length == 0 ? new String[] {"ONLINE", "IN_PERSON"} : modes;
        var weekly = Arrays.stream(DayOfWeek.values())
                .map(day -> Map.of("day", day, "from", from, "to", to, "slotMinutes", 30, "modes", offered))
                .toList();
        return JSON.writeValueAsString(Map.of("timeZone", "UTC", "weekly", weekly, "horizonDays", horizonDays));
    }
}

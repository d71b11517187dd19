package com.amrutam.doctor.search;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Position;
import com.amrutam.doctor.availability.Slot;
import com.amrutam.doctor.availability.Slots;
import com.amrutam.doctor.availability.Window;
import com.amrutam.doctor.profile.Doctor;
import com.amrutam.doctor.profile.Doctors;
import com.amrutam.kit.data.Timestamps;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds verified doctors and their free slots. */
@Service
public class FindDoctors {
    private final JdbcClient jdbc;
    private final Doctors doctors;
    private final Slots slots;
    private final Clock clock;

    FindDoctors(JdbcClient jdbc, Doctors doctors, Slots slots, Clock clock) {
        this.jdbc = jdbc;
        this.doctors = doctors;
        this.slots = slots;
        this.clock = clock;
    }

    /** True for a doctor whom patients may see. */
    @Transactional(readOnly = true)
    public boolean isVisible(UUID id) {
        return doctors.find(id).filter(Doctor::verified).isPresent();
    }

    /** One doctor. */
    @Transactional(readOnly = true)
    public Optional<FoundDoctor> find(UUID id) {
        return doctors.find(id)
                .filter(Doctor::verified)
                .map(doctor -> new FoundDoctor(doctor, null, slots.nextFree(id, clock.instant())));
    }

    /** A page of a doctor's free slots; empty when there is no such doctor to see. */
    @Transactional(readOnly = true)
    public Optional<Page<Slot>> slots(
            UUID doctorId, Window window, @Nullable Mode mode, @Nullable Position after, PageRequest page) {
        return doctors.find(doctorId)
                .filter(Doctor::verified)
                .map(doctor -> slots.free(doctorId, window, mode, clock.instant(), after, page));
    }

    /** A page of the doctors as wished. */
    @Transactional(readOnly = true)
    Page<FoundDoctor> search(Query query) {
        var now = clock.instant();
        var wishes = query.wishes();
        var found = page(query, now);
        var ids = found.items().stream().map(one -> one.doctor().id()).toList();
        var nextFree = slots.nextFree(ids, windowFrom(wishes, now), now);
        return found.map(one -> new FoundDoctor(
                one.doctor(), one.soonest(), nextFree.getOrDefault(one.doctor().id(), Map.of())));
    }

    private Page<FoundDoctor> page(Query query, Instant now) {
        var wishes = query.wishes();
        var order = query.order();
        var after = query.after();
        var sql = new StringBuilder("select doctor.*, ");
        var parameters = new LinkedHashMap<String, Object>();
        if (order == Order.SOONEST || wishes.window() != null) {
            // One look into the index of free slots for each doctor who is left by the other wishes, see V3__slots.sql.
            sql.append("next.starts_at as soonest from doctor ")
                    .append(wishes.window() == null ? "left" : "inner")
                    .append(" join lateral (select starts_at from slot where doctor_id = doctor.id and state = 'FREE'")
                    .append(wishes.mode() == null ? "" : " and " + Slots.column(wishes.mode()))
                    .append(" and starts_at >= :from and starts_at < :to and bookable_until > :now")
                    .append(" order by starts_at limit 1) next on true");
            var window = windowFrom(wishes, now);
            parameters.put("from", Timestamps.toSql(window.from()));
            parameters.put("to", Timestamps.toSql(window.to()));
            parameters.put("now", Timestamps.toSql(now));
        } else {
            sql.append("null::timestamptz as soonest from doctor");
        }
        sql.append(" where doctor.verified");
        conditions(wishes).forEach((condition, values) -> {
            sql.append(" and ").append(condition);
            parameters.putAll(values);
        });
        if (after != null) {
            sql.append(" and ").append(order.after());
            for (int index = 0; index < after.keys().size(); index++) {
                parameters.put("key" + index, after.keys().get(index));
            }
            parameters.put("afterId", after.id());
        }
        sql.append(" order by ").append(order.by()).append(" limit :rows");
        parameters.put("rows", query.limit() + 1);
        var rows = jdbc.sql(sql.toString())
                .params(parameters)
                .query((row, number) -> new FoundDoctor(
                        Doctors.doctor(row, number), Timestamps.instantOrNull(row, "soonest"), Map.of()))
                .list();
        return Page.of(rows, query.limit(), order::cursor);
    }

    /** The wishes a doctor's own row answers, each with its parameters. */
    private static Map<String, Map<String, Object>> conditions(Wishes wishes) {
        var conditions = new LinkedHashMap<String, Map<String, Object>>();
        if (wishes.specialization() != null) {
            conditions.put(
                    "doctor.specializations @> array[:specialization::text]",
                    Map.of("specialization", wishes.specialization()));
        }
        if (wishes.mode() != null) {
            conditions.put("doctor." + Slots.column(wishes.mode()), Map.of());
        }
        if (wishes.language() != null) {
            conditions.put("doctor.languages @> array[:language::text]", Map.of("language", wishes.language()));
        }
        if (wishes.city() != null) {
            conditions.put("lower(doctor.city) = lower(:city)", Map.of("city", wishes.city()));
        }
        if (wishes.minFee() != null) {
            conditions.put("doctor.fee_amount >= :minFee", Map.of("minFee", wishes.minFee()));
        }
        if (wishes.maxFee() != null) {
            conditions.put("doctor.fee_amount <= :maxFee", Map.of("maxFee", wishes.maxFee()));
        }
        for (int index = 0; index < wishes.words().size(); index++) {
            var word = wishes.words().get(index);
            conditions.put(
                    WORD.replace("#", String.valueOf(index)),
                    Map.of("word" + index, word, "part" + index, "%" + escaped(word) + "%"));
        }
        return conditions;
    }

    /** Part of a name in any case, or similar to a word of it (trigrams); of the doctor or of a specialization. */
    private static final String WORD = """
            (doctor.name ilike :part# or doctor.name operator(public.%>) :word#
             or doctor.specializations && array(
                 select code from specialization
                 where name_en ilike :part# or name_hi ilike :part# or name_en operator(public.%>) :word#))""";

    private static String escaped(String word) {
        return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static Window windowFrom(Wishes wishes, Instant now) {
        var window = wishes.window();
        if (window == null) {
            return Window.from(now);
        }
        return new Window(window.from().isBefore(now) ? now : window.from(), window.to());
    }
}

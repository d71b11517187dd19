package com.amrutam.doctor.availability;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Slot.State;
import com.amrutam.kit.data.Timestamps;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The slots of all doctors. Whoever changes slots of doctors calls {@link #lockDoctors} first, once: schedules and booking's
 * events then take turns per doctor, and nothing can deadlock.
 */
@Repository
public class Slots {
    private final JdbcClient jdbc;

    Slots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes every other change of these doctors' slots wait for the end of the transaction. */
    void lockDoctors(Collection<UUID> doctorIds) {
        jdbc.sql("select id from doctor where id = any (?::uuid[]) order by id for no key update")
                .param(texts(doctorIds, id -> id))
                .query(UUID.class)
                .list();
    }

    Optional<Slot> find(UUID slotId) {
        return Optional.ofNullable(findAll(Set.of(slotId)).get(slotId));
    }

    /** Those of these slots that there are, by id. */
    Map<UUID, Slot> findAll(Collection<UUID> slotIds) {
        return jdbc
                .sql("select * from slot where id = any (?::uuid[])")
                .param(texts(slotIds, id -> id))
                .query(Slots::slot)
                .list()
                .stream()
                .collect(Collectors.toMap(Slot::id, slot -> slot));
    }

    /** A doctor's slots that are not withdrawn and have not ended, by start. */
    public List<Slot> activeOf(UUID doctorId, Instant now) {
        return jdbc.sql("""
                        select * from slot where doctor_id = ? and ends_at > ? and state <> 'WITHDRAWN'
                        order by starts_at
                        """)
                .params(doctorId, Timestamps.toSql(now))
                .query(Slots::slot)
                .list();
    }

    /** The modes in which a doctor's coming slots can be had; booked ones are settled and do not count. */
    public Set<Mode> modesOffered(UUID doctorId, Instant now) {
        return jdbc.sql("""
                        select coalesce(bool_or(online), false) as online,
                               coalesce(bool_or(in_person), false) as in_person
                        from slot where doctor_id = ? and ends_at > ? and state in ('FREE', 'LOCKED') and not unwanted
                        """)
                .params(doctorId, Timestamps.toSql(now))
                .query((row, number) -> Mode.of(row.getBoolean("online"), row.getBoolean("in_person")))
                .single();
    }

    /** The next slot of a doctor that can be booked, for each mode that has one. */
    public Map<Mode, Slot> nextFree(UUID doctorId, Instant now) {
        return nextFree(List.of(doctorId), Window.from(now), now).getOrDefault(doctorId, Map.of());
    }

    /** Of each doctor the first slot in the window that can be booked, for each mode that has one. */
    public Map<UUID, Map<Mode, Slot>> nextFree(Collection<UUID> doctorIds, Window window, Instant now) {
        var next = new HashMap<UUID, Map<Mode, Slot>>();
        for (var mode : Mode.values()) {
            jdbc.sql("""
                            select slot.* from unnest(:doctors::uuid[]) as wanted (id)
                            cross join lateral (
                                select * from slot
                                where doctor_id = wanted.id and state = 'FREE' and %s
                                  and starts_at >= :from and starts_at < :to and bookable_until > :now
                                order by starts_at limit 1) slot
                            """.formatted(column(mode)))
                    .param("doctors", doctorIds.stream().map(UUID::toString).toArray(String[]::new))
                    .param("from", Timestamps.toSql(window.from()))
                    .param("to", Timestamps.toSql(window.to()))
                    .param("now", Timestamps.toSql(now))
                    .query(Slots::slot)
                    .list()
                    .forEach(slot -> next.computeIfAbsent(slot.doctorId(), id -> new EnumMap<>(Mode.class))
                            .put(mode, slot));
        }
        return next;
    }

    /** A page of a doctor's slots that can be booked and start in the window, by start. */
    public Page<Slot> free(
            UUID doctorId,
            Window window,
            @Nullable Mode mode,
            Instant now,
            @Nullable Position after,
            PageRequest page) {
        var rows = jdbc.sql("""
                        select * from slot
                        where doctor_id = :doctor and state = 'FREE' %s
                          and starts_at >= :from and starts_at < :to and bookable_until > :now
                          and (starts_at, id) > (:afterStart, :afterId)
                        order by starts_at, id limit :rows
                        """.formatted(mode == null ? "" : "and " + column(mode)))
                .param("doctor", doctorId)
                .param("from", Timestamps.toSql(window.from()))
                .param("to", Timestamps.toSql(window.to()))
                .param("now", Timestamps.toSql(now))
                .param("afterStart", Timestamps.toSql(after == null ? Instant.EPOCH : after.start()))
                .param("afterId", after == null ? new UUID(0, 0) : after.id())
                .param("rows", page.limit() + 1)
                .query(Slots::slot)
                .list();
        return Page.of(rows, page.limit(), last -> new Position(last.start(), last.id()).cursor());
    }

    /** Adds new slots, all free. */
    public void add(UUID doctorId, Collection<Slot> slots) {
        if (slots.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into slot (id, doctor_id, starts_at, ends_at, bookable_until, online, in_person)
                        select new.id, ?, new.starts_at, new.ends_at, new.bookable_until, new.online, new.in_person
                        from unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::boolean[],
                                    ?::boolean[]) as new (id, starts_at, ends_at, bookable_until, online, in_person)
                        """)
                .params(
                        doctorId,
                        texts(slots, Slot::id),
                        texts(slots, Slot::start),
                        texts(slots, Slot::end),
                        texts(slots, Slot::bookableUntil),
                        texts(slots, slot -> slot.modes().contains(Mode.ONLINE)),
                        texts(slots, slot -> slot.modes().contains(Mode.IN_PERSON)))
                .update();
    }

    /** Takes free slots back. */
    public void withdraw(Collection<Slot> slots) {
        if (!slots.isEmpty()) {
            jdbc.sql("update slot set state = 'WITHDRAWN' where id = any (?::uuid[]) and state = 'FREE'")
                    .param(texts(slots, Slot::id))
                    .update();
        }
    }

    /** Notes for taken slots whether the schedule still offers them. */
    public void markUnwanted(Collection<Slot> slots, boolean unwanted) {
        if (!slots.isEmpty()) {
            jdbc.sql("update slot set unwanted = ? where id = any (?::uuid[])")
                    .params(unwanted, texts(slots, Slot::id))
                    .update();
        }
    }

    /** Forgets slots that ended before this instant. */
    public int forgetEndedBefore(UUID doctorId, Instant instant) {
        return jdbc.sql("delete from slot where doctor_id = ? and ends_at < ?")
                .params(doctorId, Timestamps.toSql(instant))
                .update();
    }

    /** What booking said of a slot; the caller has compared versions under {@link #lockDoctors}. */
    void save(Slot slot) {
        saveAll(Set.of(slot));
    }

    /** {@link #save} for many. */
    void saveAll(Collection<Slot> slots) {
        if (!slots.isEmpty()) {
            jdbc.sql("""
                            update slot set version = told.version, state = told.state, unwanted = told.unwanted
                            from unnest(?::uuid[], ?::integer[], ?::text[], ?::boolean[])
                                 as told (id, version, state, unwanted)
                            where slot.id = told.id""")
                    .params(
                            texts(slots, Slot::id),
                            texts(slots, Slot::version),
                            texts(slots, Slot::state),
                            texts(slots, Slot::unwanted))
                    .update();
        }
    }

    /** Makes every change of any slot wait for the end of the transaction; reads go on. */
    void lockAll() {
        jdbc.sql("lock table slot in exclusive mode").update();
    }

    long count() {
        return jdbc.sql("select count(*) from slot").query(Long.class).single();
    }

    /**
     * Makes all slots what this says of them, under {@link #lockAll}.
     *
     * @param news the last of each slot booking ever spoke of
     * @param withdrawn the slots their doctors ever took back
     * @return how many were something else
     */
    int become(Collection<SlotNews> news, Collection<UUID> withdrawn) {
        // What goes makes room first: no two slots of a doctor may overlap, not even within a statement.
        return become(news, withdrawn, "= 'WITHDRAWN'") + become(news, withdrawn, "<> 'WITHDRAWN'");
    }

    private int become(Collection<SlotNews> news, Collection<UUID> withdrawn, String states) {
        // As FollowBooking decides: a patient's slot counts, even one taken back, unless another's is in its place.
        return jdbc.sql("""
                        with told as materialized (
                            select * from unnest(?::uuid[], ?::integer[], ?::text[]) as t (slot_id, version, kind)),
                        taken_back as materialized (select * from unnest(?::uuid[]) as t (slot_id)),
                        truth as (
                            select s.id, coalesce(told.version, 1) as version,
                                   case when told.kind in ('LOCKED', 'BOOKED')
                                             and not (taken_back.slot_id is not null and exists (
                                                 select from slot other join told of_other on of_other.slot_id = other.id
                                                 where other.doctor_id = s.doctor_id and other.id <> s.id
                                                   and tstzrange(other.starts_at, other.ends_at)
                                                       && tstzrange(s.starts_at, s.ends_at)
                                                   and other.state <> 'WITHDRAWN'
                                                   and of_other.kind in ('LOCKED', 'BOOKED')))
                                        then told.kind
                                        when told.kind = 'GONE' or taken_back.slot_id is not null or s.unwanted
                                             or told.kind in ('LOCKED', 'BOOKED')
                                        then 'WITHDRAWN'
                                        else 'FREE'
                                   end as state
                            from slot s
                            left join told on told.slot_id = s.id
                            left join taken_back on taken_back.slot_id = s.id)
                        update slot
                        set version = truth.version, state = truth.state,
                            unwanted = unwanted and truth.state in ('LOCKED', 'BOOKED')
                        from truth
                        where truth.id = slot.id and (truth.version, truth.state) <> (slot.version, slot.state)
                          and truth.state %s
                        """.formatted(states))
                .params(
                        texts(news, SlotNews::slotId),
                        texts(news, SlotNews::version),
                        texts(news, SlotNews::kind),
                        texts(withdrawn, id -> id))
                .update();
    }

    /** The slots of the same doctor, not withdrawn, that overlap this one. */
    List<Slot> overlapping(Slot slot) {
        return jdbc.sql("""
                        select * from slot
                        where doctor_id = ? and tstzrange(starts_at, ends_at) && tstzrange(?, ?)
                          and state <> 'WITHDRAWN' and id <> ?
                        """)
                .params(slot.doctorId(), Timestamps.toSql(slot.start()), Timestamps.toSql(slot.end()), slot.id())
                .query(Slots::slot)
                .list();
    }

    /** The column that says whether a slot can be had in this mode. */
    public static String column(Mode mode) {
        return switch (mode) {
            case ONLINE -> "online";
            case IN_PERSON -> "in_person";
        };
    }

    static Slot slot(ResultSet row, int number) throws SQLException {
        return new Slot(
                row.getObject("id", UUID.class),
                row.getObject("doctor_id", UUID.class),
                Timestamps.instant(row, "starts_at"),
                Timestamps.instant(row, "ends_at"),
                Timestamps.instant(row, "bookable_until"),
                Mode.of(row.getBoolean("online"), row.getBoolean("in_person")),
                row.getInt("version"),
                State.valueOf(row.getString("state")),
                row.getBoolean("unwanted"));
    }

    /** One array parameter for a column of many rows; Postgres casts the texts. */
    private static <T> String[] texts(Collection<T> rows, Function<T, Object> column) {
        return rows.stream().map(row -> column.apply(row).toString()).toArray(String[]::new);
    }
}

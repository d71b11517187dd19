package com.amrutam.doctor.stream;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.SlotView;
import com.amrutam.kit.data.Timestamps;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** The changes of the last hour. Always read from the primary: a replica may not have what it was woken for. */
@Repository
class SlotChanges {
    private final JdbcClient jdbc;
    private final StreamProperties properties;

    SlotChanges(JdbcClient jdbc, StreamProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** The last change of a doctor's slots; 0 when there was none. */
    long latest(UUID doctorId) {
        return jdbc.sql("select coalesce(max(sequence), 0) from slot_change where doctor_id = ?")
                .param(doctorId)
                .query(Long.class)
                .single();
    }

    /** True when all changes after that one are still here. */
    boolean remembers(UUID doctorId, long sequence) {
        return jdbc.sql("select exists (select from slot_change where doctor_id = ? and sequence = ?)")
                .params(doctorId, sequence)
                .query(Boolean.class)
                .single();
    }

    List<SlotChange> after(UUID doctorId, long sequence, int most) {
        return jdbc.sql("""
                        select c.sequence, c.free, s.id, s.doctor_id, s.starts_at, s.ends_at, s.online, s.in_person
                        from slot_change c join slot s on s.id = c.slot_id
                        where c.doctor_id = ? and c.sequence > ? order by c.sequence limit ?""")
                .params(doctorId, sequence, most)
                .query((row, n) -> new SlotChange(
                        row.getLong("sequence"),
                        row.getBoolean("free"),
                        new SlotView(
                                row.getObject("id", UUID.class),
                                row.getObject("doctor_id", UUID.class),
                                Timestamps.instant(row, "starts_at"),
                                Timestamps.instant(row, "ends_at"),
                                List.copyOf(modes(row.getBoolean("online"), row.getBoolean("in_person"))))))
                .list();
    }

    private static Set<Mode> modes(boolean online, boolean inPerson) {
        var modes = EnumSet.noneOf(Mode.class);
        if (online) {
            modes.add(Mode.ONLINE);
        }
        if (inPerson) {
            modes.add(Mode.IN_PERSON);
        }
        return modes;
    }

    @Scheduled(fixedDelayString = "PT1M")
    void forgetOld() {
        jdbc.sql("delete from slot_change where at < now() - make_interval(secs => ?)")
                .param(properties.memory().toSeconds())
                .update();
    }
}

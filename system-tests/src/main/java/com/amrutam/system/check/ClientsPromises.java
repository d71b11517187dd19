package com.amrutam.system.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clients were told, held against the tables. It remembers what became of requests that nobody answered, to see that
 * it stays so.
 */
final class ClientsPromises {
    private static final String YES = "What was acknowledged is so";
    private static final String NO = "What was refused, or never asked for, is not so";
    private static final String ONCE = "The same key brings about the same thing once";
    private static final String STAYS = "What nobody answered stays what it is";

    private final Map<String, Boolean> unanswered = new HashMap<>();

    private record Lock(UUID id, UUID slotId, UUID person, String status) {
        static Lock of(ResultSet row) throws SQLException {
            return new Lock(uuid(row, "id"), uuid(row, "slot_id"), uuid(row, "patient_id"), row.getString("status"));
        }
    }

    private record Appointment(
            UUID id,
            UUID lockId,
            UUID slotId,
            UUID person,
            String status,
            @Nullable String cancelledBy) {
        static Appointment of(ResultSet row) throws SQLException {
            return new Appointment(
                    uuid(row, "id"),
                    uuid(row, "slot_lock_id"),
                    uuid(row, "slot_id"),
                    uuid(row, "patient_id"),
                    row.getString("status"),
                    row.getString("cancelled_by"));
        }
    }

    List<Finding> broken(Connection database, List<Request> history) throws SQLException {
        var people = history.stream().map(Request::person).distinct().toArray(UUID[]::new);
        Map<UUID, Lock> locks = rows(
                        database,
                        "select * from booking.slot_lock where reason = 'PATIENT' and patient_id = any (?)",
                        people,
                        Lock::of)
                .stream()
                .collect(Collectors.toMap(Lock::id, lock -> lock));
        Map<UUID, Appointment> byLock = rows(
                        database,
                        "select * from booking.appointment where patient_id = any (?)",
                        people,
                        Appointment::of)
                .stream()
                .collect(Collectors.toMap(Appointment::lockId, appointment -> appointment));
        var findings = new ArrayList<Finding>();
        holds(history, locks, findings);
        releases(history, locks, findings);
        bookings(history, locks, byLock, findings);
        var byId = byLock.values().stream().collect(Collectors.toMap(Appointment::id, appointment -> appointment));
        cancellations(history, byId, findings);
        reschedules(history, byId, locks, findings);
        return findings;
    }

    private record Wish(UUID person, @Nullable UUID slotId) {}

    private void holds(List<Request> history, Map<UUID, Lock> locks, List<Finding> findings) {
        Set<UUID> told = new HashSet<>();
        Map<Wish, Integer> untold = new HashMap<>();
        of(history, Operation.HOLD).collect(Collectors.groupingBy(Request::key)).forEach((key, tries) -> {
            var wish = new Wish(tries.getFirst().person(), tries.getFirst().slotId());
            var acknowledged = tries.stream()
                    .filter(one -> one.outcome() == Outcome.ACKNOWLEDGED)
                    .map(Request::lockId)
                    .distinct()
                    .toList();
            if (acknowledged.size() > 1) {
                findings.add(new Finding(ONCE, "key " + key + " locked " + acknowledged));
            }
            for (var lockId : acknowledged) {
                var lock = locks.get(lockId);
                if (lock == null || !wish.equals(new Wish(lock.person(), lock.slotId()))) {
                    findings.add(new Finding(YES, "lock " + lockId + " on slot " + wish.slotId() + " is " + lock));
                } else {
                    told.add(lock.id());
                }
            }
            if (acknowledged.isEmpty() && isUnanswered(tries)) {
                untold.merge(wish, 1, Integer::sum);
            }
        });
        var unexplained = locks.values().stream()
                .filter(lock -> !told.contains(lock.id()))
                .collect(Collectors.groupingBy(lock -> new Wish(lock.person(), lock.slotId())));
        unexplained.forEach((wish, found) -> {
            if (found.size() > untold.getOrDefault(wish, 0)) {
                findings.add(new Finding(NO, "nobody was given " + found));
            }
        });
        untold.forEach(
                (wish, count) -> remember("holds of " + wish + " x" + count, unexplained.containsKey(wish), findings));
    }

    private static void releases(List<Request> history, Map<UUID, Lock> locks, List<Finding> findings) {
        of(history, Operation.RELEASE)
                .filter(one -> one.outcome() == Outcome.ACKNOWLEDGED)
                .map(one -> locks.get(one.lockId()))
                .filter(Objects::nonNull)
                .filter(lock -> lock.status().equals("ACTIVE") || lock.status().equals("CONFIRMED"))
                .forEach(lock -> findings.add(new Finding(YES, "released, but " + lock)));
    }

    private void bookings(
            List<Request> history, Map<UUID, Lock> locks, Map<UUID, Appointment> byLock, List<Finding> findings) {
        Map<UUID, List<Request>> tries = of(history, Operation.BOOK)
                .filter(one -> one.lockId() != null)
                .collect(Collectors.groupingBy(one -> Objects.requireNonNull(one.lockId())));
        tries.forEach((lockId, booked) -> {
            var appointment = byLock.get(lockId);
            var acknowledged = booked.stream()
                    .filter(one -> one.outcome() == Outcome.ACKNOWLEDGED)
                    .map(Request::appointmentId)
                    .distinct()
                    .toList();
            if (acknowledged.size() > 1) {
                findings.add(new Finding(ONCE, "lock " + lockId + " became " + acknowledged));
            }
            for (var id : acknowledged) {
                if (appointment == null || !appointment.id().equals(id)) {
                    findings.add(new Finding(YES, "appointment " + id + " is " + appointment));
                }
            }
            if (acknowledged.isEmpty()) {
                if (isUnanswered(booked)) {
                    remember("booking of lock " + lockId, appointment != null, findings);
                } else if (appointment != null) {
                    findings.add(new Finding(NO, "all were refused, but there is " + appointment));
                }
            }
        });
        byLock.values().stream()
                .filter(appointment -> locks.containsKey(appointment.lockId()))
                .filter(appointment -> !tries.containsKey(appointment.lockId()))
                .forEach(appointment -> findings.add(new Finding(NO, "nobody asked for " + appointment)));
    }

    private static void cancellations(
            List<Request> history, Map<UUID, Appointment> appointments, List<Finding> findings) {
        var tries = of(history, Operation.CANCEL)
                .filter(one -> one.appointmentId() != null)
                .collect(Collectors.groupingBy(one -> Objects.requireNonNull(one.appointmentId())));
        appointments.values().forEach(appointment -> {
            var cancels = tries.getOrDefault(appointment.id(), List.of());
            boolean isCancelled = appointment.status().equals("CANCELLED");
            if (cancels.stream().anyMatch(one -> one.outcome() == Outcome.ACKNOWLEDGED) && !isCancelled) {
                findings.add(new Finding(YES, "cancelled, but " + appointment));
            }
            if (isCancelled
                    && "PATIENT".equals(appointment.cancelledBy())
                    && cancels.stream().allMatch(one -> one.outcome() == Outcome.REFUSED)) {
                findings.add(new Finding(NO, "no cancellation was accepted, but " + appointment));
            }
        });
    }

    private static void reschedules(
            List<Request> history, Map<UUID, Appointment> appointments, Map<UUID, Lock> locks, List<Finding> findings) {
        var tries = of(history, Operation.RESCHEDULE)
                .filter(one -> one.appointmentId() != null)
                .collect(Collectors.groupingBy(one -> Objects.requireNonNull(one.appointmentId())));
        appointments.values().forEach(appointment -> {
            var lock = locks.get(appointment.lockId());
            if (lock == null) {
                return;
            }
            // Whatever was not answered may have happened, before or after what was.
            Set<UUID> allowed = new HashSet<>();
            var last = lock.slotId();
            for (var one : tries.getOrDefault(appointment.id(), List.of())) {
                if (one.outcome() == Outcome.ACKNOWLEDGED) {
                    last = Objects.requireNonNull(one.slotId());
                } else if (one.outcome() == Outcome.UNANSWERED) {
                    allowed.add(Objects.requireNonNull(one.slotId()));
                }
            }
            allowed.add(last);
            if (!allowed.contains(appointment.slotId())) {
                findings.add(new Finding(YES, "may be on " + allowed + " only, but " + appointment));
            }
        });
    }

    private void remember(String what, boolean happened, List<Finding> findings) {
        var before = unanswered.put(what, happened);
        if (before != null && before != happened) {
            findings.add(new Finding(STAYS, what + (happened ? " happened after all" : " is undone")));
        }
    }

    /** At least one try may have got through, and none was told so. */
    private static boolean isUnanswered(List<Request> tries) {
        return tries.stream().anyMatch(one -> one.outcome() == Outcome.UNANSWERED);
    }

    private static Stream<Request> of(List<Request> history, Operation operation) {
        return history.stream().filter(one -> one.operation() == operation);
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(Connection database, String sql, UUID[] people, Reader<T> reader)
            throws SQLException {
        var rows = new ArrayList<T>();
        try (var statement = database.prepareStatement(sql)) {
            statement.setArray(1, database.createArrayOf("uuid", people));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
        }
        return rows;
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }
}

-- Run once as superuser in database amrutam after it was put back to an earlier moment, before the services start.
--
-- What happened after that moment is still on Kafka and with its readers, under versions that will now be counted a second
-- time; and readers keep the highest version they have seen. So all counts go on far above.

-- Versions rise by one, says a trigger; not this time.
set session_replication_role = replica;

do $$ begin
    if to_regclass('booking.appointment') is not null then
        update booking.slot set version = version + 1000 where starts_at > now();
        update booking.appointment set version = version + 1000 where status = 'BOOKED';
        -- The reminders that went out count for the appointment as it is.
        update booking.reminder r set appointment_version = a.version
        from booking.appointment a
        where a.id = r.appointment_id and a.status = 'BOOKED' and r.appointment_version = a.version - 1000;
    end if;
    if to_regclass('doctor.doctor') is not null then
        update doctor.doctor set version = version + 1000;
    end if;
    if to_regclass('identity.user_account') is not null then
        update identity.user_account set version = version + 1000;
    end if;
end $$;

reset session_replication_role;

-- Tells every instance which searches answer differently from now on, with the commit that makes them: the payload is
-- what changed and the specializations of the doctor it changed for.
--   NEXT  who the doctor is, or when they are free next: every search may answer differently
--   SLOT  another of their slots: only searches for a certain time may
-- The functions name what is in our schema by its short name; whoever changes a row by hand need not have it on their path.
alter function note_slot_change() set search_path from current;

create function tell_searches(what text, variadic specializations text[]) returns void language sql
    set search_path from current as $$
    select pg_notify('search_change', what || ' ' || array_to_string(specializations, ','))
$$;

create function tell_searches_of_doctor() returns trigger language plpgsql
    set search_path from current as $$
begin
    if tg_op = 'INSERT' then
        perform tell_searches('NEXT', variadic new.specializations);
    else
        perform tell_searches('NEXT', variadic old.specializations || new.specializations);
    end if;
    return null;
end $$;

-- Nobody finds a doctor who is not verified.
create trigger tell_searches_of_new_doctor after insert on doctor
    for each row when (new.verified) execute function tell_searches_of_doctor();
create trigger tell_searches_of_doctor after update on doctor
    for each row when ((old.verified or new.verified) and old is distinct from new)
    execute function tell_searches_of_doctor();

create function tell_searches_of_slot() returns trigger language plpgsql
    set search_path from current as $$
declare
    what text := 'SLOT';
begin
    -- It is, or was, the next one of a mode when no earlier one of that mode can be booked.
    if new.online and not exists (
            select from slot where doctor_id = new.doctor_id and state = 'FREE' and online
                and starts_at > now() and starts_at < new.starts_at and bookable_until > now())
       or new.in_person and not exists (
            select from slot where doctor_id = new.doctor_id and state = 'FREE' and in_person
                and starts_at > now() and starts_at < new.starts_at and bookable_until > now()) then
        what := 'NEXT';
    end if;
    perform tell_searches(what, variadic specializations) from doctor where id = new.doctor_id and verified;
    return null;
end $$;

create trigger tell_searches_of_slot after update on slot
    for each row when ((old.state = 'FREE') is distinct from (new.state = 'FREE'))
    execute function tell_searches_of_slot();

create function tell_searches_of_new_slots() returns trigger language plpgsql
    set search_path from current as $$
begin
    perform tell_searches('NEXT', variadic specializations)
    from doctor where verified and id in (select doctor_id from new_slot);
    return null;
end $$;

create trigger tell_searches_of_new_slots after insert on slot
    referencing new table as new_slot for each statement execute function tell_searches_of_new_slots();

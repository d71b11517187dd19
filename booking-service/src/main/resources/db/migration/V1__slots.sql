-- What doctors are called, fed by doctor.doctor-profile-changed; the highest version wins.
create table doctor (
    doctor_id uuid    primary key,
    name      text    not null,
    version   integer not null
);

-- The inventory. One row is one interval of one doctor, in the one state it is in.
create table slot (
    id             uuid        primary key,
    doctor_id      uuid        not null,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null check (ends_at > starts_at),
    modes          text[]      not null check (modes <@ array['ONLINE', 'IN_PERSON'] and cardinality(modes) > 0),
    minimum_notice interval    not null,
    state          text        not null default 'FREE' check (state in ('FREE', 'LOCKED', 'BOOKED', 'WITHDRAWN')),
    version        integer     not null default 1,
    lock_id        uuid,
    locked_until   timestamptz,
    appointment_id uuid,
    check ((state = 'LOCKED') = (lock_id is not null)),
    check ((state = 'LOCKED') = (locked_until is not null)),
    check ((state = 'BOOKED') = (appointment_id is not null)),
    -- A doctor is in one place at a time.
    constraint slots_of_a_doctor_do_not_overlap
        exclude using gist (doctor_id with =, tstzrange(starts_at, ends_at) with &&) where (state <> 'WITHDRAWN'),
    unique (id, appointment_id)
);

create index slot_free on slot (doctor_id, starts_at) where state = 'FREE';
create index slot_locked on slot (locked_until) where state = 'LOCKED';

-- Every change of a slot raises its version by one (by two when an expired lock is taken over: released and locked), and
-- only along the arrows FREE → LOCKED → BOOKED, LOCKED → FREE, BOOKED → FREE, FREE → WITHDRAWN.
create function slot_moves_along_its_arrows() returns trigger language plpgsql as $$
begin
    if (old.state, new.state) not in (('FREE', 'LOCKED'), ('FREE', 'WITHDRAWN'), ('LOCKED', 'BOOKED'),
                                      ('LOCKED', 'FREE'), ('LOCKED', 'LOCKED'), ('BOOKED', 'FREE'))
       or new.version <> old.version + (case when old.state = 'LOCKED' and new.state = 'LOCKED' then 2 else 1 end)
    then
        raise exception 'slot % may not go from % version % to % version %',
            old.id, old.state, old.version, new.state, new.version using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

create trigger slot_moves_along_its_arrows before update on slot
    for each row execute function slot_moves_along_its_arrows();

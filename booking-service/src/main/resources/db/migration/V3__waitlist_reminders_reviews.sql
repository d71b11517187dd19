-- The doctor took the slot back while somebody had it: once given back it is WITHDRAWN.
alter table slot add column unwanted boolean not null default false;

-- As before, and two more ways: a reschedule books the new slot without a lock, and an unwanted slot is withdrawn the
-- moment it is given back. A change that leaves the state alone leaves the version alone.
create or replace function slot_moves_along_its_arrows() returns trigger language plpgsql as $$
begin
    if (old.state, old.version, old.lock_id, old.appointment_id)
       is not distinct from (new.state, new.version, new.lock_id, new.appointment_id) then
        return new;
    end if;
    if (old.state, new.state) not in (('FREE', 'LOCKED'), ('FREE', 'BOOKED'), ('FREE', 'WITHDRAWN'),
                                      ('LOCKED', 'BOOKED'), ('LOCKED', 'FREE'), ('LOCKED', 'LOCKED'),
                                      ('LOCKED', 'WITHDRAWN'), ('BOOKED', 'FREE'), ('BOOKED', 'WITHDRAWN'))
       or new.version <> old.version + (case when old.state = 'LOCKED' and new.state = 'LOCKED' then 2 else 1 end)
    then
        raise exception 'slot % may not go from % version % to % version %',
            old.id, old.state, old.version, new.state, new.version using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

-- Since when the appointment has its time; reminders that were due before are not for it.
alter table appointment add column scheduled_at timestamptz;
update appointment set scheduled_at = booked_at;
alter table appointment alter column scheduled_at set not null;

create index appointment_upcoming on appointment (starts_at) where status = 'BOOKED';

-- The reminders that went out. Its key is what makes each go out once, whoever asks how often.
create table reminder (
    appointment_id      uuid        not null references appointment,
    appointment_version integer     not null,
    offset_minutes      integer     not null,
    due_at              timestamptz not null,
    primary key (appointment_id, appointment_version, offset_minutes)
);

create table review (
    id             uuid        primary key,
    appointment_id uuid        not null unique references appointment,
    doctor_id      uuid        not null,
    patient_id     uuid        not null,
    rating         integer     not null check (rating between 1 and 5),
    comment        text,
    reviewed_at    timestamptz not null
);

create index review_of_patient on review (patient_id);

-- Who waits for a slot of a doctor. Once OFFERED, what became of the offer is the state of its lock.
create table waitlist_entry (
    id           uuid        primary key,
    patient_id   uuid        not null,
    doctor_id    uuid        not null,
    mode         text        check (mode in ('ONLINE', 'IN_PERSON')),
    from_at      timestamptz not null,
    to_at        timestamptz not null check (to_at > from_at),
    status       text        not null default 'WAITING' check (status in ('WAITING', 'OFFERED', 'LEFT')),
    slot_lock_id uuid        unique references slot_lock,
    joined_at    timestamptz not null,
    check (status <> 'OFFERED' or slot_lock_id is not null),
    check (status <> 'WAITING' or slot_lock_id is null),
    -- Nobody stands in the same line twice.
    constraint waits_of_a_patient_do_not_overlap
        exclude using gist (patient_id with =, doctor_id with =, tstzrange(from_at, to_at) with &&)
        where (status = 'WAITING')
);

create index waitlist_in_line on waitlist_entry (doctor_id, joined_at, id) where status = 'WAITING';
create index waitlist_of_patient on waitlist_entry (patient_id, id desc);

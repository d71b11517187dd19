create table slot_lock (
    id                 uuid        primary key,
    slot_id            uuid        not null references slot,
    doctor_id          uuid        not null,
    patient_id         uuid        not null,
    mode               text        not null check (mode in ('ONLINE', 'IN_PERSON')),
    starts_at          timestamptz not null,
    ends_at            timestamptz not null,
    status             text        not null check (status in ('ACTIVE', 'CONFIRMED', 'EXPIRED', 'RELEASED')),
    reason             text        not null check (reason in ('PATIENT', 'WAITLIST')),
    code_digest        bytea       not null,
    attempts_remaining integer     not null check (attempts_remaining >= 0),
    expires_at         timestamptz not null,
    created_at         timestamptz not null
);

-- A slot is held once.
create unique index slot_lock_active on slot_lock (slot_id) where status = 'ACTIVE';
create index slot_lock_of_patient on slot_lock (patient_id) where status = 'ACTIVE';

create table appointment (
    id                  uuid        primary key,
    version             integer     not null default 1,
    status              text        not null check (status in ('BOOKED', 'FULFILLED', 'NOSHOW', 'CANCELLED')),
    slot_id             uuid        not null,
    slot_lock_id        uuid        not null unique references slot_lock,
    doctor_id           uuid        not null,
    patient_id          uuid        not null,
    mode                text        not null check (mode in ('ONLINE', 'IN_PERSON')),
    starts_at           timestamptz not null,
    ends_at             timestamptz not null,
    reason              text,
    booked_at           timestamptz not null,
    reschedule_count    integer     not null default 0,
    cancelled_by        text        check (cancelled_by in ('PATIENT', 'DOCTOR', 'ADMIN')),
    cancellation_reason text,
    cancelled_at        timestamptz,
    -- The slot this appointment holds: none once it is cancelled.
    held_slot_id        uuid generated always as (case when status <> 'CANCELLED' then slot_id end) stored,
    check ((status = 'CANCELLED') = (cancelled_at is not null)),
    check ((status = 'CANCELLED') = (cancelled_by is not null)),
    check ((status = 'CANCELLED') = (cancellation_reason is not null)),
    -- A patient is in one place at a time.
    constraint appointments_of_a_patient_do_not_overlap
        exclude using gist (patient_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'BOOKED'),
    unique (id, held_slot_id),
    -- An appointment that stands has its slot, and the slot is BOOKED for it …
    constraint appointment_has_its_slot foreign key (held_slot_id, id) references slot (id, appointment_id)
        deferrable initially deferred
);

-- … no slot has two …
create unique index appointment_holds_slot on appointment (held_slot_id) where held_slot_id is not null;
create index appointment_of_patient on appointment (patient_id, starts_at desc, id desc);
create index appointment_of_doctor on appointment (doctor_id, starts_at desc, id desc);
create index appointment_by_start on appointment (starts_at desc, id desc);

-- … and no slot is BOOKED without its appointment.
alter table slot add constraint booked_slot_has_its_appointment
    foreign key (appointment_id, id) references appointment (id, held_slot_id) deferrable initially deferred;

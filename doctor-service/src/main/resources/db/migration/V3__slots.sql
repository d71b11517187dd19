-- The slots of all doctors as the world sees them. Booking decides who gets a slot; this view follows its events.
create table slot (
    id             uuid        primary key,
    doctor_id      uuid        not null references doctor,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    bookable_until timestamptz not null,           -- the start less the doctor's minimum notice
    online         boolean     not null,
    in_person      boolean     not null,
    version        integer     not null default 1,  -- the highest seen; booking counts
    state          text        not null default 'FREE' check (state in ('FREE', 'LOCKED', 'BOOKED', 'WITHDRAWN')),
    -- Taken when the schedule stopped offering it: withdrawn as soon as it is given back.
    unwanted       boolean     not null default false,
    check (starts_at < ends_at),
    check (bookable_until <= starts_at),
    check (online or in_person),
    check (not unwanted or state in ('LOCKED', 'BOOKED')),
    -- A doctor sees one patient at a time.
    constraint slots_of_a_doctor_do_not_overlap
        exclude using gist (doctor_id with =, tstzrange(starts_at, ends_at) with &&) where (state <> 'WITHDRAWN')
);

-- The next free slot of a doctor, in any mode or in one, is the first entry of an index from now on: neither the slots
-- that have passed nor those that are taken are looked at. One index per mode, or a doctor whose hours are all ONLINE
-- would be read from end to end for the answer that there is nothing IN_PERSON.
create index slot_next_free on slot (doctor_id, starts_at) where state = 'FREE';
create index slot_next_free_online on slot (doctor_id, starts_at) where state = 'FREE' and online;
create index slot_next_free_in_person on slot (doctor_id, starts_at) where state = 'FREE' and in_person;

-- What the schedule compares with, and what is old enough to be forgotten.
create index on slot (doctor_id, ends_at);

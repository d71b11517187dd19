create table schedule (
    doctor_id              uuid        primary key references doctor,
    version                integer     not null check (version > 0),
    time_zone              text        not null,
    horizon_days           integer     not null check (horizon_days between 1 and 90),
    minimum_notice_minutes integer     not null check (minimum_notice_minutes >= 0),
    -- When the horizon moves on: the doctor's next midnight.
    next_roll_at           timestamptz not null
);

create index on schedule (next_roll_at);

-- Hours are wall-clock minutes of the doctor's day; 1440 is its end.
create table weekly_hours (
    doctor_id      uuid    not null references schedule on delete cascade,
    position       integer not null,
    day            text    not null,
    from_minute    integer not null check (from_minute between 0 and 1439),
    to_minute      integer not null check (to_minute between 1 and 1440),
    slot_minutes   integer not null check (slot_minutes > 0),
    buffer_minutes integer not null check (buffer_minutes >= 0),
    online         boolean not null,
    in_person      boolean not null,
    primary key (doctor_id, position),
    check (to_minute - from_minute >= slot_minutes),
    check (online or in_person)
);

-- A date on which the weekly hours do not count: closed, or other hours.
create table schedule_exception (
    doctor_id      uuid    not null references schedule on delete cascade,
    position       integer not null,
    date           date    not null,
    closed         boolean not null,
    from_minute    integer check (from_minute between 0 and 1439),
    to_minute      integer check (to_minute between 1 and 1440),
    slot_minutes   integer check (slot_minutes > 0),
    buffer_minutes integer check (buffer_minutes >= 0),
    online         boolean,
    in_person      boolean,
    primary key (doctor_id, position),
    check (to_minute - from_minute >= slot_minutes),
    check (closed = (num_nonnulls(from_minute, to_minute, slot_minutes, buffer_minutes, online, in_person) = 0)),
    check (closed or (num_nulls(from_minute, to_minute, slot_minutes, buffer_minutes, online, in_person) = 0
                      and (online or in_person)))
);

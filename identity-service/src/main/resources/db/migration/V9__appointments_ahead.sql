-- Who has an appointment ahead cannot be erased. As heard from booking; the highest version wins.
create table appointment_ahead (
    appointment_id uuid        primary key,
    version        integer     not null,
    patient_id     uuid        not null,
    doctor_id      uuid        not null,
    starts_at      timestamptz not null,
    stands         boolean     not null
);

create index on appointment_ahead (patient_id, starts_at) where stands;
create index on appointment_ahead (doctor_id, starts_at) where stands;
create index on appointment_ahead (starts_at);

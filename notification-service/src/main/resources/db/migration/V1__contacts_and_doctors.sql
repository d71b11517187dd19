-- The latest contact card of each user, fed by identity.contact-changed.
create table contact (
    user_id   uuid    primary key,
    phone     text    not null,
    language  text    not null,
    time_zone text    not null,
    version   integer not null
);

-- What doctors are called, fed by doctor.doctor-profile-changed.
create table doctor (
    doctor_id uuid    primary key,
    name      text    not null,
    version   integer not null
);

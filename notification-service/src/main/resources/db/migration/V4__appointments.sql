-- How each appointment stands, as far as heard; the highest version wins. Without the patient: nothing here to erase.
create table appointment (
    appointment_id uuid    primary key,
    version        integer not null,
    stands         boolean not null
);

-- The appointment and version a message tells of: it is not sent once a later version is known.
alter table message add column appointment_id uuid;
alter table message add column appointment_version integer;
alter table message add check ((appointment_id is null) = (appointment_version is null));

-- What was taken and freed lately, for those who watch a doctor's slots live. A watcher who lost the connection goes on
-- from the last sequence they saw. Sequences of one doctor rise in the order of the commits, because all that happens to
-- a doctor's slots happens under the lock of the doctor's row.
create table slot_change (
    sequence  bigint      generated always as identity,
    doctor_id uuid        not null,
    slot_id   uuid        not null references slot on delete cascade,
    free      boolean     not null,
    at        timestamptz not null default clock_timestamp(),
    primary key (doctor_id, sequence)
);

create index slot_change_by_age on slot_change (at);
create index slot_change_of_slot on slot_change (slot_id);

-- In the database, since every way a slot changes ends here. The notification leaves with the commit and wakes the
-- watchers in every instance.
create function note_slot_change() returns trigger language plpgsql as $$
begin
    insert into slot_change (doctor_id, slot_id, free) values (new.doctor_id, new.id, new.state = 'FREE');
    perform pg_notify('slot_change', new.doctor_id::text);
    return null;
end $$;

create trigger note_slot_change after update on slot
    for each row when ((old.state = 'FREE') is distinct from (new.state = 'FREE'))
    execute function note_slot_change();

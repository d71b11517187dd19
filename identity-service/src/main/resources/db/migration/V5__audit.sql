-- Who did what to whom. No foreign keys: an entry outlives the people in it, and names them by pseudonym only.
create table audit_entry (
    id         uuid        primary key,
    at         timestamptz not null,
    actor_id   uuid,                   -- null: the system itself
    action     text        not null check (action ~ '^[A-Z_]+$'),
    subject_id uuid,
    details    jsonb       not null
);

create index on audit_entry (at desc, id desc);

-- Append-only, for the service's own role too.
create function audit_entry_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit_entry is append-only';
end $$;

create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_refuse_change();

-- Where the log stood, every few seconds: what tells how old the oldest event is that the relay has not passed.
create table outbox_mark (
    lsn pg_lsn      primary key,
    at  timestamptz not null
);

-- Events to publish again from the table: asked for by an operator, or because the log could not be read for a while.
create table outbox_replay (
    id       bigint      generated always as identity primary key,
    since    timestamptz not null,
    until    timestamptz not null,
    topic    text,                   -- null: all of the service's topics
    asked_at timestamptz not null default now(),
    check (since <= until)
);

grant select on outbox_mark to ${relay};
grant select, insert, update, delete on outbox_replay to ${relay};

create or replace function outbox_create_partitions(ahead integer) returns void language plpgsql as $$
declare
    utc_today date := (now() at time zone 'UTC')::date;
    day       date;
    first     timestamptz;
begin
    for day in select generate_series(utc_today, utc_today + ahead, interval '1 day')::date loop
        first := day::timestamp at time zone 'UTC';
        -- A day whose events already went to the default partition stays there: it cannot be had twice.
        if not exists (select from outbox_event_default
                       where occurred_at >= first and occurred_at < first + interval '24 hours') then
            execute format('create table if not exists %I partition of outbox_event for values from (%L) to (%L)',
                           'outbox_event_' || to_char(day, 'YYYYMMDD'), first, first + interval '24 hours');
        end if;
    end loop;
end $$;

-- Drops the days that ended before an instant, and answers how many. Bookings wait for no drop: what holds the table
-- for longer is left for the next time.
create function outbox_drop_before(instant timestamptz) returns integer language plpgsql set lock_timeout = '1s' as $$
declare
    partition name;
    dropped   integer := 0;
begin
    for partition in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'outbox_event'::regclass and c.relname ~ '^outbox_event_\d{8}$'
          and (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC' <= instant
    loop
        execute format('drop table %I', partition);
        dropped := dropped + 1;
    end loop;
    delete from outbox_event_default where occurred_at < instant;
    return dropped;
end $$;

-- Events, written in the transaction of the change they tell of and read from the write-ahead log by the relay.
-- Rows stay for days, so that events can be published again; whole days are dropped as partitions.
create table outbox_event (
    id          uuid        not null,
    topic       text        not null,
    key         text        not null,
    payload     bytea,                  -- Confluent wire format; null is a tombstone
    traceparent text        not null,
    occurred_at timestamptz not null default clock_timestamp(),
    primary key (occurred_at, id)
) partition by range (occurred_at);

-- Catches what no daily partition holds, so that a late partition never stops a booking.
create table outbox_event_default partition of outbox_event default;

create function outbox_create_partitions(ahead integer) returns void language plpgsql as $$
declare
    utc_today date := (now() at time zone 'UTC')::date;
    day       date;
begin
    for day in select generate_series(utc_today, utc_today + ahead, interval '1 day')::date loop
        execute format('create table if not exists %I partition of outbox_event for values from (%L) to (%L)',
                       'outbox_event_' || to_char(day, 'YYYYMMDD'),
                       day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end loop;
end $$;

select outbox_create_partitions(14);

-- Where the relay stands, in the layout Debezium's JDBC offset store expects.
create table outbox_progress (
    id                varchar(36)   not null,
    offset_key        varchar(1255),
    offset_val        varchar(1255),
    record_insert_ts  timestamp     not null,
    record_insert_seq integer       not null
);

create publication ${flyway:defaultSchema}_outbox for table outbox_event
    with (publish = 'insert', publish_via_partition_root = true);

-- The relay's role may follow the log, read the events and keep its place, and nothing else.
grant usage on schema ${flyway:defaultSchema} to ${relay};
grant select on outbox_event to ${relay};
grant select, insert, update, delete on outbox_progress to ${relay};

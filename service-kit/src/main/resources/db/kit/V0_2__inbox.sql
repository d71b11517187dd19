-- One row per event handled: written in the same transaction as the effect, so a redelivery finds it.
create table inbox_event (
    event_id    uuid        primary key,
    received_at timestamptz not null default now()
);

create index on inbox_event using brin (received_at);

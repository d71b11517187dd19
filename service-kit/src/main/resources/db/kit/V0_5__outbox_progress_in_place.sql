-- The relay's place is one row, overwritten at each batch. Debezium's own way, to delete it and write another, made each
-- batch read through the dead rows of those before it.
create unique index outbox_progress_key on outbox_progress (offset_key);

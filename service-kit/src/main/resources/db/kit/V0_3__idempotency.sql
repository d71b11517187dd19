-- Answers given under an Idempotency-Key, kept in the transaction that made the change.
create table idempotency_key (
    caller       text        not null,
    key          text        not null,
    fingerprint  bytea       not null,
    status       integer     not null,
    content_type text,
    location     text,
    etag         text,
    body         bytea       not null,
    kept_at      timestamptz not null,
    primary key (caller, key)
);

create index on idempotency_key (kept_at);

-- Local stack only: what would have been sent, shown by GET /dev/messages.
create table kept_message (
    id        uuid        primary key,
    channel   text        not null,
    recipient text        not null,
    kind      text        not null,
    subject   text        not null,
    text      text        not null,
    sent_at   timestamptz not null
);

create index on kept_message (recipient, id desc);

-- An address counts, and is told to other services, once its owner has proved to read it.
alter table user_account add column email text check (char_length(email) between 3 and 254);

-- Codes sent to addresses, and for two days those that were answered: the caps are counted from them.
create table email_challenge (
    id                 uuid        primary key,
    user_id            uuid        not null references user_account on delete cascade,
    email              text        not null,
    code_digest        bytea       not null check (octet_length(code_digest) = 32),
    requested_at       timestamptz not null,
    expires_at         timestamptz not null check (expires_at > requested_at),
    attempts_remaining integer     not null check (attempts_remaining >= 0),
    outcome            text        check (outcome in ('SPENT', 'SUPERSEDED'))
);

create unique index email_challenge_open on email_challenge (user_id) where outcome is null;
create index email_challenge_recent on email_challenge (user_id, requested_at);
create index email_challenge_age on email_challenge using brin (requested_at);

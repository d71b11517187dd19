-- Codes sent and not yet answered, and for two days those that were: the caps are counted from them.
create table login_challenge (
    id                 uuid        primary key,
    phone              text        not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    code_digest        bytea       not null check (octet_length(code_digest) = 32),
    requested_at       timestamptz not null,
    expires_at         timestamptz not null check (expires_at > requested_at),
    -- Guesses left. The check backs the conditional update: no race gets one guess more.
    attempts_remaining integer     not null check (attempts_remaining >= 0),
    outcome            text        check (outcome in ('SPENT', 'SUPERSEDED'))
);

-- At most one challenge of a phone can still be answered, so asking again never adds guesses to the old one.
create unique index login_challenge_open on login_challenge (phone) where outcome is null;
create index login_challenge_recent on login_challenge (phone, requested_at);
create index login_challenge_age on login_challenge using brin (requested_at);

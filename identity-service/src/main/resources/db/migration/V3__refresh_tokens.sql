-- One login on one device: the refresh tokens that follow from each other, and die together.
create table refresh_family (
    id         uuid        primary key,
    user_id    uuid        not null references user_account on delete cascade,
    started_at timestamptz not null,
    -- When its latest token expires.
    expires_at timestamptz not null,
    revoked    text        check (revoked in ('LOGOUT', 'REUSE'))
);

create index on refresh_family (user_id);
create index on refresh_family (expires_at);

-- Spent tokens stay as long as their family, or a replayed one could not be told from an invented one.
create table refresh_token (
    -- SHA-256; the tokens are 256 random bits, so no salt or stretching is needed.
    digest     bytea       primary key check (octet_length(digest) = 32),
    family_id  uuid        not null references refresh_family on delete cascade,
    issued_at  timestamptz not null,
    expires_at timestamptz not null check (expires_at > issued_at),
    spent_at   timestamptz
);

-- A family has one token that can be used: rotation can never fork it.
create unique index refresh_token_live on refresh_token (family_id) where spent_at is null;
create index on refresh_token (family_id);

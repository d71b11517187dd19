-- The keys access tokens are signed with: one in use, one published ahead of its use.
create table signing_key (
    kid         text        primary key,
    standing    text        not null check (standing in ('CURRENT', 'NEXT')),
    public_jwk  text        not null,
    -- The whole key as JWK, encrypted with AES-256-GCM under the key-encryption key; the kid is the associated data.
    private_jwk bytea       not null,
    created_at  timestamptz not null
);

-- Two instances that start at once cannot both install a key.
create unique index signing_key_standing on signing_key (standing);

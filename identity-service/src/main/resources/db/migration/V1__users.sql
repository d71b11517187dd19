-- Who exists and how to reach them.
create table user_account (
    id               uuid        primary key,
    -- One person, one phone, one account: two first logins at once end up in the same row.
    phone            text        not null unique check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    roles            text[]      not null check (cardinality(roles) > 0 and roles <@ array['PATIENT', 'DOCTOR', 'ADMIN']),
    name             text        check (char_length(name) between 1 and 100),
    -- As the person typed it. It proves nothing and is published nowhere until it has been verified.
    unverified_email text        check (char_length(unverified_email) between 3 and 254),
    language         text        not null default 'en' check (language in ('en', 'hi')),
    time_zone        text        not null default 'Asia/Kolkata',
    muted_channels   text[]      not null default '{}' check (muted_channels <@ array['SMS', 'EMAIL', 'WHATSAPP', 'PUSH']),
    -- Of the contact card: rises by one with every change of it. Roles are not part of the card.
    version          integer     not null default 1 check (version > 0),
    created_at       timestamptz not null,
    changed_at       timestamptz not null
);

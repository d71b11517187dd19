create table message (
    id             uuid        primary key,
    cause_event_id uuid        not null,
    user_id        uuid,                   -- absent for the login code of someone not yet registered
    kind           text        not null,
    channel        text        not null check (channel in ('SMS')),
    recipient      text        not null,
    subject        text        not null,
    text           text        not null,   -- of a code message: with a place left for the code
    code_subject   uuid,                   -- the challenge or lock whose code goes into the text
    encrypted_code bytea,                  -- as it came in the event; gone once the message is sent
    expires_at     timestamptz,            -- later than this the message helps nobody
    state          text        not null default 'QUEUED'
                               check (state in ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED')),
    reason         text,
    attempts       integer     not null default 0,
    next_attempt   timestamptz not null default now(),
    created_at     timestamptz not null default now(),
    sent_at        timestamptz,
    -- One message per cause, person and way, however often the event is delivered.
    unique (cause_event_id, recipient, channel),
    check (encrypted_code is null or state = 'QUEUED')
);

-- What the sender looks for: codes before all else, then the oldest.
create index message_queue on message ((encrypted_code is null), next_attempt) where state = 'QUEUED';
create index message_of_user on message (user_id, id desc);

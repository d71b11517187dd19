-- SENDING: a process has claimed it, so a provider may have it. Committed before the provider hears of it.
alter table message drop constraint message_state_check;
alter table message add constraint message_state_check
    check (state in ('QUEUED', 'SENDING', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'));
alter table message drop constraint message_check;
alter table message add constraint code_rests_nowhere_once_sent
    check (encrypted_code is null or state in ('QUEUED', 'SENDING'));

alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('SMS', 'WHATSAPP', 'EMAIL'));

alter table message
    add column claimed_until timestamptz,        -- later than this its sender has died
    add column due_at timestamptz not null default now(),
    add column provider text,                    -- who took it
    add column provider_reference text,          -- what that provider's receipts call it
    add column invitation_method text,
    add column invitation text,                  -- an iCalendar file, for mails
    add constraint claimed_while_sending check ((state = 'SENDING') = (claimed_until is not null)),
    add check ((invitation is null) = (invitation_method is null));

-- What senders look for, codes and the rest apart; and what a sender that died has left.
drop index message_queue;
create index message_codes_queued on message (next_attempt) where state = 'QUEUED' and encrypted_code is not null;
create index message_news_queued on message (next_attempt) where state = 'QUEUED' and encrypted_code is null;
create index message_claimed on message (claimed_until) where state = 'SENDING';
create index message_of_provider on message (provider, provider_reference) where provider_reference is not null;

-- What providers have said of messages, each once: the signature tells one that comes again.
create table receipt (
    signature   bytea       primary key,
    provider    text        not null,
    reference   text        not null,              -- what the provider calls the message
    message_id  uuid,                              -- the same, where it calls it by our id
    arrived     boolean     not null,
    settled     boolean     not null default false,
    received_at timestamptz not null default now()
);

create index receipt_open on receipt (received_at) where not settled;
create index receipt_received on receipt (received_at);

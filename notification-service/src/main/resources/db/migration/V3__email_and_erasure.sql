-- Absent until identity has verified one.
alter table contact add column email text;

alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('SMS', 'EMAIL'));

-- Pseudonymous ids of those who asked to be forgotten: a card that comes late, from another topic, stays out.
create table erased_user (
    user_id   uuid        primary key,
    erased_at timestamptz not null
);

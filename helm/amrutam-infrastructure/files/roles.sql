-- What a database administrator does once before services may start: roles, schemas, extensions.
-- Run as superuser in database amrutam; ${...} are passwords. The services' own tables come from their migrations.

create extension btree_gist schema public;
create extension pg_trgm schema public;
create extension unaccent schema public;
create extension pg_stat_statements schema public;

-- Streams the write-ahead log to the read replica.
create role replication login replication;

revoke all on database amrutam from public;

-- Each service owns one schema and sees no other. CREATE on the database lets it make its outbox publication.
-- Its _relay role tails the outbox through logical replication; what it may read is granted by the service's migrations.

create role identity login;
create schema identity authorization identity;
alter role identity set search_path = identity, public;
grant connect, create on database amrutam to identity;
create role identity_relay login replication;
alter role identity_relay set search_path = identity, public;
grant connect on database amrutam to identity_relay;
grant usage on schema identity to identity_relay;

create role doctor login;
create schema doctor authorization doctor;
alter role doctor set search_path = doctor, public;
grant connect, create on database amrutam to doctor;
create role doctor_relay login replication;
alter role doctor_relay set search_path = doctor, public;
grant connect on database amrutam to doctor_relay;
grant usage on schema doctor to doctor_relay;

create role booking login;
create schema booking authorization booking;
alter role booking set search_path = booking, public;
grant connect, create on database amrutam to booking;
create role booking_relay login replication;
alter role booking_relay set search_path = booking, public;
grant connect on database amrutam to booking_relay;
grant usage on schema booking to booking_relay;

create role notification login;
create schema notification authorization notification;
alter role notification set search_path = notification, public;
grant connect, create on database amrutam to notification;
create role notification_relay login replication;
alter role notification_relay set search_path = notification, public;
grant connect on database amrutam to notification_relay;
grant usage on schema notification to notification_relay;

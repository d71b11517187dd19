-- A key that has signed stays published until the last token it signed has ended.
alter table signing_key drop constraint signing_key_standing_check;
alter table signing_key add constraint signing_key_standing_check check (standing in ('CURRENT', 'NEXT', 'RETIRED'));
alter table signing_key add column forgotten_at timestamptz;
alter table signing_key add check ((forgotten_at is not null) = (standing = 'RETIRED'));

drop index signing_key_standing;
create unique index signing_key_standing on signing_key (standing) where standing <> 'RETIRED';

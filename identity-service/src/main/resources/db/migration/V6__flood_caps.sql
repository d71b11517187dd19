-- Codes are counted per phone, per client and per block of numbers, against those who have messages sent for money or
-- out of malice. A block is what an operator sells in one piece: all numbers that differ in the last four digits.
alter table login_challenge add column client_address text;
alter table login_challenge add column block text not null generated always as (left(phone, length(phone) - 4)) stored;

create index login_challenge_of_client on login_challenge (client_address, requested_at);
create index login_challenge_of_block on login_challenge (block, requested_at);

-- Who of all doctors is free first: read from now on until a page is full.
create index slot_soonest on slot (starts_at, doctor_id) include (bookable_until, online, in_person) where state = 'FREE';

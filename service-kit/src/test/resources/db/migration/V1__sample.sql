-- What the sample service of the kit's tests owns.
create table sample (id uuid primary key);

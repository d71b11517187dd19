-- Which of a provider's templates a text is.
alter table message add column language text not null default 'en';

-- What a person switched off; codes go all the same.
alter table contact add column muted_channels text[] not null default '{}';

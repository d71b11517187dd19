-- The trace of the event that a message tells of, as W3C's traceparent; what is sent, or told of it, later goes on with it.
alter table message add column traceparent text;

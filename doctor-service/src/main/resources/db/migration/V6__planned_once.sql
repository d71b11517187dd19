-- What this asks is the same each time, and to plan it takes six times as long as to answer it: left to choose, Postgres
-- plans it anew for each slot, since a plan that knows the times looks cheaper to it.
alter function tell_searches_of_slot() set plan_cache_mode = force_generic_plan;

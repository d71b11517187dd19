-- Bookings, cancellations, no-shows and lead time per specialization and day, from a table of events:
--   event (topic text, event_id uuid primary key, event jsonb)
-- Events come at least once, which the primary key takes care of. A doctor with two specializations counts for both.
with doctor as (
    select distinct on (event ->> 'doctorId')
           event ->> 'doctorId' as id, event -> 'specializations' as specializations
    from event where topic = 'doctor.doctor-profile-changed.v1'
    order by event ->> 'doctorId', (event ->> 'version')::integer desc),
told as (
    select topic, event ->> 'doctorId' as doctor, event ->> 'outcome' as outcome,
           to_timestamp((event ->> 'start')::numeric / 1e6) as start,
           to_timestamp(coalesce(event ->> 'bookedAt', event ->> 'cancelledAt', event ->> 'completedAt')::numeric / 1e6) as at
    from event
    where topic in ('booking.appointment-booked.v1', 'booking.appointment-cancelled.v1',
                    'booking.appointment-completed.v1'))
select (told.at at time zone 'Asia/Kolkata')::date as day,
       specialization,
       count(*) filter (where topic = 'booking.appointment-booked.v1') as booked,
       count(*) filter (where topic = 'booking.appointment-cancelled.v1') as cancelled,
       count(*) filter (where outcome = 'NOSHOW') as no_shows,
       round((extract(epoch from percentile_cont(0.5) within group (order by start - at)
              filter (where topic = 'booking.appointment-booked.v1')) / 3600)::numeric, 1) as median_lead_hours
from told
join doctor on doctor.id = told.doctor
cross join lateral jsonb_array_elements_text(doctor.specializations) as specialization
group by 1, 2
order by 1, 2;

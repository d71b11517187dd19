-- The figures of daily.sql straight from the topics, in Flink SQL: no table in between. Flink's Kafka connector
-- (flink-sql-connector-kafka) and its Confluent format (flink-sql-avro-confluent-registry) are all it needs.
-- Without 'scan.bounded.mode', and in streaming mode, the same query keeps its answer up to date for ever.
SET 'execution.runtime-mode' = 'batch';

CREATE TABLE profile (
    doctorId STRING NOT NULL,
    version INT NOT NULL,
    specializations ARRAY<STRING NOT NULL> NOT NULL
) WITH (
    'connector' = 'kafka', 'topic' = 'doctor.doctor-profile-changed.v1', 'properties.bootstrap.servers' = '127.0.0.1:19092',
    'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
    'format' = 'avro-confluent', 'avro-confluent.url' = 'http://127.0.0.1:18081/apis/ccompat/v7'
);

-- Instants are microseconds since 1970.
CREATE TABLE booked (
    headers MAP<STRING, BYTES> METADATA VIRTUAL,
    doctorId STRING NOT NULL,
    `start` BIGINT NOT NULL,
    bookedAt BIGINT NOT NULL
) WITH (
    'connector' = 'kafka', 'topic' = 'booking.appointment-booked.v1', 'properties.bootstrap.servers' = '127.0.0.1:19092',
    'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
    'format' = 'avro-confluent', 'avro-confluent.url' = 'http://127.0.0.1:18081/apis/ccompat/v7'
);

CREATE TABLE cancelled (
    headers MAP<STRING, BYTES> METADATA VIRTUAL,
    doctorId STRING NOT NULL,
    cancelledAt BIGINT NOT NULL
) WITH (
    'connector' = 'kafka', 'topic' = 'booking.appointment-cancelled.v1', 'properties.bootstrap.servers' = '127.0.0.1:19092',
    'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
    'format' = 'avro-confluent', 'avro-confluent.url' = 'http://127.0.0.1:18081/apis/ccompat/v7'
);

-- An enum reaches a STRING column only if the reader's schema says that it is one.
CREATE TABLE completed (
    headers MAP<STRING, BYTES> METADATA VIRTUAL,
    doctorId STRING NOT NULL,
    outcome STRING NOT NULL,
    completedAt BIGINT NOT NULL
) WITH (
    'connector' = 'kafka', 'topic' = 'booking.appointment-completed.v1', 'properties.bootstrap.servers' = '127.0.0.1:19092',
    'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
    'format' = 'avro-confluent', 'avro-confluent.url' = 'http://127.0.0.1:18081/apis/ccompat/v7',
    'avro-confluent.schema' = '{"type": "record", "name": "AppointmentCompleted", "namespace": "com.amrutam.events.booking", "fields": [
        {"name": "doctorId", "type": "string"},
        {"name": "outcome", "type": {"type": "enum", "name": "Outcome", "symbols": ["FULFILLED", "NOSHOW"]}},
        {"name": "completedAt", "type": "long"}]}'
);

-- Events come at least once: the same event-id is the same event.
CREATE TEMPORARY VIEW told AS
SELECT 'booked' AS what, doctorId, bookedAt AS at_micros, (`start` - bookedAt) / 3.6E9 AS lead_hours
FROM (SELECT DISTINCT DECODE(headers['event-id'], 'UTF-8') AS id, doctorId, `start`, bookedAt FROM booked)
UNION ALL
SELECT 'cancelled', doctorId, cancelledAt, CAST(NULL AS DOUBLE)
FROM (SELECT DISTINCT DECODE(headers['event-id'], 'UTF-8') AS id, doctorId, cancelledAt FROM cancelled)
UNION ALL
SELECT outcome, doctorId, completedAt, CAST(NULL AS DOUBLE)
FROM (SELECT DISTINCT DECODE(headers['event-id'], 'UTF-8') AS id, doctorId, outcome, completedAt FROM completed);

-- The newest profile of each doctor; one with two specializations counts for both.
CREATE TEMPORARY VIEW specialty AS
SELECT doctorId, specialization
FROM (SELECT doctorId, specializations,
             ROW_NUMBER() OVER (PARTITION BY doctorId ORDER BY version DESC) AS newest
      FROM profile)
CROSS JOIN UNNEST(specializations) AS each_one (specialization)
WHERE newest = 1;

SELECT DATE_FORMAT(TO_TIMESTAMP_LTZ(at_micros / 1000, 3), 'yyyy-MM-dd') AS `day`,
       specialization,
       COUNT(*) FILTER (WHERE what = 'booked') AS booked,
       COUNT(*) FILTER (WHERE what = 'cancelled') AS cancelled,
       COUNT(*) FILTER (WHERE what = 'NOSHOW') AS no_shows,
       ROUND(PERCENTILE(lead_hours, 0.5), 1) AS median_lead_hours
FROM told
JOIN specialty ON specialty.doctorId = told.doctorId
GROUP BY DATE_FORMAT(TO_TIMESTAMP_LTZ(at_micros / 1000, 3), 'yyyy-MM-dd'), specialization;

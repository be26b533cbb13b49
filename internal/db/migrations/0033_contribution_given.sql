-- +goose Up
-- What one record gives, for one person at one moment, to all metrics of its object in one row: METRIC=VALUE, or
-- METRIC=VALUE=LABEL where the metric tells its records apart, in the order of metrics with ; between. A row for each metric
-- would take four times the room, and most of the time of an import. Of a record that changed and was not counted again yet, metrics
-- may differ in ext.
CREATE TABLE contribution_given (
  record_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  moment BIGINT NOT NULL,
  object_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  ext TEXT NOT NULL,
  given TEXT NOT NULL,
  PRIMARY KEY (record_id, person_id, moment)
) /* sqlite: WITHOUT ROWID */;

INSERT INTO contribution_given (record_id, person_id, moment, object_id, day, ext, given)
SELECT c.record_id, c.person_id, c.moment, MAX(o.id), MAX(c.day), MAX(c.ext),
  string_agg(
    c.metric_id || '=' || c.value || CASE WHEN c.label = '' THEN '' ELSE '=' || REPLACE(REPLACE(c.label, '%', '%25'), ';', '%3B') END,
    ';' ORDER BY c.metric_id
  )
FROM contribution c
JOIN metric m ON m.id = c.metric_id
JOIN object o ON o.key = m.definition /* postgres: ::JSON */ ->> 'object'
GROUP BY c.record_id, c.person_id, c.moment;

DROP TABLE contribution;
ALTER TABLE contribution_given RENAME TO contribution;
CREATE INDEX contribution_by_person ON contribution (object_id, person_id, day);

-- +goose Up
-- What somebody is to reach in a period, by one metric. The period is kept by its label, so that it follows the fiscal year;
-- value is a decimal in the metric's natural unit; spread holds weights as JSON, or nothing for even by days. At most
-- 200,000 rows; an attainment reads all of its metric's.
CREATE TABLE target (
  id BIGINT PRIMARY KEY,
  metric_id BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  label TEXT NOT NULL,
  value TEXT NOT NULL,
  spread TEXT NOT NULL,
  whole BIGINT NOT NULL
);
CREATE UNIQUE INDEX target_of ON target (metric_id, subject_kind, subject_id, label);

-- +goose Up
-- Periods that finance has closed. Each begins where the one before it ended; one that was reopened stays on record.
CREATE TABLE closing (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  from_day BIGINT NOT NULL,
  to_day BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  closed_by TEXT NOT NULL,
  paid_at BIGINT NOT NULL,
  paid_by TEXT NOT NULL,
  reopened_at BIGINT NOT NULL,
  reopened_by TEXT NOT NULL,
  reason TEXT NOT NULL
);

-- The closed period that an adjustment corrects; empty for every other award.
ALTER TABLE award ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX award_by_origin ON award (plan_id, origin);

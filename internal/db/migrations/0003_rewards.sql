-- +goose Up
-- A metric's definition is JSON (metric.Def); ids come from counter.next_id.
CREATE TABLE metric (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  definition TEXT NOT NULL,
  version BIGINT NOT NULL
);

-- What one record gives to one metric, for one person on one day. The rows are both the engine's memory of what it
-- has counted and the evidence of every award. value is scaled as the metric says; 1 for a count.
CREATE TABLE contribution (
  record_id BIGINT NOT NULL,
  metric_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  moment BIGINT NOT NULL,
  ext TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (record_id, metric_id, person_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX contribution_by_person ON contribution (metric_id, person_id, day);

-- Contributions added up per metric, person and day. Every period of every plan is a sum of these.
CREATE TABLE cell (
  metric_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  records BIGINT NOT NULL,
  total BIGINT NOT NULL,
  PRIMARY KEY (metric_id, person_id, day)
) /* sqlite: WITHOUT ROWID */;

-- Records that meet a metric's condition but cannot be counted, with the reason.
CREATE TABLE left_out (
  record_id BIGINT NOT NULL,
  metric_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (record_id, metric_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX left_out_by_metric ON left_out (metric_id, reason, record_id);

CREATE TABLE plan (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
);

-- A version's definition is JSON (plan.Def) and never changes once published.
CREATE TABLE plan_version (
  plan_id BIGINT NOT NULL,
  no BIGINT NOT NULL,
  status TEXT NOT NULL,
  definition TEXT NOT NULL,
  effective_from BIGINT NOT NULL,
  effective_until BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (plan_id, no)
);

-- An entitlement on record. The slot tells apart the several awards of one subject in one period.
CREATE TABLE award (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL,
  version_no BIGINT NOT NULL,
  period_kind TEXT NOT NULL,
  period_label TEXT NOT NULL,
  period_from BIGINT NOT NULL,
  period_to BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  slot TEXT NOT NULL,
  state TEXT NOT NULL,
  reward TEXT NOT NULL,
  reward_kind TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  currency TEXT NOT NULL,
  moment BIGINT NOT NULL,
  granted_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (plan_id, period_label, subject_kind, subject_id, slot)
);
CREATE INDEX award_by_subject ON award (subject_kind, subject_id, period_from);
CREATE INDEX award_by_time ON award (moment, id);

-- The life of each award; nothing is ever taken out. id orders events over all awards.
CREATE TABLE award_event (
  id BIGINT PRIMARY KEY,
  award_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  amount_before BIGINT NOT NULL,
  amount_after BIGINT NOT NULL,
  cause_seq BIGINT NOT NULL,
  cause_object TEXT NOT NULL,
  cause_record BIGINT NOT NULL
);
CREATE INDEX award_event_by_award ON award_event (award_id, id);

-- Why a plan could not be judged in a period: an overflow, a metric that no longer compiles.
CREATE TABLE plan_problem (
  plan_id BIGINT NOT NULL,
  period_label TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (plan_id, period_label)
);

-- One row: how far the engine has followed the log, and which local day it has judged up to (0 = never).
CREATE TABLE engine_state (
  one BIGINT PRIMARY KEY,
  cursor BIGINT NOT NULL,
  as_of BIGINT NOT NULL,
  holder TEXT NOT NULL,
  lease_until BIGINT NOT NULL
);
INSERT INTO engine_state (one, cursor, as_of, holder, lease_until) VALUES (1, 0, 0, '', 0);

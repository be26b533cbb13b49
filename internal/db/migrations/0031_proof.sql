-- +goose Up
-- Runs of the independent recomputation. A run that is under way keeps beat_at fresh; one whose beat stopped was interrupted.
CREATE TABLE proof (
  id BIGINT PRIMARY KEY,
  cause TEXT NOT NULL,
  started_by TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  beat_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  report TEXT NOT NULL,
  failure TEXT NOT NULL
);

-- The minute of the organisation's day at which a server proves by itself; below 0 for never.
CREATE TABLE proof_setting (
  one BIGINT PRIMARY KEY,
  minute BIGINT NOT NULL
);
INSERT INTO proof_setting (one, minute) VALUES (1, 180);

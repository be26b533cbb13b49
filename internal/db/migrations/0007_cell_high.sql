-- +goose Up
-- A day's total is high × 10^9 + total. Of each value the whole billions go to high and the rest to total, so that no
-- number of records overflows a column: SQLite would turn the sum into a float, PostgreSQL would refuse it.
ALTER TABLE cell ADD COLUMN high BIGINT NOT NULL DEFAULT 0;

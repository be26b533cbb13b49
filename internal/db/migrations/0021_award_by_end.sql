-- +goose Up
-- Closing, statements and the accrual ask for what ends in a stretch of days.
CREATE INDEX award_by_end ON award (period_to, subject_kind, subject_id);

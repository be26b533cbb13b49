-- +goose Up
-- The last word on a version that is not published: nothing, submitted (it is in review), sent_back or edited (by whom, when,
-- and with which note or reason). A published version keeps the submission that it was published from.
ALTER TABLE plan_version ADD COLUMN review TEXT NOT NULL DEFAULT '';
ALTER TABLE plan_version ADD COLUMN review_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE plan_version ADD COLUMN review_by TEXT NOT NULL DEFAULT '';
ALTER TABLE plan_version ADD COLUMN review_note TEXT NOT NULL DEFAULT '';

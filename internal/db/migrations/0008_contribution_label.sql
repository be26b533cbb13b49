-- +goose Up
-- The value of the field by which a metric tells its records apart (metric.Def.By): a choice's key, a text, or the id of a
-- related record. Empty where there is none.
ALTER TABLE contribution ADD COLUMN label TEXT NOT NULL DEFAULT '';

-- +goose Up
-- The positions that a person has held, with their days (people.Held as a JSON list); empty where the position has no dates.
ALTER TABLE person ADD COLUMN positions TEXT NOT NULL DEFAULT '';

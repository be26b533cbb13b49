-- +goose Up
-- When the organisation works (people.Working as JSON); empty is Monday to Friday, 09:00 to 18:00.
ALTER TABLE organisation ADD COLUMN working TEXT NOT NULL DEFAULT '';

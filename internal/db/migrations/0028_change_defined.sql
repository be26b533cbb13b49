-- +goose Up
-- The newest change of a kind of definition ("@plan", "@metric") is asked for by every batch. Keys of objects begin with a
-- letter, so only definitions come before 'A', and writing a record does not touch this index.
CREATE INDEX change_defined ON change (object, seq) WHERE object < 'A';

-- +goose Up
-- Sign-ins that the demo company offers on its sign-in page; empty in every real organisation.
CREATE TABLE demo_sign_in (
  position BIGINT PRIMARY KEY,
  login TEXT NOT NULL,
  password TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL
);

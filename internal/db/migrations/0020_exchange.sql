-- +goose Up
-- What one unit of a currency is worth in the organisation's, from a day on; an exact decimal. At most 50,000 rows.
CREATE TABLE exchange_rate (
  id BIGINT PRIMARY KEY,
  currency TEXT NOT NULL,
  from_day BIGINT NOT NULL,
  rate TEXT NOT NULL
);
CREATE UNIQUE INDEX exchange_rate_of ON exchange_rate (currency, from_day);

-- What exactly is missing, where the reason alone does not say it: currency and day of a missing rate.
ALTER TABLE left_out ADD COLUMN detail TEXT NOT NULL DEFAULT '';

-- +goose Up

-- The organisation itself: one row, id 1. people_stamp is a random number that every write to the tables of this file
-- replaces; whoever holds a copy of them compares stamps to see whether it still holds.
CREATE TABLE organisation (
    id                 BIGINT NOT NULL PRIMARY KEY,
    name_zh            TEXT   NOT NULL,
    name_en            TEXT   NOT NULL,
    time_zone          TEXT   NOT NULL,
    fiscal_start_month BIGINT NOT NULL,
    currency           TEXT   NOT NULL,
    language           TEXT   NOT NULL,
    people_stamp       BIGINT NOT NULL
);

INSERT INTO organisation (id, name_zh, name_en, time_zone, fiscal_start_month, currency, language, people_stamp)
VALUES (1, '我的公司', 'My company', 'Asia/Shanghai', 1, 'CNY', 'zh', 0);

CREATE TABLE person (
    id         BIGINT NOT NULL PRIMARY KEY,
    key        TEXT   NOT NULL UNIQUE,
    name       TEXT   NOT NULL,
    email      TEXT   NOT NULL,
    position   TEXT   NOT NULL,
    joined_on  BIGINT,
    left_on    BIGINT, -- the last day
    account_id BIGINT UNIQUE,
    version    BIGINT NOT NULL
);

CREATE TABLE unit (
    id        BIGINT NOT NULL PRIMARY KEY,
    kind      TEXT   NOT NULL,
    key       TEXT   NOT NULL,
    name_zh   TEXT   NOT NULL,
    name_en   TEXT   NOT NULL,
    parent_id BIGINT REFERENCES unit (id),
    version   BIGINT NOT NULL,
    UNIQUE (kind, key)
);

-- Windows of days are half-open; an open end is the day 9999-12-31.
CREATE TABLE membership (
    id        BIGINT  NOT NULL PRIMARY KEY,
    person_id BIGINT  NOT NULL REFERENCES person (id),
    unit_id   BIGINT  NOT NULL REFERENCES unit (id),
    from_day  BIGINT  NOT NULL,
    to_day    BIGINT  NOT NULL,
    lead      BOOLEAN NOT NULL
);

CREATE INDEX membership_person ON membership (person_id);

CREATE TABLE manager (
    id         BIGINT NOT NULL PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES person (id),
    manager_id BIGINT NOT NULL REFERENCES person (id),
    from_day   BIGINT NOT NULL,
    to_day     BIGINT NOT NULL
);

CREATE INDEX manager_person ON manager (person_id);

-- +goose Down
DROP TABLE manager;
DROP TABLE membership;
DROP TABLE unit;
DROP TABLE person;
DROP TABLE organisation;

-- +goose Up

-- The one row from which every number of the organisation comes; locked by each group of writes.
CREATE TABLE counter (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    next_id BIGINT NOT NULL,
    next_seq BIGINT NOT NULL,
    schema_version BIGINT NOT NULL
);

INSERT INTO counter (one, next_id, next_seq, schema_version) VALUES (1, 1, 1, 0);

CREATE TABLE object (
    id BIGINT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE field (
    id BIGINT PRIMARY KEY,
    object_id BIGINT NOT NULL REFERENCES object (id),
    key TEXT NOT NULL,
    definition TEXT NOT NULL,
    position BIGINT NOT NULL,
    next_number BIGINT NOT NULL, -- of an automatic number: what the next record gets
    UNIQUE (object_id, key)
);

-- The change log: gap-free, its order is the order of commits. before and after hold only the fields that changed.
CREATE TABLE change (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    object TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    before TEXT,
    after TEXT
);

CREATE INDEX change_record ON change (object, record_id, seq);

-- Answers kept for repeated requests with the same Idempotency-Key.
CREATE TABLE idempotency (
    key TEXT NOT NULL,
    actor TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    response TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (key, actor)
);

CREATE INDEX idempotency_at ON idempotency (at);

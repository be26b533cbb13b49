-- +goose Up

-- Mappings of columns to fields, kept under a name to be used for other files.
CREATE TABLE import_mapping (
    name TEXT NOT NULL PRIMARY KEY,
    mapping TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);

-- Files on their way into records. The file and the list of its problems lie in a temporary folder until the job expires.
CREATE TABLE import_job (
    id BIGINT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,   -- as the person called it
    folder TEXT NOT NULL, -- where the file lies, on the machine that took it
    survey TEXT NOT NULL,
    mapping TEXT NOT NULL,
    status TEXT NOT NULL,
    report TEXT NOT NULL, -- empty before the first dry run
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX import_job_age ON import_job (created_at);

-- +goose Down
DROP TABLE import_job;
DROP TABLE import_mapping;

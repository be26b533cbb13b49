-- +goose Up

-- Instants are microseconds since 1970 UTC. Roles are keys separated by spaces.
CREATE TABLE account (
    id            BIGINT  NOT NULL PRIMARY KEY,
    login         TEXT    NOT NULL,
    login_key     TEXT    NOT NULL UNIQUE, -- the login folded to one case
    password_hash TEXT    NOT NULL,        -- argon2id, PHC string
    roles         TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    disabled      BOOLEAN NOT NULL,
    created_at    BIGINT  NOT NULL,
    version       BIGINT  NOT NULL
);

-- Sessions and tokens are kept as SHA-256 of the secret, in hexadecimal: what is stored opens nothing.
CREATE TABLE session (
    secret_hash TEXT   NOT NULL PRIMARY KEY,
    account_id  BIGINT NOT NULL REFERENCES account (id),
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);

CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE token (
    id          BIGINT NOT NULL PRIMARY KEY,
    secret_hash TEXT   NOT NULL UNIQUE,
    account_id  BIGINT NOT NULL REFERENCES account (id),
    name        TEXT   NOT NULL,
    roles       TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    used_at     BIGINT,
    expires_at  BIGINT
);

CREATE INDEX token_account ON token (account_id);

-- +goose Down
DROP TABLE token;
DROP TABLE session;
DROP TABLE account;

-- +goose Up
-- At most so much of what somebody earns in a period is taken back in it ("30%"); empty is no limit.
ALTER TABLE organisation ADD COLUMN clawback_limit TEXT NOT NULL DEFAULT '';
-- Whether a plan's version takes a second person to be published.
ALTER TABLE organisation ADD COLUMN four_eyes BIGINT NOT NULL DEFAULT 0;

-- What a closed period came to for somebody, in minor units of one currency. earned is everything but what is taken back;
-- before, incurred, taken and after are the balance of clawbacks.
CREATE TABLE statement (
  closing_id BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  currency TEXT NOT NULL,
  awarded BIGINT NOT NULL,
  adjusted BIGINT NOT NULL,
  owed_before BIGINT NOT NULL,
  incurred BIGINT NOT NULL,
  taken BIGINT NOT NULL,
  owed_after BIGINT NOT NULL,
  clawback_limit TEXT NOT NULL,
  PRIMARY KEY (closing_id, subject_kind, subject_id, currency)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX statement_by_subject ON statement (subject_kind, subject_id, closing_id);

-- What somebody says to a statement; the last word of a closing counts.
CREATE TABLE statement_answer (
  id BIGINT PRIMARY KEY,
  closing_id BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  answer TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_actor TEXT NOT NULL
);
CREATE INDEX statement_answer_by_closing ON statement_answer (closing_id, subject_kind, subject_id, id);

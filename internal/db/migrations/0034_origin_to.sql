-- +goose Up
-- The end of the closed period that an adjustment corrects (its first day after), which tells whether it was paid; 0 for every other
-- award. Until now it was read from the period's name, which says nothing of the periods that a plan lists itself.
ALTER TABLE award ADD COLUMN origin_to BIGINT NOT NULL DEFAULT 0;
UPDATE award SET origin_to = COALESCE((
  SELECT MAX(o.period_to) FROM award o WHERE o.plan_id = award.plan_id AND o.period_label = award.origin AND o.origin = ''
), 0) WHERE origin <> '';

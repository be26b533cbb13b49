package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Store keeps plans and their versions.
type Store struct {
	records *record.Store
	people  *people.Store
	metrics *metric.Store

	mu     sync.Mutex
	cached []*Plan
	print  string
}

// Open makes the store of an organisation's plans.
func Open(records *record.Store, persons *people.Store, metrics *metric.Store) *Store {
	return &Store{records: records, people: persons, metrics: metrics}
}

// All reads every plan with its versions, by id. The result is shared: readers must not change it.
func (s *Store) All(tx *db.Tx) ([]*Plan, error) {
	print, err := s.records.LastDefined(tx, "@plan")
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	cached, known := s.cached, s.print
	s.mu.Unlock()
	if known == print {
		return cached, nil
	}
	plans, err := readPlans(tx, ``)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.cached, s.print = plans, print
	s.mu.Unlock()
	return plans, nil
}

// readPlans reads the plans of a condition, all without one, by id.
func readPlans(tx *db.Tx, where string, args ...any) ([]*Plan, error) {
	rows, err := tx.Query(`SELECT p.id, p.key, v.no, v.status, v.definition, v.effective_from, v.effective_until, v.published_at, v.published_by,
			v.review, v.review_at, v.review_by, v.review_note
		FROM plan p JOIN plan_version v ON v.plan_id = p.id
		`+where+` ORDER BY p.id, v.no`, args...)
	if err != nil {
		return nil, fmt.Errorf("read plans: %w", err)
	}
	defer rows.Close()
	var plans []*Plan
	for rows.Next() {
		var id int64
		var key, text string
		var v Version
		var r Review
		if err := rows.Scan(&id, &key, &v.No, &v.Status, &text, &v.From, &v.Until, &v.PublishedAt, &v.PublishedBy,
			&r.Act, &r.At, &r.By, &r.Note); err != nil {
			return nil, fmt.Errorf("read plans: %w", err)
		}
		v.setReview(r)
		if err := json.Unmarshal([]byte(text), &v.Def); err != nil {
			return nil, fmt.Errorf("read plan %s: %w", key, err)
		}
		if len(plans) == 0 || plans[len(plans)-1].ID != id {
			plans = append(plans, &Plan{ID: id, Key: key})
		}
		p := plans[len(plans)-1]
		p.Versions = append(p.Versions, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read plans: %w", err)
	}
	return plans, nil
}

// ByKey finds a plan; the problem is not_found.
func (s *Store) ByKey(tx *db.Tx, key string) (*Plan, error) {
	plans, err := s.All(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		if p.Key == key {
			return p, nil
		}
	}
	return nil, unknown(key)
}

// Check resolves a definition without keeping it.
func (s *Store) Check(tx *db.Tx, def Def) (*Ready, []*problem.Error, error) {
	metrics, err := s.metrics.All(tx)
	if err != nil {
		return nil, nil, err
	}
	dir, err := s.people.Directory(tx)
	if err != nil {
		return nil, nil, err
	}
	ready, bad := Prepare(def, metrics, dir)
	plans, err := s.All(tx)
	if err != nil {
		return nil, nil, err
	}
	if p := checkEarned(def, plans); p != nil {
		bad = append(bad, p)
	}
	bad = append(bad, checkExcluded(def, plans, metrics)...)
	cal := dir.Organisation.Calendar()
	today := calendar.DayAt(time.Now(), cal.Zone)
	from := today
	if def.EffectiveFrom != nil {
		from = *def.EffectiveFrom
	}
	return ready, append(bad, checkReused(def, from, today, plans, cal)...), nil
}

// SaveDraft keeps a definition as the plan's draft, making the plan if there is none. A draft may still have problems. What
// changes a version in review makes it a draft again.
func (s *Store) SaveDraft(tx *db.Tx, actor string, def Def) (*Plan, error) {
	if p := metric.CheckKey(def.Key); p != nil {
		return nil, p
	}
	text, err := json.Marshal(def)
	if err != nil {
		return nil, problem.Bad("bad_params", "params", "参数不是合法的 JSON", "the parameters are not valid JSON").Because(err)
	}
	p, err := s.ensure(tx, def.Key)
	if err != nil {
		return nil, err
	}
	if d := p.Draft(); d != nil {
		if same, err := sameDef(d.Def, def); err != nil || same {
			return p, err // whoever wrote it stays its author
		}
		_, err = tx.Exec(`UPDATE plan_version SET definition = $1, published_by = $2 WHERE plan_id = $3 AND no = $4`, string(text), actor, p.ID, d.No)
		if err == nil && d.Status == InReview {
			err = s.review(tx, p, d, Review{Act: Edited, By: actor})
		}
	} else {
		_, err = tx.Exec(`INSERT INTO plan_version (plan_id, no, status, definition, effective_from, effective_until, published_at, published_by)
			VALUES ($1, $2, 'draft', $3, 0, 0, 0, $4)`, p.ID, p.nextNo(), string(text), actor)
	}
	if err != nil {
		return nil, fmt.Errorf("write draft: %w", err)
	}
	return p, s.log(tx, actor, p.ID, "draft", text)
}

// SaveDraftIfNew keeps a definition as the plan's draft unless the draft, or the newest published version, already says it.
func (s *Store) SaveDraftIfNew(tx *db.Tx, actor string, def Def) (changed bool, err error) {
	p, err := s.ByKey(tx, def.Key)
	if err == nil {
		newest := p.Draft()
		if newest == nil {
			newest = &p.Versions[len(p.Versions)-1]
		}
		if same, err := sameButDay(newest.Def, def); err != nil || same {
			return false, err
		}
	} else if !problem.IsCode(err, "unknown_plan") {
		return false, err
	}
	_, err = s.SaveDraft(tx, actor, def)
	return err == nil, err
}

// DropDraft takes the draft away; a plan that was never published goes with it.
func (s *Store) DropDraft(tx *db.Tx, actor, key string) error {
	p, err := s.ByKey(tx, key)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM plan_version WHERE plan_id = $1 AND status = 'draft'`, p.ID); err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	if len(p.Published()) == 0 {
		if _, err := tx.Exec(`DELETE FROM plan WHERE id = $1`, p.ID); err != nil {
			return fmt.Errorf("drop plan: %w", err)
		}
	}
	return s.log(tx, actor, p.ID, "drop_draft", nil)
}

// Publish makes a definition the plan's newest version, in force for the periods that begin on or after from. Publishing
// what is already in force changes nothing. A version that would reach back behind days already judged by another one is
// refused unless retroactive says that it is meant.
func (s *Store) Publish(tx *db.Tx, actor string, def Def, from calendar.Day, retroactive bool) (p *Plan, changed bool, err error) {
	def.EffectiveFrom = &from // an end is checked against it
	_, bad, err := s.Check(tx, def)
	if err != nil {
		return nil, false, err
	}
	if err := problem.Join(bad); err != nil {
		return nil, false, err
	}
	until := def.until()
	text, err := json.Marshal(def)
	if err != nil {
		return nil, false, fmt.Errorf("write plan: %w", err)
	}
	if p, err = s.ensure(tx, def.Key); err != nil {
		return nil, false, err
	}
	if published := p.Published(); len(published) > 0 {
		last := published[len(published)-1]
		if same, err := sameDef(last.Def, def); err != nil || same {
			return p, false, err
		}
		if err := s.checkDivided(tx, p, def, from); err != nil {
			return nil, false, err
		}
		today, err := s.today(tx)
		if err != nil {
			return nil, false, err
		}
		if from <= last.From && !retroactive || from < today && !retroactive {
			return nil, false, problem.New(problem.Conflict, "retroactive", "effective_from",
				"新版本从 %s 起会改动已经评判过的周期。请改为今天（%s）以后的日期；确实要追溯时请声明 retroactive。",
				"a version from %s would change periods already judged. Choose a date from today (%s) on, or say retroactive if you mean it.", from, today)
		}
	}
	reviewed, err := p.submissionOf(def)
	if err != nil {
		return nil, false, err
	}
	if _, err := tx.Exec(`DELETE FROM plan_version WHERE plan_id = $1 AND status = 'draft'`, p.ID); err != nil {
		return nil, false, fmt.Errorf("publish plan: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO plan_version (plan_id, no, status, definition, effective_from, effective_until, published_at, published_by,
			review, review_at, review_by, review_note)
		VALUES ($1, $2, 'published', $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, p.nextNo(), string(text), int64(from), int64(until), time.Now().UnixMicro(), actor,
		string(reviewed.Act), reviewed.At, reviewed.By, reviewed.Note)
	if err != nil {
		return nil, false, fmt.Errorf("publish plan: %w", err)
	}
	return p, true, s.log(tx, actor, p.ID, "publish", text)
}

func (s *Store) today(tx *db.Tx) (calendar.Day, error) {
	dir, err := s.people.Directory(tx)
	if err != nil {
		return 0, err
	}
	return calendar.DayAt(time.Now(), dir.Organisation.Calendar().Zone), nil
}

// ensure reads a plan straight from the tables, making an empty one if there is none.
func (s *Store) ensure(tx *db.Tx, key string) (*Plan, error) {
	plans, err := readPlans(tx, `WHERE p.key = $1`, key)
	if err != nil {
		return nil, err
	}
	if len(plans) > 0 {
		p := plans[0] // keys are unique
		if len(p.Versions) >= MaxVersions {
			return nil, problem.New(problem.TooLarge, "too_many_versions", "key", "一个方案最多 %d 个版本", "a plan has at most %d versions", MaxVersions)
		}
		return p, nil
	}
	var there int
	if err := tx.QueryRow(`SELECT COUNT(*) FROM plan`).Scan(&there); err != nil {
		return nil, fmt.Errorf("count plans: %w", err)
	}
	if there >= MaxPlans {
		return nil, problem.New(problem.TooLarge, "too_many_plans", "key", "奖励方案最多 %d 个", "at most %d plans", MaxPlans)
	}
	id, err := tx.NextID(1)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(`INSERT INTO plan (id, key) VALUES ($1, $2)`, id, key); err != nil {
		return nil, fmt.Errorf("write plan: %w", err)
	}
	return &Plan{ID: id, Key: key}, nil
}

func (p *Plan) nextNo() int64 {
	if len(p.Versions) == 0 {
		return 1
	}
	last := p.Versions[len(p.Versions)-1]
	if last.Status != Published { // its number is free again once it is replaced
		return last.No
	}
	return last.No + 1
}

func (s *Store) log(tx *db.Tx, actor string, id int64, what string, text []byte) error {
	after := append([]byte(`{"did":"`+what+`"`), '}')
	if text != nil {
		after = append(append([]byte(`{"did":"`+what+`","definition":`), text...), '}')
	}
	return s.logText(tx, actor, id, after)
}

func (s *Store) logText(tx *db.Tx, actor string, id int64, after []byte) error {
	_, err := s.records.AppendChange(tx, record.Change{Actor: actor, Object: "@plan", RecordID: id, Kind: record.ChangeDefine, After: after})
	return err
}

// sameButDay compares two definitions by what they say, from whichever day on.
func sameButDay(a, b Def) (bool, error) {
	a.EffectiveFrom, b.EffectiveFrom = nil, nil
	return sameDef(a, b)
}

// sameDef compares two definitions by what they say.
func sameDef(a, b Def) (bool, error) {
	x, err := canonical(a)
	if err != nil {
		return false, err
	}
	y, err := canonical(b)
	return bytes.Equal(x, y), err
}

func canonical(d Def) ([]byte, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("compare plans: %w", err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, fmt.Errorf("compare plans: %w", err)
	}
	return json.Marshal(fields)
}

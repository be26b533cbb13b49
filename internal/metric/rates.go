package metric

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// RateObject is what the change log calls exchange rates.
const RateObject = "@rate"

// MaxRates bounds the exchange rates of an organisation: thirty currencies, each day of four years.
const MaxRates = 50_000

// Rates reads every exchange rate. The result is kept until one changes.
func (s *Store) Rates(tx *db.Tx) (*Rates, error) {
	print, err := s.records.LastDefined(tx, RateObject)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	known := s.rates
	s.mu.Unlock()
	if known != nil && known.fingerprint == print {
		return known, nil
	}
	rates := &Rates{fingerprint: print, byCurrency: map[string][]Rate{}}
	rows, err := tx.Query(`SELECT id, currency, from_day, rate FROM exchange_rate ORDER BY currency, from_day`)
	if err != nil {
		return nil, fmt.Errorf("read exchange rates: %w", err)
	}
	err = eachRow(rows, func() error {
		var r Rate
		var text string
		if err := rows.Scan(&r.ID, &r.Currency, &r.From, &text); err != nil {
			return err
		}
		var err error
		r.Rate, err = money.ParseDecimal(text)
		rates.byCurrency[r.Currency] = append(rates.byCurrency[r.Currency], r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read exchange rates: %w", err)
	}
	s.mu.Lock()
	s.rates = rates
	s.mu.Unlock()
	return rates, nil
}

// Ground is what an organisation's records are counted on.
func (s *Store) Ground(tx *db.Tx, dir *people.Directory) (Ground, error) {
	rates, err := s.Rates(tx)
	o := dir.Organisation
	return Ground{Records: s.records, Zone: o.Calendar().Zone, Currency: o.Currency, Rates: rates, People: dir}, err
}

// maxRate bounds a rate, in units of the organisation's currency.
const maxRate = 1_000_000_000

func (r *Rate) check(base string) error {
	switch _, known := money.MinorUnits(r.Currency); {
	case !known:
		return problem.Bad("unknown_currency", "currency", "不认识的币种 %q，请用 USD、EUR 这样的三字母代码", "unknown currency %q; use a three-letter code such as USD or EUR", r.Currency)
	case r.Currency == base:
		return problem.Bad("base_currency", "currency", "%s 是本位币，汇率总是 1，不用填", "%s is the organisation's own currency; its rate is always 1", r.Currency)
	case r.From <= calendar.MinDay || r.From >= calendar.MaxDay:
		return problem.Bad("required", "from", "请填从哪天起", "say from which day on")
	case r.Rate.Sign() <= 0 || r.Rate.Cmp(money.Decimal{Coef: maxRate}) > 0:
		return problem.Bad("out_of_range", "rate", "汇率须大于 0 且不超过十亿", "a rate is above 0 and at most a thousand million")
	}
	return nil
}

// SaveRate adds a rate, or corrects the one of its currency and day, and appends the change to the log. Saving what is
// already there changes nothing.
func (s *Store) SaveRate(tx *db.Tx, actor string, r Rate) (saved Rate, changed bool, err error) {
	o, err := people.OrganisationOf(tx)
	if err != nil {
		return r, false, err
	}
	r.Currency = strings.ToUpper(strings.TrimSpace(r.Currency))
	if err := r.check(o.Currency); err != nil {
		return r, false, err
	}
	r.Rate = r.Rate.Trim()
	old, err := readRate(tx, `currency = $1 AND from_day = $2`, r.Currency, int64(r.From))
	if err != nil {
		return r, false, err
	}
	change := record.Change{Actor: actor, Object: RateObject, Kind: record.ChangeCreate}
	switch {
	case old == nil:
		if err := s.insertRate(tx, &r); err != nil {
			return r, false, err
		}
	case old.Rate.Cmp(r.Rate) == 0:
		return *old, false, nil
	default:
		r.ID, change.Kind = old.ID, record.ChangeUpdate
		if change.Before, err = json.Marshal(old); err != nil {
			return r, false, fmt.Errorf("write exchange rate: %w", err)
		}
		if _, err := tx.Exec(`UPDATE exchange_rate SET rate = $1 WHERE id = $2`, r.Rate.String(), r.ID); err != nil {
			return r, false, fmt.Errorf("write exchange rate: %w", err)
		}
	}
	if change.After, err = json.Marshal(r); err != nil {
		return r, false, fmt.Errorf("write exchange rate: %w", err)
	}
	change.RecordID = r.ID
	_, err = s.records.AppendChange(tx, change)
	return r, true, err
}

func (s *Store) insertRate(tx *db.Tx, r *Rate) error {
	var n int64
	if err := tx.QueryRow(`SELECT COUNT(*) FROM exchange_rate`).Scan(&n); err != nil {
		return fmt.Errorf("count exchange rates: %w", err)
	}
	if n >= MaxRates {
		return problem.New(problem.TooLarge, "too_many_rates", "", "汇率最多 %d 条", "at most %d exchange rates", MaxRates)
	}
	id, err := tx.NextID(1)
	if err != nil {
		return err
	}
	r.ID = id
	_, err = tx.Exec(`INSERT INTO exchange_rate (id, currency, from_day, rate) VALUES ($1, $2, $3, $4)`, id, r.Currency, int64(r.From), r.Rate.String())
	if err != nil {
		return fmt.Errorf("write exchange rate: %w", err)
	}
	return nil
}

// RemoveRate takes a rate away: the one before it holds on.
func (s *Store) RemoveRate(tx *db.Tx, actor string, id int64) error {
	old, err := readRate(tx, `id = $1`, id)
	if err != nil {
		return err
	}
	if old == nil {
		return problem.New(problem.NotFound, "not_found", "", "没有这条汇率，可能已被删除", "there is no such exchange rate; it may have been deleted")
	}
	if _, err := tx.Exec(`DELETE FROM exchange_rate WHERE id = $1`, id); err != nil {
		return fmt.Errorf("delete exchange rate: %w", err)
	}
	before, err := json.Marshal(old)
	if err != nil {
		return fmt.Errorf("delete exchange rate: %w", err)
	}
	_, err = s.records.AppendChange(tx, record.Change{Actor: actor, Object: RateObject, RecordID: id, Kind: record.ChangeDelete, Before: before})
	return err
}

func readRate(tx *db.Tx, where string, args ...any) (*Rate, error) {
	var r Rate
	var text string
	err := tx.QueryRow(`SELECT id, currency, from_day, rate FROM exchange_rate WHERE `+where, args...).Scan(&r.ID, &r.Currency, &r.From, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		r.Rate, err = money.ParseDecimal(text)
	}
	if err != nil {
		return nil, fmt.Errorf("read exchange rate: %w", err)
	}
	return &r, nil
}

// Reckoned lists the records whose part in a metric a rate may decide: those counted on the days on which it holds, and those
// left out for want of one.
func (m *Metric) Reckoned(tx *db.Tx, w calendar.Window) (ids []int64, err error) {
	to, seen := givingTo(m.ID), map[int64]bool{}
	place := func(r *row) []any { return []any{&r.record, &r.given} }
	err = eachStored(tx, place, `SELECT c.record_id, c.given
		FROM `+everybody+` p CROSS JOIN contribution c
		WHERE c.object_id = $1 AND c.person_id = p.id AND c.day >= $2 AND c.day < $3`, // index contribution_by_person
		[]any{m.objectID(), int64(w.From), int64(w.To)}, func(r *row) error {
			_, _, ok, err := to.find(r.given)
			if ok {
				seen[r.record] = true
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(`SELECT record_id FROM left_out WHERE metric_id = $1 AND reason IN ($2, $3)`, m.ID, string(NoRate), string(TooLarge)) //nolint:sqlclosecheck // eachRow closes it
	if err != nil {
		return nil, fmt.Errorf("read converted records: %w", err)
	}
	err = eachRow(rows, func() error {
		var id int64
		err := rows.Scan(&id)
		seen[id] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read converted records: %w", err)
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

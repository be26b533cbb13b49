package award

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// MaxPage is the most awards of one page.
const MaxPage = 200

// OfPeriod reads every award of a plan and period but adjustments, reversed ones included, for all subjects or for some.
// Served by the unique key (plan_id, period_label, …): a condition on origin would make SQLite go through all of the plan's awards
// by index award_by_origin, so adjustments are left out afterwards.
func OfPeriod(tx *db.Tx, planID int64, label string, only []rule.Ref) ([]*Award, error) {
	const bySubject = 40 // beyond it, reading everybody at once is cheaper
	if only == nil || len(only) > bySubject {
		all, err := readAwards(tx, `SELECT `+awardColumns+` FROM award WHERE plan_id = $1 AND period_label = $2 ORDER BY id`, planID, label)
		all = slices.DeleteFunc(all, func(a *Award) bool { return a.Origin != "" })
		if only == nil || err != nil {
			return all, err
		}
		wanted := make(map[rule.Ref]bool, len(only))
		for _, ref := range only {
			wanted[ref] = true
		}
		kept := all[:0]
		for _, a := range all {
			if wanted[a.Subject] {
				kept = append(kept, a)
			}
		}
		return kept, nil
	}
	var out []*Award
	for _, ref := range only {
		some, err := readAwards(tx, `SELECT `+awardColumns+` FROM award
			WHERE plan_id = $1 AND period_label = $2 AND subject_kind = $3 AND subject_id = $4
			ORDER BY id`, planID, label, string(ref.Kind), ref.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return slices.DeleteFunc(out, func(a *Award) bool { return a.Origin != "" }), nil
}

// CorrectionsOf reads the adjustments of a plan that correct a closed period for some subjects, by index award_by_origin.
func CorrectionsOf(tx *db.Tx, planID int64, label string, of []rule.Ref) ([]*Award, error) {
	all, err := readAwards(tx, `SELECT `+awardColumns+` FROM award WHERE plan_id = $1 AND origin = $2 ORDER BY id`, planID, label)
	return slices.DeleteFunc(all, func(a *Award) bool { return !slices.Contains(of, a.Subject) }), err
}

// Periods lists the periods in which a plan has awards, adjustments left out.
func Periods(tx *db.Tx, planID int64) ([]calendar.Period, error) {
	rows, err := tx.Query(`SELECT period_kind, period_label, MIN(period_from), MIN(period_to)
		FROM award WHERE plan_id = $1 AND origin = ''
		GROUP BY period_kind, period_label ORDER BY 3`, planID)
	if err != nil {
		return nil, fmt.Errorf("read periods: %w", err)
	}
	defer rows.Close()
	var out []calendar.Period
	for rows.Next() {
		var p calendar.Period
		if err := rows.Scan(&p.Kind, &p.Label, &p.From, &p.To); err != nil {
			return nil, fmt.Errorf("read periods: %w", err)
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

// Query asks for awards, newest first by the moment they were earned.
type Query struct {
	PlanID   int64
	Label    string
	Subjects []rule.Ref // any of them; nil is everybody
	States   []State    // any of them; nil is every state
	Plans    []int64    // only these plans; nil is every plan
	Window   calendar.Window
	Kind     rule.RewardKind // "" is every kind
	Currency string          // "" is every currency
	Gains    bool            // only what gives something: no adjustment that takes back
	From, To int64           // earned from this moment until before that one, in µs UTC; both 0 is any time
	Limit    int
	Before   *Award // the last award of the page before
}

// List reads a page of awards.
func List(tx *db.Tx, q Query) ([]*Award, error) {
	var where []string
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	if q.PlanID != 0 {
		where = append(where, "plan_id = "+arg(q.PlanID))
	}
	if q.Label != "" {
		where = append(where, "period_label = "+arg(q.Label))
	}
	if q.Subjects != nil {
		var any []string
		for _, ref := range q.Subjects {
			any = append(any, "subject_kind = "+arg(string(ref.Kind))+" AND subject_id = "+arg(ref.ID))
		}
		where = append(where, "("+orNothing(any, " OR ")+")")
	}
	if q.States != nil {
		var in []string
		for _, s := range q.States {
			in = append(in, arg(string(s)))
		}
		where = append(where, "state IN ("+orNothing(in, ", ")+")")
	}
	if q.Plans != nil {
		var in []string
		for _, id := range q.Plans {
			in = append(in, arg(id))
		}
		where = append(where, "plan_id IN ("+orNothing(in, ", ")+")")
	}
	if !q.Window.Empty() {
		where = append(where, "period_from >= "+arg(int64(q.Window.From))+" AND period_from < "+arg(int64(q.Window.To)))
	}
	if q.Kind != "" {
		where = append(where, "reward_kind = "+arg(string(q.Kind)))
	}
	if q.Currency != "" {
		where = append(where, "currency = "+arg(q.Currency))
	}
	if q.Gains {
		where = append(where, "amount >= 0 AND quantity >= 0")
	}
	if q.From != 0 || q.To != 0 { // by index award_by_time, which also gives the order
		where = append(where, "moment >= "+arg(q.From)+" AND moment < "+arg(q.To))
	}
	if q.Before != nil {
		m, id := arg(q.Before.Moment), arg(q.Before.ID)
		where = append(where, "(moment < "+m+" OR moment = "+m+" AND id < "+id+")")
	}
	text := `SELECT ` + awardColumns + ` FROM award`
	if len(where) > 0 {
		text += ` WHERE ` + strings.Join(where, ` AND `)
	}
	limit := min(max(q.Limit, 1), MaxPage)
	return readAwards(tx, text+` ORDER BY moment DESC, id DESC LIMIT `+arg(limit), args...)
}

// orNothing joins alternatives; none of them can never hold.
func orNothing(list []string, sep string) string {
	if len(list) == 0 {
		return "NULL"
	}
	return strings.Join(list, sep)
}

// Get reads one award; the problem is not_found.
func Get(tx *db.Tx, id int64) (*Award, error) {
	a, err := scanAward(tx.QueryRow(`SELECT `+awardColumns+` FROM award WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.New(problem.NotFound, "unknown_award", "id", "没有编号为 %d 的奖励", "there is no award %d", id)
	}
	return a, err
}

// History reads an award's life, oldest first.
func History(tx *db.Tx, awardID int64) ([]Event, error) {
	return readEvents(tx, `SELECT id, award_id, at, kind, amount_before, amount_after, cause_seq, cause_object, cause_record
		FROM award_event WHERE award_id = $1 ORDER BY id`, awardID)
}

// EventsAfter reads what happened to awards after an event, for those who follow along.
func EventsAfter(tx *db.Tx, after int64, limit int) ([]Event, error) {
	return readEvents(tx, `SELECT id, award_id, at, kind, amount_before, amount_after, cause_seq, cause_object, cause_record
		FROM award_event WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// LastEvent is the id of the newest event; 0 when there is none.
func LastEvent(tx *db.Tx) (id int64, err error) {
	if err := tx.QueryRow(`SELECT COALESCE(MAX(id), 0) FROM award_event`).Scan(&id); err != nil {
		return 0, fmt.Errorf("read award history: %w", err)
	}
	return id, nil
}

// TouchedAfter reads the awards that something happened to after an event, by id.
func TouchedAfter(tx *db.Tx, after int64) ([]*Award, error) {
	return readAwards(tx, `SELECT `+awardColumns+` FROM award
		WHERE id IN (SELECT award_id FROM award_event WHERE id > $1)
		ORDER BY id`, after)
}

func readEvents(tx *db.Tx, query string, args ...any) ([]Event, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read award history: %w", err)
	}
	defer rows.Close()
	var out []Event
	for rows.Next() {
		var e Event
		err := rows.Scan(&e.ID, &e.AwardID, &e.At, &e.Kind, &e.AmountBefore, &e.AmountAfter, &e.Cause.Seq, &e.Cause.Object, &e.Cause.RecordID)
		if err != nil {
			return nil, fmt.Errorf("read award history: %w", err)
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func readAwards(tx *db.Tx, query string, args ...any) ([]*Award, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read awards: %w", err)
	}
	defer rows.Close()
	var out []*Award
	for rows.Next() {
		a, err := scanAward(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

// Sum is what awards come to.
type Sum struct {
	PlanID   int64
	Kind     rule.RewardKind
	Currency string
	State    State
	Awards   int64
	Minor    int64
	Tally
}

// Sums adds awards up by plan, kind of reward, currency and state, for all subjects or for some: those earned from one
// moment until before another, in µs UTC.
func Sums(tx *db.Tx, subjects []rule.Ref, from, to int64) ([]Sum, error) {
	where, args := `WHERE moment >= $1 AND moment < $2`, []any{from, to}
	if subjects != nil {
		var any []string
		for _, ref := range subjects {
			args = append(args, string(ref.Kind), ref.ID)
			any = append(any, fmt.Sprintf("subject_kind = $%d AND subject_id = $%d", len(args)-1, len(args)))
		}
		where += " AND (" + orNothing(any, " OR ") + ")"
	}
	rows, err := tx.Query(`SELECT plan_id, reward_kind, currency, state, `+figuredReward+`, COUNT(*), CAST(SUM(quantity) AS BIGINT), CAST(SUM(amount) AS BIGINT)
		FROM award `+where+`
		GROUP BY plan_id, reward_kind, currency, state, 5 ORDER BY 1, 2, 3, 4, 5`, args...)
	if err != nil {
		return nil, fmt.Errorf("add up awards: %w", err)
	}
	defer rows.Close()
	var out []Sum
	for rows.Next() {
		var s Sum
		var reward string
		var quantity int64
		if err := rows.Scan(&s.PlanID, &s.Kind, &s.Currency, &s.State, &reward, &s.Awards, &quantity, &s.Minor); err != nil {
			return nil, fmt.Errorf("add up awards: %w", err)
		}
		if err := s.tallied(s.Kind, reward, quantity); err != nil {
			return nil, fmt.Errorf("add up awards: %w", err)
		}
		if n := len(out) - 1; n >= 0 && out[n].PlanID == s.PlanID && out[n].Kind == s.Kind && out[n].Currency == s.Currency && out[n].State == s.State {
			out[n].Awards += s.Awards // points of another number, or days
			if err := out[n].Join(s.Tally); err != nil {
				return nil, fmt.Errorf("add up awards: %w", err)
			}
			continue
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

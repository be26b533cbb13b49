package engine

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// reachedOneByOne is up to how many subjects are asked for their last contribution one by one.
const reachedOneByOne = 8

// reached finds the moment of each subject's last contribution in a period, for rules that read it.
func (s *scene) reached(r *plan.Ready, period calendar.Period, refs []rule.Ref) (map[rule.Ref]int64, error) {
	if len(refs) == 0 || r.Rolled() || !rule.ReadsReached(r.Shape, r.Context.Measure) {
		return nil, nil
	}
	out := make(map[rule.Ref]int64, len(refs))
	for _, part := range r.Metric.Parts() {
		if part == r.Metric && part.Def.Measure.Kind == metric.Distinct { // a value that came before moves nothing
			for _, ref := range refs {
				points, err := s.totals.Points(part, ref, period.Window)
				if err != nil {
					return nil, err
				}
				for _, p := range points {
					out[ref] = max(out[ref], p.Moment)
				}
			}
			continue
		}
		if len(refs) <= reachedOneByOne && r.SubjectKind() == rule.Person {
			for _, ref := range refs {
				var last int64
				err := s.tx.QueryRow(`SELECT COALESCE(MAX(moment), 0)
					FROM contribution WHERE metric_id = $1 AND person_id = $2 AND day >= $3 AND day < $4`,
					part.ID, ref.ID, int64(period.From), int64(period.To)).Scan(&last)
				if err != nil {
					return nil, fmt.Errorf("read last contribution: %w", err)
				}
				out[ref] = max(out[ref], last)
			}
			continue
		}
		lasts, err := s.lastMoments(part.ID, period.Window)
		if err != nil {
			return nil, err
		}
		for _, l := range lasts {
			for _, ref := range s.subjectsOf(r, l.person, l.day) {
				out[ref] = max(out[ref], l.moment)
			}
		}
	}
	return out, nil
}

type lastMoment struct {
	person int64
	day    calendar.Day
	moment int64
}

// lastMoments reads the last contribution of every person and day of a window.
func (s *scene) lastMoments(metricID int64, w calendar.Window) ([]lastMoment, error) {
	key := lastKey{metricID, w}
	if known, ok := s.lasts[key]; ok {
		return known, nil
	}
	out, err := s.readLastMoments(metricID, w)
	if err != nil {
		return nil, err
	}
	if s.lasts == nil {
		s.lasts = map[lastKey][]lastMoment{}
	}
	s.lasts[key] = out
	return out, nil
}

// lastKey names what lastMoments remembers: several plans often ask for the same metric and period.
type lastKey struct {
	metric int64
	window calendar.Window
}

func (s *scene) readLastMoments(metricID int64, w calendar.Window) ([]lastMoment, error) {
	rows, err := s.tx.Query(`SELECT person_id, day, MAX(moment)
		FROM contribution WHERE metric_id = $1 AND day >= $2 AND day < $3
		GROUP BY person_id, day`, metricID, int64(w.From), int64(w.To))
	if err != nil {
		return nil, fmt.Errorf("read last contributions: %w", err)
	}
	defer rows.Close()
	var out []lastMoment
	for rows.Next() {
		var l lastMoment
		if err := rows.Scan(&l.person, &l.day, &l.moment); err != nil {
			return nil, fmt.Errorf("read last contributions: %w", err)
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// carry fills in what the earlier periods brought, for a rule that carries over.
func (s *scene) carry(r *plan.Ready, period calendar.Period, subject *rule.Subject) error {
	since := rule.CarryOf(r.Shape)
	if since == "" {
		return nil
	}
	var earlier []money.Frac
	for _, p := range r.Def.Series(s.cal).Between(calendar.Window{From: s.carryStart(r, period, since), To: period.From}) {
		was, err := s.subject(r, p, subject.Ref)
		if err != nil {
			return err
		}
		if was.Has {
			earlier = append(earlier, was.Value)
		}
	}
	before, due, err := rule.CarriedOver(r.Shape, earlier)
	subject.Before, subject.BeforeDue = before, due
	return err
}

// carryStart is the day from which a version carries over into a period.
func (s *scene) carryStart(r *plan.Ready, period calendar.Period, since rule.Carry) calendar.Day {
	start := s.startOf(r)
	if since == rule.SinceYear {
		start = max(start, s.cal.PeriodOf(calendar.Year, period.From).From)
	}
	return start
}

// startOf is the first day of a version's reign; of a back-test, the first day of the tested stretch.
func (s *scene) startOf(r *plan.Ready) calendar.Day {
	for _, p := range s.plans {
		for _, v := range p.versions {
			if v.ready == r {
				return v.reign.From
			}
		}
	}
	return s.testFrom
}

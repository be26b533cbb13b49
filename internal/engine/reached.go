package engine

import (
	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// reached finds the moment of each subject's last contribution in a period, for rules that read it.
func (s *scene) reached(r *plan.Ready, period calendar.Period, refs []rule.Ref) (map[rule.Ref]int64, error) {
	if len(refs) == 0 || r.Rolled() || !rule.ReadsReached(r.Shape, r.Context.Measure) {
		return nil, nil
	}
	out := make(map[rule.Ref]int64, len(refs))
	if r.Excludes() {
		for _, ref := range refs {
			rest, err := s.rest(r, r.Metric, ref, period.Window)
			if err != nil {
				return nil, err
			}
			out[ref] = rest.Last()
		}
		return out, nil
	}
	for _, ref := range refs {
		last, err := s.totals.LastOf(r.Metric, ref, period)
		if err != nil {
			return nil, err
		}
		out[ref] = last
	}
	return out, nil
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

// startOf is the day since which a version carries over; in a back-test, the first day of the tested stretch if it began later or never.
func (s *scene) startOf(r *plan.Ready) calendar.Day {
	from, known := s.index.starts[r]
	if !known || !s.tested.Empty() && from > s.tested.From {
		return s.tested.From
	}
	return from
}

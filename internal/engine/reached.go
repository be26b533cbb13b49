package engine

import (
	"laurel/internal/calendar"
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

// carriedKey names what is remembered of a carry: of each subject up to the newest period, since periods are judged in order.
type carriedKey struct {
	ready *plan.Ready
	ref   rule.Ref
}

// carriedInto is what is carried into a period that begins on a day, since another one.
type carriedInto struct {
	since, day calendar.Day
	rule.Carried
}

// carry fills in what the earlier periods brought, for a rule that carries over.
func (s *scene) carry(r *plan.Ready, period calendar.Period, subject *rule.Subject) error {
	kind := rule.CarryOf(r.Shape)
	if kind == "" {
		return nil
	}
	period, _ = world{s, r}.Whole(period) // what a part of it brings is the rule's own matter
	since := s.carryStart(r, period, kind)
	at := s.carried[carriedKey{r, subject.Ref}]
	if at.since != since || at.day < since || at.day > period.From {
		at = carriedInto{since: since, day: since}
	}
	for _, p := range r.Def.Series(s.cal).Between(calendar.Window{From: at.day, To: period.From}) {
		was, err := s.subject(r, p, subject.Ref)
		if err != nil {
			return err
		}
		if !was.Has {
			continue
		}
		if at.Carried, err = rule.CarryOver(r.Shape, at.Carried, was.Value); err != nil {
			return err
		}
	}
	at.day = period.From
	if s.carried == nil {
		s.carried = map[carriedKey]carriedInto{}
	}
	s.carried[carriedKey{r, subject.Ref}] = at
	subject.Before, subject.BeforeDue = at.Total, at.Settled
	return nil
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
	if known && (s.tested.Empty() || from <= s.tested.From) {
		return from
	}
	from = s.tested.From
	if course := s.course(r); course.AtOnce {
		if whole, ok := course.Whole(from); ok {
			from = whole.From
		}
	}
	return from
}

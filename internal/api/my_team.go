package api

import (
	"cmp"
	"context"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/rule"
)

const (
	maxTeam      = 200 // people of one manager that are looked at; each costs a sum over their awards
	maxTeamClose = 12
)

func (s *server) getMyTeam(ctx context.Context, _ *none) (*body[MyTeam], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	out := MyTeam{People: []TeamMember{}, Close: []MyProgress{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		mine := v.mine()
		out.Total = len(mine)
		if len(mine) > maxTeam {
			mine = mine[:maxTeam]
		}
		if err := v.teamEarned(tx, mine, &out); err != nil {
			return err
		}
		return v.teamProgress(ctx, tx, mine, &out)
	})
	return reply(out), err
}

// mine lists the people whom the caller stands above today, by id.
func (v *viewer) mine() []int64 {
	var out []int64
	for _, p := range v.dir.Persons() {
		if p.Employed().Contains(v.today) && v.isMine(rule.Ref{Kind: rule.Person, ID: p.ID}, calendar.Window{From: v.today, To: v.today + 1}) {
			out = append(out, p.ID)
		}
	}
	return out
}

// teamEarned adds up this quarter for each person, and for all.
func (v *viewer) teamEarned(tx *db.Tx, mine []int64, out *MyTeam) error {
	cal := v.dir.Organisation.Calendar()
	quarter := cal.PeriodOf(calendar.Quarter, v.today)
	out.Period = v.period(quarter)
	from, to := quarter.From.Start(cal.Zone).UnixMicro(), quarter.To.Start(cal.Zone).UnixMicro()
	currency := v.dir.Organisation.Currency
	minors := make(map[int64]int64, len(mine))
	var total int64
	for _, id := range mine {
		sums, err := award.Sums(tx, []rule.Ref{{Kind: rule.Person, ID: id}}, from, to)
		if err != nil {
			return err
		}
		member := TeamMember{Person: Named{ID: id, Name: personLabel(v.dir, id)}, Counts: map[string]int{}}
		given := tallies{}
		for _, sum := range sums {
			switch {
			case sum.State != award.Granted:
			case sum.Kind != rule.Cash:
				member.Counts[string(sum.Kind)] += int(sum.Quantity)
				if err := given.join(sum.Kind, sum.Tally); err != nil {
					return err
				}
			case sum.Currency == currency:
				minors[id] += sum.Minor
			}
		}
		member.Figures = given.figures()
		member.Earned = *shapeAmount(money.Amount{Minor: minors[id], Currency: currency})
		total += minors[id]
		out.People = append(out.People, member)
	}
	out.Earned = *shapeAmount(money.Amount{Minor: total, Currency: currency})
	slices.SortStableFunc(out.People, func(a, b TeamMember) int { return cmp.Compare(minors[b.Person.ID], minors[a.Person.ID]) })
	return nil
}

// teamProgress finds what each person is closest to, and who of all is closest to anything.
func (v *viewer) teamProgress(ctx context.Context, tx *db.Tx, mine []int64, out *MyTeam) error {
	if len(mine) == 0 {
		return nil
	}
	standings, err := v.s.engine.Progress(tx, mine...)
	if err != nil {
		return err
	}
	next := map[int64]*MyProgress{}
	for _, standing := range standings {
		for i := range standing.Rows {
			row := &standing.Rows[i]
			p := row.Progress
			if row.Subject.Ref.Kind != rule.Person || p.Done || p.Ratio >= 1000 {
				continue
			}
			id := row.Subject.Ref.ID
			if best := next[id]; best != nil && best.Ratio >= p.Ratio && p.Ratio < closeRatio {
				continue // no need to put it in words
			}
			shown := v.myProgress(ctx, standing, row)
			if best := next[id]; best == nil || best.Ratio < p.Ratio {
				next[id] = &shown
			}
			if p.Ratio >= closeRatio {
				out.Close = append(out.Close, shown)
			}
		}
	}
	for i := range out.People {
		out.People[i].Next = next[out.People[i].Person.ID]
	}
	slices.SortStableFunc(out.Close, func(a, b MyProgress) int { return cmp.Compare(b.Ratio, a.Ratio) })
	out.Close = out.Close[:min(len(out.Close), maxTeamClose)]
	return nil
}

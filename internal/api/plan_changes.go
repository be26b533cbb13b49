package api

import (
	"context"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// maxChangeRows bounds the rows of one answer; the token names all of them.
const maxChangeRows = 1000

// planChanges tells what a retroactive version would change before anybody decides on it.
func (s *server) planChanges(ctx context.Context, in *planDraft) (*body[PlanChanges], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	var wanted ChangesInput
	if err := decode(in.RawBody, &wanted); err != nil {
		return nil, err
	}
	if wanted.EffectiveFrom == 0 {
		return nil, problem.Bad("required", "effective_from", "请选择从哪一天起生效。", "Choose the day from which it holds.")
	}
	out := PlanChanges{Totals: []CashChange{}, Rows: []PlanChange{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, p, err := s.visiblePlan(ctx, tx, in.Key)
		if err != nil {
			return err
		}
		changes, token, err := s.engine.Changes(tx, p.ID, wanted.Definition, wanted.EffectiveFrom)
		if err != nil {
			return err
		}
		out.Token = token
		return v.changes(ctx, changes, &out)
	})
	return reply(out), err
}

// changes shapes a list of changes with its totals.
func (v *viewer) changes(ctx context.Context, changes []engine.Change, out *PlanChanges) error {
	before, after := map[string]int64{}, map[string]int64{}
	subjects := map[rule.Ref]bool{}
	for i := range changes {
		c := &changes[i]
		out.Count++
		subjects[c.Ref] = true
		row := PlanChange{Period: c.Period.Label, Closed: c.Closed, Subject: v.subject(ctx, c.Ref), Before: givenTexts(c.Before), After: givenTexts(c.After), More: []Amount{}}
		more := map[string]int64{}
		for _, side := range []struct {
			given []engine.Given
			total map[string]int64
			sign  int64
		}{{c.Before, before, -1}, {c.After, after, 1}} {
			for _, g := range side.given {
				if g.Reward.Kind != rule.Cash {
					continue
				}
				if err := addTo(side.total, g.Amount.Currency, g.Amount.Minor); err != nil {
					return err
				}
				if err := addTo(more, g.Amount.Currency, side.sign*g.Amount.Minor); err != nil {
					return err
				}
			}
		}
		for _, currency := range currenciesOf(more) {
			row.More = append(row.More, *shapeAmount(money.Amount{Minor: more[currency], Currency: currency}))
		}
		if len(out.Rows) < maxChangeRows {
			out.Rows = append(out.Rows, row)
		}
	}
	out.Subjects = len(subjects)
	for _, currency := range currenciesOf(before, after) {
		of := func(minor int64) Amount { return *shapeAmount(money.Amount{Minor: minor, Currency: currency}) }
		more, err := money.AddInt(after[currency], -before[currency])
		if err != nil {
			return err
		}
		out.Totals = append(out.Totals, CashChange{Before: of(before[currency]), After: of(after[currency]), More: of(more)})
	}
	return nil
}

func addTo(sums map[string]int64, currency string, minor int64) (err error) {
	sums[currency], err = money.AddInt(sums[currency], minor)
	return err
}

// currenciesOf lists the currencies of sums, each once, in order.
func currenciesOf(sums ...map[string]int64) (out []string) {
	for _, each := range sums {
		for currency := range each {
			if !slices.Contains(out, currency) {
				out = append(out, currency)
			}
		}
	}
	slices.Sort(out)
	return out
}

func givenTexts(given []engine.Given) []i18n.Text {
	out := []i18n.Text{}
	for _, g := range given {
		out = append(out, rewardText(g.Reward, g.Quantity, g.Amount, false))
	}
	return out
}

// confirmChanges makes sure that what is about to change is what somebody has seen.
func (s *server) confirmChanges(tx *db.Tx, planID int64, def plan.Def, from calendar.Day, confirmed string) error {
	_, token, err := s.engine.Changes(tx, planID, def, from)
	switch {
	case err != nil:
		return err
	case confirmed == "":
		return problem.New(problem.Conflict, "changes_not_confirmed", "confirmed",
			"追溯会改动已经评判过的周期。请先查看会改动什么（POST /plans/{key}/changes），再带上确认码发布。",
			"This changes periods that were already judged. See what would change first (POST /plans/{key}/changes), then publish with its token.")
	case confirmed != token:
		return problem.New(problem.Conflict, "changes_moved", "confirmed",
			"你查看之后，数据或方案又变了，会改动的内容已不同。请重新查看后再确认。",
			"The data or the plan has moved since you looked, and what would change is different now. Look again, then confirm.")
	}
	return nil
}

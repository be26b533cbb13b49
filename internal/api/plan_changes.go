package api

import (
	"context"
	"errors"
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

// unconfirmed is the problem of an act that changes the past and that nobody has confirmed, with the list for the answer.
type unconfirmed struct {
	*engine.Rewrites
	list PastChanges
}

func (u *unconfirmed) Unwrap() error { return u.Rewrites }

// deliberate does an act that may change what periods were already judged by, if that changes nothing or the caller names the list of
// what it changes. The refusal carries the list. what says which act it is.
func (s *server) deliberate(ctx context.Context, tx *db.Tx, what any, confirmed string, act func() error) error {
	return s.withList(ctx, tx, s.engine.Deliberate(tx, what, confirmed, act))
}

// withList gives a refusal the list of changes as it is shown.
func (s *server) withList(ctx context.Context, tx *db.Tx, err error) error {
	var refused *engine.Rewrites
	if !errors.As(err, &refused) {
		return err
	}
	v, failed := s.viewer(ctx, tx)
	if failed != nil {
		return failed
	}
	list, failed := v.changes(ctx, &refused.Changes)
	if failed != nil {
		return failed
	}
	return &unconfirmed{refused, list}
}

// listed is withList after the transaction that was refused.
func (s *server) listed(ctx context.Context, err error) error {
	if failed := s.db.Read(ctx, func(tx *db.Tx) error {
		err = s.withList(ctx, tx, err)
		return nil
	}); failed != nil {
		return failed
	}
	return err
}

// planChanges tells what a retroactive version would change before anybody decides on it.
func (s *server) planChanges(ctx context.Context, in *planDraft) (*body[PastChanges], error) {
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
	var out PastChanges
	err := s.db.Write(ctx, func(tx *db.Tx) error { // which is undone
		v, p, err := s.visiblePlan(ctx, tx, in.Key)
		if err != nil {
			return err
		}
		if wanted.Definition.Key != p.Key {
			return problem.Bad("key_fixed", "definition.key", "标识不能更改，应为 %q。", "The key cannot change; it must be %q.", p.Key)
		}
		changes, err := s.engine.Changes(tx, publishes(p, wanted.Definition, wanted.EffectiveFrom), func() error {
			return s.publishRetroactively(ctx, tx, wanted.Definition, wanted.EffectiveFrom)
		})
		if err != nil {
			return err
		}
		out, err = v.changes(ctx, &changes)
		return err
	})
	return reply(out), err
}

// publishes names the act of publishing a definition from a day on.
func publishes(p *plan.Plan, def plan.Def, from calendar.Day) any {
	def.EffectiveFrom = &from // a draft may carry another day
	return []any{"publish", p.ID, def}
}

func (s *server) publishRetroactively(ctx context.Context, tx *db.Tx, def plan.Def, from calendar.Day) error {
	_, _, err := s.plans.Publish(tx, actor(ctx), def, from, true)
	return err
}

// changes shapes a list of changes with its totals.
func (v *viewer) changes(ctx context.Context, changes *engine.Changes) (PastChanges, error) {
	out := PastChanges{
		Token: changes.Token, Count: len(changes.List), Subjects: changes.Subjects(), Totals: []CashChange{}, Rows: []PastChange{},
	}
	before, after := map[string]int64{}, map[string]int64{}
	for i := range changes.List {
		c := &changes.List[i]
		row := PastChange{Plan: v.planName(c.PlanID), Period: c.Period.Label, Closed: c.Closed, Subject: v.subject(ctx, c.Ref), Before: givenTexts(c.Before), After: givenTexts(c.After), More: []Amount{}}
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
					return out, err
				}
				if err := addTo(more, g.Amount.Currency, side.sign*g.Amount.Minor); err != nil {
					return out, err
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
	for _, currency := range currenciesOf(before, after) {
		of := func(minor int64) Amount { return *shapeAmount(money.Amount{Minor: minor, Currency: currency}) }
		more, err := money.AddInt(after[currency], -before[currency])
		if err != nil {
			return out, err
		}
		out.Totals = append(out.Totals, CashChange{Before: of(before[currency]), After: of(after[currency]), More: of(more)})
	}
	return out, nil
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
		out = append(out, rule.RewardText(g.Reward, g.Quantity, g.Amount, false))
	}
	return out
}

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

const backtestUsage = `
usage: laurel backtest --plan KEY --from DATE --to DATE [flags]

Judges a plan over history and says who would have earned what in each period, with the base values. Nobody is paid.
The periods that begin from the first day up to and including the last are judged, whatever the plan's effective dates.
With -f, the plan is taken from a definition file and need not be applied.

examples:
  laurel backtest --plan quarter-commission --from 2025-01-01 --to 2025-12-31
  laurel backtest --plan top-five --from 2017-01-01 --to 2017-12-31 --json
  laurel backtest -f new-plan.yaml --plan new-plan --from 2025-01-01 --to 2025-12-31
`

func backtest(ctx context.Context, c *call) error {
	fs, where := c.flags("backtest", backtestUsage)
	key := fs.String("plan", "", "key of the plan")
	fromText := fs.String("from", "", "first day, as 2025-01-01")
	toText := fs.String("to", "", "last day, as 2025-12-31")
	file := fs.String("f", "", "definition file that holds the plan")
	asJSON := fs.Bool("json", false, "print the result as JSON; docs/backtest.md describes it")
	all := fs.Bool("all", false, "tell everybody in the audience, also who has no value and nothing due")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := noArguments("backtest", rest); err != nil {
		return err
	}
	if *key == "" {
		return usageError{"backtest needs --plan KEY, such as --plan quarter-commission"}
	}
	window, err := parseWindow(*fromText, *toText)
	if err != nil {
		return err
	}
	co, err := openExisting(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	if err := co.engine.Settle(ctx); err != nil {
		return err
	}
	var result *engine.Report
	err = co.db.Read(ctx, func(tx *db.Tx) error {
		def, err := co.planDef(tx, *key, *file)
		if err != nil {
			return err
		}
		bt, err := co.engine.BacktestIn(tx, def, window)
		if err != nil {
			return err
		}
		dir, err := co.people.Directory(tx)
		if err != nil {
			return err
		}
		result, err = bt.Report(dir, window, *all)
		return err
	})
	if err != nil {
		return err
	}
	if *asJSON {
		return c.printJSON(result)
	}
	w := tabwriter.NewWriter(c.out, 2, 0, 2, ' ', 0)
	fmt.Fprintln(w, "period\tsubject\tvalue\tdue\trewards")
	for _, row := range result.Rows {
		if row.Quantity == 0 && !*all {
			continue
		}
		value := "—"
		if row.Value != nil {
			value = *row.Value
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\n", row.Period, row.Subject.Name, value, row.Quantity, rewardsOf(row.Dues))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	var dues []engine.ReportDue
	for _, row := range result.Rows {
		dues = append(dues, row.Dues...)
	}
	fmt.Fprintf(c.out, "\n%s for %s in %s; in all %s\n",
		countOf(result.Quantity, "reward", "rewards"), countOf(int64(result.Winners), "winner", "winners"), countOf(int64(len(result.Periods)), "period", "periods"), rewardsOf(dues))
	return nil
}

// rewardsOf adds dues up by reward, cash first: ¥1,000.00, Star × 2.
func rewardsOf(dues []engine.ReportDue) string {
	cash, things := map[string]int64{}, map[rule.Reward]int64{}
	for _, d := range dues {
		if d.Reward.Kind == rule.Cash {
			cash[d.Currency] += d.Minor
		} else {
			things[d.Reward] += d.Quantity
		}
	}
	var out []string
	for _, currency := range slices.Sorted(maps.Keys(cash)) {
		out = append(out, money.FormatAmount(money.Amount{Minor: cash[currency], Currency: currency}))
	}
	named := []string{}
	for reward, quantity := range things {
		named = append(named, rule.RewardText(reward, quantity, money.Amount{}, false).In(i18n.EN))
	}
	slices.Sort(named)
	if out = append(out, named...); len(out) == 0 {
		return "—"
	}
	return strings.Join(out, ", ")
}

// parseWindow reads two inclusive days.
func parseWindow(from, to string) (calendar.Window, error) {
	for _, day := range []struct{ flag, text, example string }{{"--from", from, "2025-01-01"}, {"--to", to, "2025-12-31"}} {
		if day.text == "" {
			return calendar.Window{}, usageError{fmt.Sprintf("backtest needs %s, such as %s %s", day.flag, day.flag, day.example)}
		}
	}
	first, err := calendar.ParseDay(from)
	if err != nil {
		return calendar.Window{}, usageError{"--from: " + err.Error()}
	}
	last, err := calendar.ParseDay(to)
	if err != nil {
		return calendar.Window{}, usageError{"--to: " + err.Error()}
	}
	if last < first {
		return calendar.Window{}, usageError{"--to lies before --from"}
	}
	return calendar.Window{From: first, To: last + 1}, nil
}

// planDef finds a plan in a file, or else the newest version on record, the draft if there is one.
func (co *company) planDef(tx *db.Tx, key, file string) (plan.Def, error) {
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return plan.Def{}, unreadable(file, err)
		}
		parsed, err := definition.Parse(text)
		if err != nil {
			return plan.Def{}, err
		}
		for _, def := range parsed.Plans {
			if def.Key == key {
				return def, nil
			}
		}
		var known []string
		for _, def := range parsed.Plans {
			known = append(known, def.Key)
		}
		return plan.Def{}, problem.New(problem.NotFound, "unknown_plan", "plan", "文件里没有标识为 %q 的奖励方案%s", "the file has no plan %q%s",
			key, problem.Hint(key, known, i18n.Text{}))
	}
	p, err := co.plans.ByKey(tx, key)
	if problem.IsCode(err, "unknown_plan") {
		return plan.Def{}, co.nearestPlan(tx, key)
	}
	if err != nil {
		return plan.Def{}, err
	}
	return p.Versions[len(p.Versions)-1].Def, nil
}

// nearestPlan is the problem of a key that no plan has, with the one that was probably meant. Only whoever can read the
// whole database gets to see it: the API keeps the keys of plans to those who may see them.
func (co *company) nearestPlan(tx *db.Tx, key string) error {
	plans, err := co.plans.All(tx)
	if err != nil {
		return err
	}
	known := make([]string, len(plans))
	for i, p := range plans {
		known[i] = p.Key
	}
	return problem.New(problem.NotFound, "unknown_plan", "plan", "没有标识为 %q 的奖励方案%s", "there is no plan %q%s",
		key, problem.Hint(key, known, i18n.Format("；有 %s", "; there are %s", strings.Join(known[:min(len(known), 12)], ", "))))
}

package verify_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// Random companies prove nothing of what they never have. So each tells what it had, and of what somebody got an award: the words of
// every plan and metric, and the causes of what happened to awards. A long run fails where something is never rewarded.

// manyRuns is from how many companies on everything must have been rewarded.
const manyRuns = 800

// had is what companies had: in how many, and in how many of them it led to an award.
type had map[string][2]int

func (h had) add(what map[string]bool) {
	for name, rewarded := range what {
		n := h[name]
		n[0]++
		if rewarded {
			n[1]++
		}
		h[name] = n
	}
}

// wanted is all that companies should have: every choice of every parameter of every shape, and what lies around them.
func wanted() (out []string) {
	var walk func(path string, list []rule.Param)
	walk = func(path string, list []rule.Param) {
		for _, p := range list {
			at := path + "." + p.Key
			switch {
			case len(p.Choices) > 0:
				for _, c := range p.Choices {
					out = append(out, at+"="+c.Value)
				}
			case len(p.Fields) > 0:
				walk(at, p.Fields)
			case p.Type == rule.YesNoParam:
				out = append(out, at+"=true")
			case p.Type == rule.RewardParam:
				out = append(out, at+".kind=cash")
			case p.Type == rule.MetricParam && p.Key != "minimum":
				out = append(out, at)
			default:
				out = append(out, at)
			}
		}
	}
	for _, s := range rule.Shapes() {
		out = append(out, "shape="+s.Key)
		walk(s.Key, s.Params)
	}
	out = slices.DeleteFunc(out, func(name string) bool { return name == "rate.rows.tiers.times" }) // what a plan gives is not told apart
	for path, values := range around {
		for _, v := range strings.Fields(values) {
			out = append(out, path+"="+v)
		}
	}
	slices.Sort(out)
	return out
}

// around are the choices that plans and metrics have beside their shapes' parameters, the causes of changes, and what is settled.
var around = map[string]string{
	"gates.compare": "at_least above at_most below", "gates.window": "period previous quarter half year", "gates.measure": "count sum average ratio",
	"proration": "amount thresholds", "ramp_on": "amount targets", "split.to": "self manager members person", "split.by": "equal days value",
	"budget.short": "part nothing", "rollup": "reports tree", "earned": "plan", "excludes": "plan", "subject": "person team department",
	"period": "week month quarter half year custom", "judged": "at_once period_end", "rounding": "half_even half_up down up",
	"audience.member": "any_day last_day all_days", "audience": "persons teams departments positions tenure",
	"reward.kind":  "cash points leave badge gift",
	"measure.kind": "count sum average min max median percentile distinct ratio growth attainment combine", "measure.window": "period previous last_year below",
	"measure": "duration working converted converted_field expression", "measure.in": "minutes hours days", "measure.against": "previous last_year fixed",
	"condition": "own followed", "credit": "one several share share_field followed count_share", "fiscal": "january other",
	"zone":    "Asia/Shanghai America/New_York America/Santiago Africa/Cairo Pacific/Kiritimati UTC",
	"version": "first later retroactive ended", "act": "confirmed end resume draft review merge moved_metric organisation closed",
	"settled": "adjustment taken_off below_zero clawback limited statement reopened paid",
	"cause":   "deal/create deal/update deal/delete deal/restore account/update account/delete @person/update @unit/update @membership/update @manager/update @target/create @target/update @target/delete @rate/create @rate/update @rate/delete @organisation/update @metric/define @object/define @plan/define @closing/reopen",
}

// had lists what a company has, true where somebody has an award of it.
func (w *world) had(s script) (map[string]bool, error) {
	out := map[string]bool{}
	note := func(rewarded bool, names ...string) {
		for _, name := range names {
			out[name] = out[name] || rewarded
		}
	}
	err := w.db.Read(w.ctx, func(tx *db.Tx) error {
		plans, err := w.plans.All(tx)
		if err != nil {
			return err
		}
		set, err := w.metrics.All(tx)
		if err != nil {
			return err
		}
		rewarded := map[string]bool{}
		any := false
		err = scan(tx, `SELECT DISTINCT CAST(plan_id AS TEXT) || '/' || CAST(version_no AS TEXT) FROM award WHERE state <> 'reversed'`, func(x string) {
			rewarded[x], any = true, true
		})
		if err != nil {
			return err
		}
		for _, p := range plans {
			for i, v := range p.Published() {
				var names []string
				describe(&names, v.Def, set)
				if i == 0 {
					names = append(names, "version=first")
				} else {
					names = append(names, "version=later")
				}
				if w.backdated[fmt.Sprintf("%s/%d", p.Key, v.No)] {
					names = append(names, "version=retroactive")
				}
				note(rewarded[fmt.Sprintf("%d/%d", p.ID, v.No)], names...)
			}
		}
		fiscal := "fiscal=other"
		if s.Fiscal == 1 {
			fiscal = "fiscal=january"
		}
		note(any, fiscal, "zone="+s.Zone)
		for name, changed := range w.acts {
			note(changed, "act="+name)
		}
		return w.settled(tx, note)
	})
	return out, err
}

// settled notes what changed awards, and what came of closed periods.
func (w *world) settled(tx *db.Tx, note func(bool, ...string)) error {
	err := scan(tx, `SELECT DISTINCT c.object || '/' || c.kind FROM change c`, func(x string) { note(false, "cause="+x) })
	if err != nil {
		return err
	}
	err = scan(tx, `SELECT DISTINCT c.object || '/' || c.kind FROM award_event e JOIN change c ON c.seq = e.cause_seq`, func(x string) { note(true, "cause="+x) })
	if err != nil {
		return err
	}
	for name, query := range map[string]string{
		"settled=adjustment": `SELECT slot FROM award WHERE origin <> '' AND state <> 'reversed'`,
		"settled=taken_off":  `SELECT slot FROM award WHERE origin = '' AND amount < 0`,
		"settled=below_zero": `SELECT slot FROM award WHERE origin <> '' AND amount < 0`,
		"settled=statement":  `SELECT currency FROM statement WHERE awarded <> 0`,
		"settled=clawback":   `SELECT currency FROM statement WHERE taken <> 0`,
		"settled=limited":    `SELECT currency FROM statement WHERE taken <> 0 AND owed_after > 0`,
		"settled=reopened":   `SELECT label FROM closing WHERE reopened_at <> 0`,
		"settled=paid":       `SELECT label FROM closing WHERE paid_at <> 0`,
	} {
		if err := scan(tx, query, func(string) { note(true, name) }); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func scan(tx *db.Tx, query string, each func(string)) error {
	rows, err := tx.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x string
		if err := rows.Scan(&x); err != nil {
			return err
		}
		each(x)
	}
	return rows.Err()
}

var isWord = regexp.MustCompile(`^[a-z][a-z_]+$`)

// words are the leaves of a JSON value by their paths, places of lists left out; words are told, numbers only that they are there.
func words(out *[]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		*out = append(*out, path)
		for key, x := range v {
			words(out, path+"."+key, x)
		}
	case []any:
		for _, x := range v {
			words(out, path, x)
		}
	case string:
		*out = append(*out, path)
		if isWord.MatchString(v) {
			*out = append(*out, path+"="+v)
		}
	case bool:
		*out = append(*out, fmt.Sprintf("%s=%v", path, v))
	case nil:
	default:
		*out = append(*out, path)
	}
}

// describe lists what a plan says.
func describe(out *[]string, def plan.Def, set *metric.Set) {
	var params any
	if err := json.Unmarshal(def.Params, &params); err == nil {
		words(out, def.Shape, params)
	}
	text, err := json.Marshal(def)
	if err != nil {
		panic(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		panic(err)
	}
	for _, key := range []string{"key", "name", "description", "params", "effective_from", "effective_until", "metric"} {
		delete(all, key)
	}
	var found []string
	words(&found, "", all)
	for _, f := range found {
		*out = append(*out, strings.TrimPrefix(f, "."))
	}
	say := func(is bool, name string) {
		if is {
			*out = append(*out, name)
		}
	}
	a := def.Audience
	say(len(a.Persons) > 0, "audience=persons")
	say(len(a.Teams) > 0, "audience=teams")
	say(len(a.Departments) > 0, "audience=departments")
	say(len(a.Positions) > 0, "audience=positions")
	say(a.Tenure != nil, "audience=tenure")
	say(def.Earned != "", "earned=plan")
	say(len(def.Excludes) > 0, "excludes=plan")
	say(def.EffectiveUntil != nil, "version=ended")
	for _, g := range def.Gates {
		if m := set.Key(g.Metric); m != nil {
			*out = append(*out, "gates.measure="+string(m.Def.Measure.Kind))
		}
	}
	if m := set.Key(def.Metric); m != nil {
		describeMetric(out, def.Shape, m.Def, set)
	}
}

func describeMetric(out *[]string, shape string, def metric.Def, set *metric.Set) {
	d := def.Measure
	say := func(is bool, name string) {
		if is {
			*out = append(*out, name)
		}
	}
	*out = append(*out, "measure.kind="+string(d.Kind), shape+" of "+string(d.Kind))
	for _, term := range d.Terms {
		say(term.Window != "", "measure.window="+string(term.Window))
		say(term.Factor().Sign() < 0, "measure.window=below")
	}
	say(d.From != "", "measure=duration")
	say(d.Clock == metric.WorkingTime, "measure=working")
	say(d.In != "", "measure.in="+string(d.In))
	say(d.Against != "", "measure.against="+string(d.Against))
	say(d.CurrencyField != "", "measure=converted_field")
	say(d.Value == "abroad" && d.Currency != "", "measure=converted")
	say(strings.ContainsAny(d.Value, " *+-("), "measure=expression")
	say(def.Condition != "" && !strings.Contains(def.Condition, "account."), "condition=own")
	say(strings.Contains(def.Condition, "account."), "condition=followed")
	say(def.Person != "", "credit=one")
	say(len(def.Credit) > 1, "credit=several")
	say(def.CountBy == metric.CountShare, "credit=count_share")
	for _, c := range def.Credit {
		say(strings.Contains(c.Person, "."), "credit=followed")
		say(c.Share != "", "credit=share")
		say(c.ShareField != "", "credit=share_field")
	}
	for _, key := range []string{d.Of, d.To} {
		if m := set.Key(key); m != nil && d.Kind != metric.Ratio && m.Def.Measure.Kind != metric.Growth {
			*out = append(*out, string(d.Kind)+" of "+string(m.Def.Measure.Kind))
		}
	}
}

// missing lists what is hardly there: below so many companies with an award.
func (h had) missing(least int) (out []string) {
	for _, name := range wanted() {
		if n := h[name]; n[1] < least {
			out = append(out, fmt.Sprintf("%s: %d, rewarded %d", name, n[0], n[1]))
		}
	}
	return out
}

// report tells a test what its companies had.
func (h had) report(t *testing.T, runs int) {
	t.Helper()
	if runs < manyRuns {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		t.Logf("%5d, rewarded %5d  %s", h[name][0], h[name][1], name)
	}
	for _, m := range h.missing(1) {
		t.Errorf("never rewarded: %s", m)
	}
}

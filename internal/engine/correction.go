package engine

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// explainAdjustment opens an adjustment: what is due for the closed period that it corrects, less what stands on record for it.
func (b *batch) explainAdjustment(p *readyPlan, a *award.Award) (*Evidence, error) {
	origin := p.called(calendar.Period{Label: a.Origin, Window: calendar.Window{To: a.OriginTo}})
	steps, err := b.correction(p, a, origin)
	if err != nil {
		return nil, err
	}
	ev := &Evidence{Due: &rule.Due{Ref: a.Subject, Slot: a.Slot, Reward: a.Reward, Quantity: a.Quantity, Amount: a.Amount, Steps: steps}}
	if ev.Plan = p.of(origin); ev.Plan == nil { // the plan does not judge the period any more: nothing is due for it
		ev.Plan = p.versions[len(p.versions)-1].ready
		return ev, nil
	}
	at := *a
	at.Period = origin
	due := ev.Due
	ev.Due = nil
	err = b.points(ev, &at, a.Subject)
	ev.Due = due
	return ev, err
}

// called finds a whole period of which only label and end are known, among those of the plan's versions; it stays as it is where none of
// them has it.
func (p *readyPlan) called(known calendar.Period) calendar.Period {
	for i := len(p.versions) - 1; i >= 0; i-- {
		whole, ok := p.versions[i].Whole(known.To - 1)
		if !ok {
			continue
		}
		own, judged := p.versions[i].In(whole)
		for _, found := range []calendar.Period{whole, own} {
			if found.Label == known.Label && found.To == known.To && (judged || found == whole) {
				return found
			}
		}
	}
	return known
}

// correction writes an adjustment's arithmetic. While it can change, what is due is worked out afresh; once its own period was closed
// too, it is what was on record then and the adjustment.
func (b *batch) correction(p *readyPlan, a *award.Award, origin calendar.Period) ([]rule.Step, error) {
	frozen, err := award.OfPeriod(b.tx, a.PlanID, a.Origin, []rule.Ref{a.Subject})
	if err != nil {
		return nil, err
	}
	all, err := award.Adjustments(b.tx, a.PlanID, a.Origin)
	if err != nil {
		return nil, err
	}
	worth := worthOf(a.Reward, a.Amount.Currency)
	steps := []rule.Step{}
	var onRecord int64
	var parts []string
	for _, each := range frozen {
		if n, same := worth.of(each.Reward, each.Quantity, each.Amount); each.Live() && same {
			onRecord += n
			parts = append(parts, worth.say(n))
		}
	}
	record := rule.Step{
		Label:   i18n.Format("%s关账时的记录", "on record when %s was closed", i18n.Period(a.Origin)),
		Formula: joinParts(parts), Result: worth.say(onRecord),
	}
	var earlier []rule.Step
	for _, each := range all {
		n, same := worth.of(each.Reward, each.Quantity, each.Amount)
		if each.Subject != a.Subject || !each.Live() || !same || !b.closed(each.Period) || each.ID == a.ID || b.closed(a.Period) && each.Period.From >= a.Period.From {
			continue
		}
		onRecord += n
		earlier = append(earlier, rule.Step{Label: i18n.Format("%s的调整", "adjusted in %s", i18n.Period(each.Period.Label)), Result: worth.say(n)})
	}
	own, _ := worth.of(a.Reward, a.Quantity, a.Amount)
	due := rule.Step{Label: i18n.Format("%s现在应得", "due for %s now", i18n.Period(a.Origin)), Result: worth.say(onRecord + own)}
	if b.closed(a.Period) {
		due.Label = i18n.Format("%s关账时，%s应得", "due for %[2]s when %[1]s was closed", i18n.Period(a.Period.Label), i18n.Period(a.Origin))
	} else if r := p.of(origin); r != nil && p.fault(r) == nil {
		refs := []rule.Ref{a.Subject}
		if r.Together() {
			refs = nil
		}
		dues, err := b.dues(r, origin, refs)
		if err != nil && !evaluationFault(err) {
			return nil, err
		}
		due.Formula = worth.list(dues, a.Subject)
	}
	steps = append(append(steps, due, record), earlier...)
	return append(steps, rule.Step{
		Label: i18n.T("差额", "difference"), Formula: worth.say(onRecord+own) + " − " + bracket(worth.say(onRecord)), Result: worth.say(own),
	}), nil
}

// worth measures rewards of one sort: cash of a currency in minor units, or pieces of one thing.
type worth struct {
	currency string
	key      string
	name     i18n.Text
}

func worthOf(r rule.Reward, currency string) worth {
	w := worth{currency: currency, name: r.Name}
	if currency == "" {
		w.key = rewardKey(r)
	}
	return w
}

func rewardKey(r rule.Reward) string {
	text, err := json.Marshal(award.AsStored(r))
	if err != nil {
		return fmt.Sprint(r)
	}
	return string(text)
}

// of is what a reward adds to the measure; ok is false for rewards of another sort.
func (w worth) of(r rule.Reward, quantity int64, amount money.Amount) (n int64, ok bool) {
	if w.currency != "" {
		return amount.Minor, r.Kind == rule.Cash && amount.Currency == w.currency
	}
	return quantity, rewardKey(r) == w.key
}

func (w worth) say(n int64) string {
	if w.currency != "" {
		return money.FormatAmount(money.Amount{Minor: n, Currency: w.currency})
	}
	return strconv.FormatInt(n, 10)
}

// list writes out what is due to a subject.
func (w worth) list(dues []rule.Due, ref rule.Ref) string {
	var parts []string
	for _, d := range dues {
		if n, same := w.of(d.Reward, d.Quantity, d.Amount); same && d.Ref == ref {
			parts = append(parts, w.say(n))
		}
	}
	return joinParts(parts)
}

// joinParts writes a sum; of one that is too long to read, its parts are only counted.
func joinParts(parts []string) string {
	const most = 6
	switch {
	case len(parts) == 0:
		return "0"
	case len(parts) == 1:
		return parts[0]
	case allEqual(parts):
		return parts[0] + " × " + strconv.Itoa(len(parts))
	case len(parts) > most:
		return strings.Join(parts[:most-1], " + ") + " + … (" + strconv.Itoa(len(parts)) + ")"
	}
	return strings.Join(parts, " + ")
}

func allEqual(parts []string) bool {
	for _, p := range parts {
		if p != parts[0] {
			return false
		}
	}
	return true
}

func bracket(figure string) string {
	if strings.HasPrefix(figure, "-") || strings.HasPrefix(figure, "−") {
		return "(" + figure + ")"
	}
	return figure
}

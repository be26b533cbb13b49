package engine

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// Report is a back-test as scripts and people read it. Numbers are decimal strings.
type Report struct {
	Plan     string         `json:"plan"`
	Shape    string         `json:"shape"`
	Metric   string         `json:"metric"`
	Sentence i18n.Text      `json:"sentence"`
	From     calendar.Day   `json:"from"`
	To       calendar.Day   `json:"to"` // last day
	Currency string         `json:"currency"`
	Periods  []ReportPeriod `json:"periods"`
	Rows     []ReportRow    `json:"rows"` // by period, then subject; everybody in the audience with a value other than 0, or a due
	Winners  int            `json:"winners"`
	Quantity int64          `json:"quantity"`
	Amount   string         `json:"amount"`
}

// ReportPeriod is one period's totals.
type ReportPeriod struct {
	Label    string       `json:"label"`
	From     calendar.Day `json:"from"`
	To       calendar.Day `json:"to"` // first day after it
	Subjects int          `json:"subjects"`
	Winners  int          `json:"winners"`
	Quantity int64        `json:"quantity"`
	Amount   string       `json:"amount"`
}

// ReportRow is one subject in one period.
type ReportRow struct {
	Period   string        `json:"period"`
	Subject  ReportSubject `json:"subject"`
	Value    *string       `json:"value"` // the base value; null when there is none
	Quantity int64         `json:"quantity"`
	Amount   string        `json:"amount"` // cash due; "0.00" when there is none
	Minor    int64         `json:"amount_minor"`
	Currency string        `json:"currency"`
	Dues     []ReportDue   `json:"dues"`
}

// ReportSubject names a subject.
type ReportSubject struct {
	Kind rule.SubjectKind `json:"kind"`
	ID   int64            `json:"id"`
	Key  string           `json:"key"`
	Name string           `json:"name"`
}

// ReportDue is one reward that would be due.
type ReportDue struct {
	Slot     string      `json:"slot"`
	Reward   rule.Reward `json:"reward"`
	Quantity int64       `json:"quantity"`
	Amount   string      `json:"amount"`
	Minor    int64       `json:"amount_minor"`
	Moment   int64       `json:"moment"` // µs UTC; 0 is the period's end
	Steps    []rule.Step `json:"steps"`
}

// Report puts a back-test into rows. All cash of one plan is in one currency.
func (bt *Backtest) Report(dir *people.Directory, w calendar.Window) (*Report, error) {
	r := bt.Plan
	out := &Report{
		Plan: r.Def.Key, Shape: r.Def.Shape, Metric: r.Def.Metric, Sentence: r.Sentence(),
		From: w.From, To: w.To - 1, Currency: r.Currency(), Periods: []ReportPeriod{}, Rows: []ReportRow{},
	}
	var total int64
	winners := map[rule.Ref]bool{}
	for _, p := range bt.Periods {
		dues := map[rule.Ref][]rule.Due{}
		for _, d := range p.Dues {
			dues[d.Ref] = append(dues[d.Ref], d)
			winners[d.Ref] = true
		}
		sum := ReportPeriod{Label: p.Period.Label, From: p.Period.From, To: p.Period.To, Subjects: len(p.Subjects), Winners: len(dues)}
		var minor int64
		for _, s := range p.Subjects {
			row, err := reportRow(dir, p.Period, s, dues[s.Ref], out.Currency)
			if err != nil {
				return nil, err
			}
			sum.Quantity += row.Quantity
			if minor, err = money.AddInt(minor, row.Minor); err != nil {
				return nil, fmt.Errorf("add up the back-test: %w", err)
			}
			if row.Quantity > 0 || s.Has && s.Value.Sign() != 0 {
				out.Rows = append(out.Rows, row)
			}
		}
		sum.Amount = decimalOf(minor, out.Currency)
		out.Periods = append(out.Periods, sum)
		out.Quantity += sum.Quantity
		var err error
		if total, err = money.AddInt(total, minor); err != nil {
			return nil, fmt.Errorf("add up the back-test: %w", err)
		}
	}
	out.Winners, out.Amount = len(winners), decimalOf(total, out.Currency)
	return out, nil
}

func reportRow(dir *people.Directory, p calendar.Period, s rule.Subject, dues []rule.Due, currency string) (ReportRow, error) {
	row := ReportRow{Period: p.Label, Subject: NameSubject(dir, s.Ref), Currency: currency, Dues: []ReportDue{}}
	if s.Has {
		text := s.Value.String()
		row.Value = &text
	}
	for _, d := range dues {
		row.Quantity += d.Quantity
		var err error
		if row.Minor, err = money.AddInt(row.Minor, d.Amount.Minor); err != nil {
			return row, fmt.Errorf("add up the back-test: %w", err)
		}
		row.Dues = append(row.Dues, ReportDue{
			Slot: d.Slot, Reward: d.Reward, Quantity: d.Quantity, Amount: decimalOf(d.Amount.Minor, currency), Minor: d.Amount.Minor, Moment: d.Moment, Steps: d.Steps,
		})
	}
	row.Amount = decimalOf(row.Minor, currency)
	return row, nil
}

func decimalOf(minor int64, currency string) string {
	return money.Amount{Minor: minor, Currency: currency}.Decimal().String()
}

// NameSubject finds what a subject is called.
func NameSubject(dir *people.Directory, ref rule.Ref) ReportSubject {
	out := ReportSubject{Kind: ref.Kind, ID: ref.ID}
	if ref.Kind == rule.Person {
		if p, ok := dir.Person(ref.ID); ok {
			out.Key, out.Name = p.Key, p.Name
		}
		return out
	}
	if u, ok := dir.Unit(ref.ID); ok {
		out.Key, out.Name = u.Key, u.Name.In(dir.Organisation.Language)
	}
	return out
}

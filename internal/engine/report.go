package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// Report is a back-test as scripts and people read it. Numbers are decimal strings, fractions two integers: "31/45".
type Report struct {
	Plan     string         `json:"plan" doc:"Key of the plan"`
	Shape    string         `json:"shape"`
	Metric   string         `json:"metric" doc:"Key of the plan's metric; empty where another plan's rewards are judged"`
	Sentence i18n.Text      `json:"sentence" doc:"The whole rule in plain words"`
	From     calendar.Day   `json:"from"`
	To       calendar.Day   `json:"to" doc:"Last day"`
	Currency string         `json:"currency" doc:"Of the cash that the plan pays"`
	Periods  []ReportPeriod `json:"periods"`
	Rows     []ReportRow    `json:"rows" doc:"By period, then subject: who has a value other than 0, or something due; with --all everybody in the audience"`
	Winners  int            `json:"winners" doc:"Different subjects with something due"`
	Quantity int64          `json:"quantity" doc:"Rewards in all"`
	Amount   string         `json:"amount" doc:"Cash in all, in the report's currency"`
}

// ReportPeriod is one period's totals.
type ReportPeriod struct {
	Label    string       `json:"label" doc:"2017, 2017-H1, 2017-Q1, 2017-03, 2017-W05, or the name of a listed period"`
	From     calendar.Day `json:"from"`
	To       calendar.Day `json:"to" doc:"First day after it"`
	Last     calendar.Day `json:"last" doc:"Last day"`
	Subjects int          `json:"subjects" doc:"In the audience"`
	Ranked   int          `json:"ranked" doc:"Of a rank: among how many; of a race: how many got there; else 0"`
	Places   int64        `json:"places" doc:"Of a rank or race: winning places, before ties at the last one are judged; else 0"`
	Winners  int          `json:"winners"`
	Quantity int64        `json:"quantity"`
	Amount   string       `json:"amount"`
}

// ReportRow is one subject in one period.
type ReportRow struct {
	Period   string            `json:"period"`
	Subject  ReportSubject     `json:"subject"`
	Value    *string           `json:"value" doc:"Base value for people, at most 6 places; null when there is none"`
	Exact    *string           `json:"exact" doc:"Base value to compare with: a decimal, or a fraction of two integers such as 31/45"`
	Figures  []ReportFigure    `json:"figures" doc:"Every metric that the rule and its gates read, and the parts of ratios, in this period and those that it is compared with"`
	Rank     *int              `json:"rank" doc:"Of a rank: the place, shared by those who tie; null when not ranked"`
	Quantity int64             `json:"quantity" doc:"How many rewards are due"`
	Amount   string            `json:"amount" doc:"Cash due, rounded once; 0.00 when there is none"`
	Minor    int64             `json:"amount_minor" doc:"The same in minor units: cents, fen"`
	Currency string            `json:"currency"`
	Amounts  map[string]string `json:"amounts" doc:"Cash due by currency"`
	Dues     []ReportDue       `json:"dues"`
}

// ReportSubject names a subject.
type ReportSubject struct {
	Kind rule.SubjectKind `json:"kind" enum:"person,team,department"`
	ID   int64            `json:"id"`
	Key  string           `json:"key" doc:"Key of the person, team or department"`
	Name string           `json:"name"`
}

// ReportFigure is a value that the rule reads.
type ReportFigure struct {
	Metric string  `json:"metric"`
	Period string  `json:"period"`
	Value  *string `json:"value" doc:"For people; null when there is none"`
	Exact  *string `json:"exact" doc:"A decimal, or a fraction of two integers"`
}

// ReportDue is one reward that would be due.
type ReportDue struct {
	Slot     string         `json:"slot" doc:"Tells a subject's dues of one period apart: 1, 2, … of every; the step of reach"`
	Reward   rule.Reward    `json:"reward"`
	Quantity int64          `json:"quantity"`
	Amount   string         `json:"amount" doc:"Cash; 0.00 when the reward is none"`
	Minor    int64          `json:"amount_minor"`
	Currency string         `json:"currency" doc:"Of the cash"`
	Moment   int64          `json:"moment" doc:"µs since 1970 UTC at which it fell due; 0 is the period's end"`
	From     *ReportSubject `json:"from,omitempty" doc:"Of a share: who earned what is shared"`
	Steps    []rule.Step    `json:"steps" doc:"The arithmetic, in order"`
}

// Report puts a back-test into rows. all keeps those of the audience who have neither a value nor anything due. It reads
// on in the transaction of BacktestIn.
func (bt *Backtest) Report(dir *people.Directory, w calendar.Window, all bool) (*Report, error) {
	r := bt.Plan
	out := &Report{
		Plan: r.Def.Key, Shape: r.Def.Shape, Metric: r.Def.Metric, Sentence: r.Sentence(),
		From: w.From, To: w.To - 1, Currency: bt.currency(), Periods: []ReportPeriod{}, Rows: []ReportRow{},
	}
	var total int64
	winners := map[rule.Ref]bool{}
	for i := range bt.Periods {
		p := &bt.Periods[i]
		rows, sum, err := bt.reportPeriod(dir, p, out.Currency)
		if err != nil {
			return nil, fmt.Errorf("report %s: %w", p.Period.Label, err)
		}
		var minor int64
		for _, row := range rows {
			sum.Quantity += row.Quantity
			if row.Currency == out.Currency {
				if minor, err = money.AddInt(minor, row.Minor); err != nil {
					return nil, fmt.Errorf("add up the back-test: %w", err)
				}
			}
			if row.Quantity > 0 {
				winners[rule.Ref{Kind: row.Subject.Kind, ID: row.Subject.ID}] = true
				sum.Winners++
			}
			if all || row.Quantity > 0 || row.Exact != nil && *row.Exact != "0" {
				out.Rows = append(out.Rows, row)
			}
		}
		sum.Amount = decimalOf(minor, out.Currency)
		out.Periods = append(out.Periods, sum)
		out.Quantity += sum.Quantity
		if total, err = money.AddInt(total, minor); err != nil {
			return nil, fmt.Errorf("add up the back-test: %w", err)
		}
	}
	out.Winners, out.Amount = len(winners), decimalOf(total, out.Currency)
	return out, nil
}

// currency is that of the cash: of what is due, for a share of an amount is paid in the amount's own; else the plan's.
func (bt *Backtest) currency() string {
	for _, p := range bt.Periods {
		for _, d := range p.Dues {
			if d.Amount.Currency != "" && bt.Plan.Def.Reward.Currency == "" {
				return d.Amount.Currency
			}
		}
	}
	return bt.Plan.Currency()
}

// reportPeriod is everybody of one period: its subjects, and those who only get a share of what another earned.
func (bt *Backtest) reportPeriod(dir *people.Directory, p *BacktestPeriod, currency string) ([]ReportRow, ReportPeriod, error) {
	sum := ReportPeriod{Label: p.Period.Label, From: p.Period.From, To: p.Period.To, Last: p.Period.To - 1, Subjects: len(p.Subjects)}
	places, err := bt.places(p, &sum)
	if err != nil {
		return nil, sum, err
	}
	dues := map[rule.Ref][]rule.Due{}
	for _, d := range p.Dues {
		dues[d.Ref] = append(dues[d.Ref], d)
	}
	figures := bt.figuresOf(p)
	var rows []ReportRow
	add := func(s rule.Subject, judged bool) error {
		row, err := reportRow(dir, p.Period, s, dues[s.Ref], currency)
		if err != nil {
			return err
		}
		delete(dues, s.Ref)
		if place := places[s.Ref]; place > 0 {
			row.Rank = &place
		}
		if judged {
			if row.Figures, err = figures(s.Ref); err != nil {
				return err
			}
		}
		rows = append(rows, row)
		return nil
	}
	for _, s := range p.Subjects {
		if err := add(s, true); err != nil {
			return nil, sum, err
		}
	}
	var others []rule.Ref
	for ref := range dues {
		others = append(others, ref)
	}
	slices.SortFunc(others, func(a, b rule.Ref) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	for _, ref := range others {
		if err := add(rule.Subject{Ref: ref}, false); err != nil {
			return nil, sum, err
		}
	}
	return rows, sum, nil
}

// places are the ranks of those who are ranked; other shapes have none.
func (bt *Backtest) places(p *BacktestPeriod, sum *ReportPeriod) (map[rule.Ref]int, error) {
	if !bt.Plan.Shape.Population() {
		return nil, nil
	}
	admitted, err := p.Context.Admitted(bt.Plan.Def.Gates, p.Period, p.Subjects)
	if err != nil {
		return nil, err
	}
	out := map[rule.Ref]int{}
	for _, stand := range rule.Standing(bt.Plan.Shape, p.Context, admitted) {
		if stand.Progress.Rank > 0 {
			out[stand.Ref] = stand.Progress.Rank
		}
	}
	sum.Ranked, sum.Places, err = rule.PlacesOf(bt.Plan.Shape, p.Context, admitted)
	return out, err
}

// figuresOf reads, for one subject after the other, every metric that decides: in the judged period and in those that the
// rule compares it with.
func (bt *Backtest) figuresOf(p *BacktestPeriod) func(rule.Ref) ([]ReportFigure, error) {
	keys := slices.DeleteFunc(bt.Plan.ReadKeys(), func(key string) bool { return key == "" })
	slices.Sort(keys)
	periods := []calendar.Period{p.Period}
	back := bt.Plan.Back()
	for n := 1; n <= min(back.Periods, maxFigurePeriods); n++ {
		if earlier, ok := p.Context.World.Back(p.Period, n); ok {
			periods = append(periods, earlier)
		}
	}
	if back.Year {
		if earlier, ok := p.Context.World.YearBefore(p.Period); ok {
			periods = append(periods, earlier)
		}
	}
	return func(ref rule.Ref) ([]ReportFigure, error) {
		out := []ReportFigure{}
		for _, at := range periods {
			for _, key := range keys {
				s, err := p.Context.World.Subject(key, ref, at)
				if err != nil {
					return nil, err
				}
				f := ReportFigure{Metric: key, Period: at.Label}
				f.Value, f.Exact = written(s)
				out = append(out, f)
			}
		}
		return out, nil
	}
}

// maxFigurePeriods bounds the earlier periods whose figures are told.
const maxFigurePeriods = 12

// written is a value for people, and exactly; nil, nil for no value.
func written(s rule.Subject) (text, exact *string) {
	if !s.Has {
		return nil, nil
	}
	value, complete := s.Value.Text()
	all := value
	if !complete {
		all = strconv.FormatInt(s.Value.Num(), 10) + "/" + strconv.FormatInt(s.Value.Den(), 10)
	}
	return &value, &all
}

func reportRow(dir *people.Directory, p calendar.Period, s rule.Subject, dues []rule.Due, currency string) (ReportRow, error) {
	row := ReportRow{
		Period: p.Label, Subject: NameSubject(dir, s.Ref), Currency: currency, Figures: []ReportFigure{}, Amounts: map[string]string{}, Dues: []ReportDue{},
	}
	row.Value, row.Exact = written(s)
	cash, err := Cost(dues)
	if err != nil {
		return row, fmt.Errorf("add up the back-test: %w", err)
	}
	for code, minor := range cash {
		row.Amounts[code] = decimalOf(minor, code)
		if len(cash) == 1 {
			row.Currency = code
		}
	}
	row.Minor = cash[row.Currency]
	row.Amount = decimalOf(row.Minor, row.Currency)
	for _, d := range dues {
		row.Quantity += d.Quantity
		due := ReportDue{
			Slot: d.Slot, Reward: d.Reward, Quantity: d.Quantity, Currency: cmp.Or(d.Amount.Currency, row.Currency), Minor: d.Amount.Minor, Moment: d.Moment, Steps: d.Steps,
		}
		due.Amount = decimalOf(d.Amount.Minor, due.Currency)
		if d.From != (rule.Ref{}) {
			from := NameSubject(dir, d.From)
			due.From = &from
		}
		row.Dues = append(row.Dues, due)
	}
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

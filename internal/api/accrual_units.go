package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/intake"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/rule"
	"laurel/internal/statement"
)

type accrualQuery struct {
	By string `query:"by" enum:"plan,department,team" default:"plan" doc:"A line for each plan and period, or for each department or team"`
}

// accrualOfUnits adds up the cash of an accrual by department or team. Whoever was in several counts where they were last, in the first of
// these by key; whoever was in none has a line without a unit.
func (v *viewer) accrualOfUnits(list []statement.SubjectAccrual, kind people.UnitKind) ([]AccrualUnit, error) {
	type place struct {
		unit     int64
		currency string
	}
	sums := map[place]*statement.SubjectAccrual{}
	for _, s := range list {
		at := place{v.unitOn(s.Subject, s.End-1, kind), s.Currency}
		if sums[at] == nil {
			sums[at] = &statement.SubjectAccrual{Currency: s.Currency}
		}
		if err := sums[at].Add(s); err != nil {
			return nil, err
		}
	}
	out := []AccrualUnit{}
	for at, s := range sums {
		if s.Granted == 0 && s.Provisional == 0 && s.Taken == 0 {
			continue
		}
		text := func(minor int64) string { return money.Amount{Minor: minor, Currency: at.currency}.Decimal().String() }
		line := AccrualUnit{Currency: at.currency, Granted: text(s.Granted), Provisional: text(s.Provisional), Taken: text(s.Taken), Payable: text(s.Granted + s.Provisional - s.Taken)}
		if u, ok := v.dir.Unit(at.unit); ok {
			line.Unit = &KeyName{Key: u.Key, Name: u.Name}
		}
		out = append(out, line)
	}
	slices.SortFunc(out, func(a, b AccrualUnit) int {
		return cmp.Or(cmp.Compare(keyOfUnit(a), keyOfUnit(b)), cmp.Compare(a.Currency, b.Currency))
	})
	return out, nil
}

// keyOfUnit sorts what belongs to no unit behind the others.
func keyOfUnit(u AccrualUnit) string {
	if u.Unit == nil {
		return "\U0010ffff"
	}
	return u.Unit.Key
}

// unitOn is the department or team in which a subject is counted on a day; 0 for none. A team counts in the department above it.
func (v *viewer) unitOn(ref rule.Ref, day calendar.Day, kind people.UnitKind) int64 {
	if ref.Kind != rule.Person {
		for id := ref.ID; id != 0; {
			u, ok := v.dir.Unit(id)
			if !ok {
				return 0
			}
			if u.Kind == kind {
				return u.ID
			}
			id = u.ParentID
		}
		return 0
	}
	if unit := v.unitOfPerson(ref.ID, day, kind); unit != 0 || kind != people.Department {
		return unit
	}
	if team := v.unitOfPerson(ref.ID, day, people.Team); team != 0 { // by the department that the team is in
		return v.unitOn(rule.Ref{Kind: rule.Team, ID: team}, day, kind)
	}
	return 0
}

// unitOfPerson is the unit of a kind to which a person belonged last, up to a day.
func (v *viewer) unitOfPerson(id int64, day calendar.Day, kind people.UnitKind) int64 {
	var best *people.Unit
	last := calendar.MinDay
	for _, span := range v.dir.SpansOf(id) {
		u, ok := v.dir.Unit(span.UnitID)
		if !ok || u.Kind != kind || span.Window.From > day {
			continue
		}
		until := min(day, span.Window.To-1)
		if best == nil || until > last || until == last && u.Key < best.Key {
			best, last = u, until
		}
	}
	if best == nil {
		return 0
	}
	return best.ID
}

var accrualWords = map[string]i18n.Text{
	"plan": i18n.T("方案", "Plan"), "period": i18n.T("周期", "Period"), "department": i18n.T("部门", "Department"), "team": i18n.T("团队", "Team"),
	"reward": i18n.T("奖励", "Reward"), "state": i18n.T("状态", "State"), "closed": i18n.T("已关账", "Closed"), "adjustment": i18n.T("调整", "Adjustment"),
	"awards": i18n.T("个数", "Awards"), "quantity": i18n.T("数量", "Number"), "currency": i18n.T("币种", "Currency"), "amount": i18n.T("金额", "Amount"),
	"cost": i18n.T("成本", "Cost"), "granted": i18n.T("已授予", "Granted"), "provisional": i18n.T("暂定", "Provisional"), "taken": i18n.T("已追回", "Taken back"),
	"payable": i18n.T("应发", "Payable"), "total": i18n.T("合计", "Total"), "none": i18n.T("（不在任何部门或团队）", "(in none)"), "yes": i18n.T("是", "yes"),
}

// accrualCSV is the accrual as a table for a spreadsheet, with its control totals below.
func (s *server) accrualCSV(ctx context.Context, in *accrualQuery) (*fileOutput, error) {
	if err := allow(ctx, auth.SeeAllAwards); err != nil {
		return nil, err
	}
	out, err := s.accrualOf(ctx)
	if err != nil {
		return nil, err
	}
	lang := language(ctx)
	word := func(key string) string { return accrualWords[key].In(lang) }
	var rows [][]string
	heads := func(keys ...string) {
		row := make([]string, len(keys))
		for i, key := range keys {
			row[i] = word(key)
		}
		rows = append(rows, row)
	}
	switch in.By {
	case "department", "team":
		heads(in.By, "currency", "granted", "provisional", "taken", "payable")
		list := out.Departments
		if in.By == "team" {
			list = out.Teams
		}
		for _, u := range list {
			name := word("none")
			if u.Unit != nil {
				name = u.Unit.Name.In(lang)
			}
			rows = append(rows, []string{name, u.Currency, u.Granted, u.Provisional, u.Taken, u.Payable})
		}
		for _, t := range out.Totals {
			rows = append(rows, []string{word("total"), t.Currency, t.Granted, t.Provisional, t.Taken, t.Payable})
		}
	default:
		heads("plan", "period", "reward", "state", "adjustment", "closed", "awards", "quantity", "currency", "amount", "cost")
		for _, l := range out.Lines {
			rows = append(rows, l.row(lang, word))
		}
		for _, t := range out.Totals {
			if !isZeroText(t.Taken) {
				rows = append(rows, []string{word("taken"), "", "", "", "", "", "", "", t.Currency, minus(t.Taken), ""})
			}
			rows = append(rows, []string{word("total"), "", "", "", "", "", "", "", t.Currency, t.Payable, ""})
		}
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // spreadsheets take a file without it for the system's own encoding
	w := csv.NewWriter(&b)
	for _, row := range rows {
		row[0] = intake.Neutral(row[0]) // the only text that people wrote
		if err := w.Write(row); err != nil {
			return nil, fmt.Errorf("write the accrual: %w", err)
		}
	}
	w.Flush()
	return &fileOutput{ContentType: "text/csv; charset=utf-8", Disposition: attachment("accrual-" + in.By + "-" + out.AsOf.String() + ".csv"), Body: b.Bytes()}, w.Error()
}

func (l *AccrualLine) row(lang i18n.Lang, word func(string) string) []string {
	is := func(yes bool) string {
		if yes {
			return word("yes")
		}
		return ""
	}
	state := word("granted")
	if l.Provisional {
		state = word("provisional")
	}
	row := []string{l.Plan.Name.In(lang), l.Period, l.Kind, state, is(l.Adjustment), is(l.Closed), fmt.Sprint(l.Awards), cmp.Or(l.Figure, fmt.Sprint(l.Quantity)), "", "", ""}
	if l.Amount != nil {
		row[8], row[9] = l.Amount.Currency, l.Amount.Amount
	}
	if l.Cost != nil {
		row[10] = l.Cost.Amount
	}
	return row
}

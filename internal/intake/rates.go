package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// MaxRates is how many exchange rates one file may have: they are written in one transaction.
const MaxRates = 20_000

// What the columns of a table of exchange rates can be. A column may also be headed by a currency, with its rates below.
const (
	rateCurrency = "currency"
	rateFrom     = "from"
	rateRate     = "rate"
	ratePer      = "per" // 100, where rates are quoted for so many units
)

var rateWords = map[string][]string{
	rateCurrency: {"currency", "currencycode", "code", "币种", "货币", "外币"},
	rateFrom:     {"from", "date", "day", "validfrom", "effectivefrom", "日期", "生效日期", "起始日期", "从哪天起"},
	rateRate:     {"rate", "exchangerate", "汇率", "中间价", "折算率"},
	ratePer:      {"per", "unit", "units", "单位", "数量", "外币数量"},
}

// RateReport is what a table of exchange rates did, or would do.
type RateReport struct {
	Report
	Ignored []string `json:"ignored"` // columns that say nothing of rates
}

// rateLoad is one run of an import of exchange rates.
type rateLoad struct {
	survey  *Survey
	opts    Options
	order   Order
	columns map[string]*Column
	wide    []*Column // headed by a currency
	had     map[string]money.Decimal
	seen    map[string]int // line by currency and day
	trouble trouble
	report  RateReport
}

// RunRates loads a table of exchange rates into the organisation's: all of them, or none where a row is wrong. order is that of
// dates with the year last, where the file does not settle it.
func (s *Store) RunRates(ctx context.Context, metrics *metric.Store, file *File, survey *Survey, order Order, opts Options) (*RateReport, error) {
	if survey.Rows > MaxRates {
		return nil, problem.New(problem.TooLarge, "too_many_rows", "", "一次最多导入 %d 条汇率。", "At most %d exchange rates are imported at once.", MaxRates)
	}
	var l *rateLoad
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		l = &rateLoad{survey: survey, opts: opts, order: order, seen: map[string]int{}, had: map[string]money.Decimal{}}
		l.trouble.sink = opts.Bad
		l.report = RateReport{Report: Report{Status: Running, Total: survey.Rows}, Ignored: []string{}}
		if err := l.findColumns(); err != nil {
			return err
		}
		known, err := metrics.Rates(tx)
		if err != nil {
			return err
		}
		for _, r := range known.List() {
			l.had[place(r)] = r.Rate
		}
		err = file.each(ctx, survey, func(row *Row) error {
			l.report.Done++
			return l.row(tx, metrics, row)
		}, func(int, i18n.Text, *Row) {})
		if err == nil && (opts.DryRun || l.report.Failed > 0) {
			err = errDryRun
		}
		return err
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return nil, err
	}
	l.finish()
	return &l.report, nil
}

func place(r metric.Rate) string { return r.Currency + " " + r.From.String() }

// finish says what was done: nothing, where something is wrong.
func (l *rateLoad) finish() {
	r := &l.report
	r.Problems, r.Mends = l.trouble.first, l.trouble.mends(func(string, string) string { return "" })
	if r.Problems == nil {
		r.Problems = []Problem{}
	}
	switch {
	case l.opts.DryRun:
		r.Status = Checked
	case r.Failed > 0:
		r.Status, r.Created, r.Updated, r.Unchanged = Failed, 0, 0, 0
		r.Fault = i18n.T("有的行不对，所以什么都没有保存。改好后再导入一次。", "Some rows are wrong, so nothing was saved. Mend them and import again.")
	default:
		r.Status = Done
	}
}

func (l *rateLoad) findColumns() error {
	l.columns = map[string]*Column{}
	for i := range l.survey.Columns {
		c := &l.survey.Columns[i]
		name := plainName(c.Name)
		at := slices.IndexFunc([]string{rateCurrency, rateFrom, rateRate, ratePer}, func(key string) bool { return slices.Contains(rateWords[key], name) })
		_, isCurrency := money.MinorUnits(codeOf(c.Name))
		switch {
		case at >= 0:
			key := []string{rateCurrency, rateFrom, rateRate, ratePer}[at]
			if l.columns[key] != nil {
				return problem.Bad("field_taken", c.Name, "列 %q 和 %q 说的是同一件事，请去掉一个。", "The columns %q and %q say the same. Leave one out.", l.columns[key].Name, c.Name)
			}
			l.columns[key] = c
		case isCurrency:
			l.wide = append(l.wide, c)
		default:
			l.report.Ignored = append(l.report.Ignored, c.Name)
		}
	}
	long := l.columns[rateCurrency] != nil && l.columns[rateRate] != nil
	if l.columns[rateFrom] == nil || long == (len(l.wide) > 0) {
		return problem.Bad("no_rate_columns", "",
			"看不出哪些列是汇率：请用“币种、日期、汇率”三列，或一列日期加上以币种代码（USD、EUR）为标题的列。文件里有：%s。",
			"It is not clear which columns hold rates: use the columns currency, from and rate, or from and a column headed by the code of each currency (USD, EUR). The file has: %s.",
			l.survey.columnList())
	}
	return nil
}

func codeOf(text string) string { return strings.ToUpper(strings.TrimSpace(fold(text))) }

// row takes the rates of one line.
func (l *rateLoad) row(tx *db.Tx, metrics *metric.Store, row *Row) error {
	if row.Bad != nil {
		return l.reject(Problem{Line: row.Line, Value: cut(rowText(row), maxShown), Code: row.Bad.Code, Reason: row.Bad.Message})
	}
	from, wrong := l.read(row, l.columns[rateFrom], record.TypeDate)
	if from == "" && wrong == nil {
		wrong = l.missing(row, l.columns[rateFrom])
	}
	if wrong != nil {
		return l.reject(*wrong)
	}
	day, err := calendar.ParseDay(from)
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	per, wrong := l.read(row, l.columns[ratePer], record.TypeNumber)
	if wrong != nil {
		return l.reject(*wrong)
	}
	columns := l.wide
	if len(columns) == 0 {
		columns = []*Column{l.columns[rateRate]}
	}
	failed := false
	for _, c := range columns {
		currency := codeOf(c.Name)
		if len(l.wide) == 0 {
			if currency, wrong = l.read(row, l.columns[rateCurrency], record.TypeText); currency == "" && wrong == nil {
				wrong = l.missing(row, l.columns[rateCurrency])
			}
			currency = codeOf(currency)
		}
		if wrong == nil {
			wrong, err = l.rate(tx, metrics, row, c, metric.Rate{Currency: currency, From: day}, per)
		}
		if err != nil {
			return err
		}
		if wrong != nil {
			if err := l.trouble.add(*wrong); err != nil {
				return err
			}
			failed, wrong = true, nil
		}
	}
	if failed {
		l.report.Failed++
	}
	return nil
}

// rate takes one rate of a line, or says what is wrong with it.
func (l *rateLoad) rate(tx *db.Tx, metrics *metric.Store, row *Row, c *Column, r metric.Rate, per string) (*Problem, error) {
	text, wrong := l.read(row, c, record.TypeNumber)
	switch {
	case wrong != nil:
		return wrong, nil
	case text == "" && len(l.wide) > 0:
		return nil, nil // no new rate of this currency on that day
	case text == "":
		return l.missing(row, c), nil
	}
	refuse := func(p *problem.Error) *Problem {
		return &Problem{Line: row.Line, Column: c.Name, Value: text, Code: p.Code, Reason: p.Message}
	}
	var err error
	if r.Rate, err = money.ParseDecimal(text); err != nil {
		return refuse(problem.Bad("not_a_number", "", "%s 不是数字。", "%s is not a number.", text)), nil
	}
	if per != "" {
		if r.Rate, err = perUnits(r.Rate, per); err != nil {
			wrong := refuse(problem.Bad("bad_unit", "", "单位 %s 不行，请写 1、10、100 或 1000 这样的数。", "The unit %s will not do: write 1, 10, 100 or 1000.", per))
			wrong.Column, wrong.Value = l.columns[ratePer].Name, per
			return wrong, nil
		}
	}
	if line, twice := l.seen[place(r)]; twice {
		return refuse(problem.Bad("duplicate_key", "", "%s 在第 %d 行已经有了，请去掉一行。", "%s stands in line %d already. Remove one of them.", place(r), line)), nil
	}
	l.seen[place(r)] = row.Line
	var changed bool
	err = tx.Nested(func() (err error) {
		_, changed, err = metrics.SaveRate(tx, l.opts.Actor, r)
		return err
	})
	if p, ok := problem.As(err); ok && p.Kind != problem.Unavailable {
		wrong := refuse(p)
		if key := map[string]string{"currency": rateCurrency, "from": rateFrom}[p.Field]; key != "" && l.columns[key] != nil {
			wrong.Column = l.columns[key].Name
			wrong.Value = display(cellOf(row, l.columns[key]))
		}
		return wrong, nil
	}
	if err != nil {
		return nil, err
	}
	switch _, was := l.had[place(metric.Rate{Currency: r.Currency, From: r.From})]; {
	case !changed:
		l.report.Unchanged++
	case was:
		l.report.Updated++
	default:
		l.report.Created++
	}
	return nil, nil
}

// perUnits is a rate that was quoted for so many units of the currency, for one of them.
func perUnits(rate money.Decimal, per string) (money.Decimal, error) {
	n, err := money.ParseDecimal(per)
	if err != nil {
		return rate, err
	}
	for scale := range uint8(5) {
		if n.Cmp(money.Decimal{Coef: money.Pow10(scale)}) == 0 {
			return money.ParseDecimal(shifted(rate.String(), int(scale)))
		}
	}
	return rate, fmt.Errorf("%s is no power of ten", per)
}

// shifted moves the point of a written number to the left.
func shifted(text string, by int) string {
	whole, places, _ := strings.Cut(text, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	whole = strings.Repeat("0", max(0, by+1-len(whole))) + whole
	at := len(whole) - by
	return strings.TrimSuffix(sign+whole[:at]+"."+whole[at:]+places, ".")
}

func cellOf(row *Row, c *Column) Cell {
	if c.Index < len(row.Cells) {
		return row.Cells[c.Index]
	}
	return Cell{}
}

// read takes a cell as a type; a column that is not there is empty.
func (l *rateLoad) read(row *Row, c *Column, typ string) (string, *Problem) {
	if c == nil {
		return "", nil
	}
	r := reading{typ: typ, nulls: true, zone: time.UTC, order: l.order, decimalComma: c.Facts.DecimalComma,
		serials: c.Facts.Wholes > 0 && c.Facts.Serials >= c.Facts.Wholes}
	if r.order == NoOrder {
		r.order = c.Facts.Order
	}
	cell := cellOf(row, c)
	v, wrong := r.read(cell)
	if wrong != nil {
		return "", &Problem{Line: row.Line, Column: c.Name, Value: cut(display(cell), maxShown), Code: wrong.Code, Reason: wrong.Message}
	}
	text, _ := v.(string)
	return text, nil
}

func (l *rateLoad) missing(row *Row, c *Column) *Problem {
	return &Problem{Line: row.Line, Column: c.Name, Code: "required", Reason: i18n.T("这里是空的，请补上。", "This is empty. Fill it in.")}
}

func (l *rateLoad) reject(p Problem) error {
	l.report.Failed++
	return l.trouble.add(p)
}

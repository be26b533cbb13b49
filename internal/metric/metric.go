package metric

import (
	"regexp"
	"slices"
	"strings"

	"laurel/internal/expr"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// Def is a metric as people write it.
type Def struct {
	Key        string    `json:"key" yaml:"key" doc:"Stable key: a lower-case letter, then letters, digits, _ or -"`
	Name       i18n.Text `json:"name" yaml:"name"`
	Object     string    `json:"object,omitempty" yaml:"object,omitempty" doc:"Object whose records are measured; none for a ratio"`
	Condition  string    `json:"condition,omitempty" yaml:"condition,omitempty" doc:"CEL condition a record must meet; empty counts every record"`
	Date       string    `json:"date,omitempty" yaml:"date,omitempty" doc:"Date or date-time field that says when a record counts"`
	Person     string    `json:"person,omitempty" yaml:"person,omitempty" doc:"Person field that gets the credit"`
	Credit     []Credit  `json:"credit,omitempty" yaml:"credit,omitempty" doc:"Several persons with their shares, in place of person"`
	Team       string    `json:"team,omitempty" yaml:"team,omitempty" doc:"Text or choice field that names the team that gets the credit by key or name, in place of person"`
	Department string    `json:"department,omitempty" yaml:"department,omitempty" doc:"Likewise a department"`
	CountBy    CountBy   `json:"count,omitempty" yaml:"count,omitempty" enum:"each,share" doc:"Of a count with several persons: each counts 1 (default), or the share"`
	By         string    `json:"by,omitempty" yaml:"by,omitempty" doc:"Choice, relation, person or text field that tells records apart, for rules with rates of their own for each of its values; for a vote, the person field of the voter"`
	Measure    Measure   `json:"measure" yaml:"measure"`
	Unit       i18n.Text `json:"unit,omitzero" yaml:"unit,omitempty" doc:"What is counted, in words: 个客户 / customers"`
}

// Measure says what is added up.
type Measure struct {
	Kind          Kind           `json:"kind" yaml:"kind" enum:"count,sum,average,min,max,median,percentile,distinct,ratio,growth,attainment,combine"`
	Value         string         `json:"value,omitempty" yaml:"value,omitempty" doc:"Field or CEL expression whose values are measured; a field for distinct"`
	Scale         *uint8         `json:"scale,omitempty" yaml:"scale,omitempty" doc:"Decimal places kept of an expression's value (default 2); a field keeps its own"`
	Currency      string         `json:"currency,omitempty" yaml:"currency,omitempty" doc:"Currency of an expression's value, if it is money. A money field has its own and is converted into this one, at the rate of the record's day"`
	CurrencyField string         `json:"currency_field,omitempty" yaml:"currency_field,omitempty" doc:"Choice or text field with the currency of each record's value, which is converted into currency"`
	Percent       Percent        `json:"percent,omitempty" yaml:"percent,omitempty" doc:"Percentile: which one, such as 90"`
	From          string         `json:"from,omitempty" yaml:"from,omitempty" doc:"Duration: field of the beginning, in place of value"`
	Until         string         `json:"until,omitempty" yaml:"until,omitempty" doc:"Duration: field of the end"`
	Clock         Clock          `json:"clock,omitempty" yaml:"clock,omitempty" enum:"calendar,working" doc:"Duration: calendar time (default), or the organisation's working time"`
	In            TimeUnit       `json:"in,omitempty" yaml:"in,omitempty" enum:"minutes,hours,days" doc:"Duration: its unit; days between dates and minutes between date-times by default"`
	Of            string         `json:"of,omitempty" yaml:"of,omitempty" doc:"Ratio: key of the metric above the line; growth and attainment: of which metric"`
	To            string         `json:"to,omitempty" yaml:"to,omitempty" doc:"Ratio: key of the metric below the line"`
	Against       Baseline       `json:"against,omitempty" yaml:"against,omitempty" enum:"previous,last_year,fixed" doc:"Growth: against the period before (default), the same period last year, or a fixed baseline"`
	Baseline      *money.Decimal `json:"baseline,omitempty" yaml:"baseline,omitempty" doc:"Growth against a fixed value: that value"`
	Terms         []Term         `json:"terms,omitempty" yaml:"terms,omitempty" doc:"Combine: the metrics that are added up, each so many times"`
}

// Metric is a definition made ready to measure. It is immutable.
type Metric struct {
	ID      int64
	Version int64
	Def     Def

	Scale    uint8  // decimal places of contribution values
	Currency string // currency of the values; empty when they are not money

	Of, To *Metric // the parts of a ratio

	terms      []combined // of a sum of metrics
	percentage bool       // of a sum of percentages
	figures    int        // of metrics with records, from which one value is computed; 0 for such a metric itself

	// Broken says why the metric cannot measure (its object or a field has gone); nil when it can.
	Broken *problem.Error

	onRecord  int64 // of a definition in work the id of the metric that it would replace, or 0
	object    *record.Object
	paths     []Path // what it reads of related records; their places follow the object's fields
	date      int
	instant   bool       // the date field has a time of day
	person    int        // -1 where several or units have credit
	credits   []credited // in place of person
	unit      int        // in place of person the field that names a unit; -1: none
	unitKind  people.UnitKind
	exchange  *exchange     // of values that have to be converted
	by        int           // -1: none
	condition *expr.Program // nil: every record
	quantity  *expr.Program // nil: the field at index value
	value     int
	percent   money.Frac // of a percentile: 90
	span      *span      // of a duration

	shareScale uint8 // decimal places of the weights in credits
	per        int64 // counted units in one natural unit: 60 where minutes are told in hours
}

// Limits of a definition.
const (
	MaxMetrics  = 500
	maxKeyChars = 60
	maxScale    = 6
)

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,59}$`)

// CheckKey says what is wrong with a metric's or plan's key, or nil.
func CheckKey(key string) *problem.Error {
	if keyForm.MatchString(key) {
		return nil
	}
	return problem.Bad("bad_key", "key", "标识 %q 不合规则：以小写字母开头，只用小写字母、数字、_ 和 -，最多 %d 个字符",
		"key %q is not valid: begin with a lower-case letter, then lower-case letters, digits, _ and -, at most %d characters", key, maxKeyChars)
}

// Additive reports whether values of days add up to the value of a period.
// Time in hours, counted in minutes, has no points that add up exactly.
func (m *Metric) Additive() bool {
	if m.Def.Measure.Kind == Combine {
		return m.all((*Metric).Additive)
	}
	return m.AddsUp() && m.per == 1
}

// Percent reports whether values are fractions that people read as percentages.
func (m *Metric) Percent() bool {
	if m.Def.Measure.Kind == Combine {
		return m.percentage
	}
	return m.Def.Measure.Kind.Derived()
}

// Back is how far before a period the metric's value of that period reads.
func (m *Metric) Back() rule.Back {
	var own rule.Back
	for _, t := range m.terms {
		back := rule.Back{Year: t.Window == TermLastYear}
		if t.Window == TermPrevious {
			back.Periods = 1
		}
		own = own.Or(back.Plus(t.metric.Back()))
	}
	switch {
	case m.Of == nil:
		return own
	case m.Def.Measure.Kind == Growth && m.Def.Measure.against() == AgainstPrevious:
		own.Periods = 1
	case m.Def.Measure.Kind == Growth && m.Def.Measure.against() == AgainstLastYear:
		own.Year = true
	}
	own = own.Plus(m.Of.Back())
	if m.To != nil {
		own = own.Or(m.To.Back())
	}
	return own
}

// Named lists the keys of the metrics that the definition refers to, whether or not they are there.
func (m *Metric) Named() []string { return m.Def.Measure.Names() }

// Names lists the keys of the metrics that a measure is computed from; some are empty.
func (d *Measure) Names() []string {
	out := []string{d.Of, d.To}
	for _, t := range d.Terms {
		out = append(out, t.Metric)
	}
	return out
}

// Parts lists the metrics with contributions that this one is computed from: itself, or those of what it is derived from.
func (m *Metric) Parts() []*Metric {
	if !m.Def.Measure.Kind.Derived() {
		return []*Metric{m}
	}
	var out []*Metric
	for _, part := range m.parts() {
		for _, p := range part.Parts() {
			if m.terms == nil || !slices.Contains(out, p) { // a metric may be in a sum for several periods
				out = append(out, p)
			}
		}
	}
	return out
}

// Object is the object whose records are measured; nil for one computed from others and for a broken metric.
func (m *Metric) Object() *record.Object { return m.object }

// objectID is the id of Object, 0 where there is none.
func (m *Metric) objectID() int64 {
	if m.object == nil {
		return 0
	}
	return m.object.ID
}

// Condition is the compiled condition, nil when every record counts. The proof interprets the same program.
func (m *Metric) Condition() *expr.Program { return m.condition }

// Quantity is the compiled value expression and, when that is nil, the index of the value field (-1 for a count).
func (m *Metric) Quantity() (*expr.Program, int) { return m.quantity, m.value }

// DateField and PersonField are indexes into the object's fields; instant tells a date-time from a date.
func (m *Metric) DateField() (index int, instant bool) { return m.date, m.instant }

// PersonFields are the indexes of the credited persons' fields; there are none where units have the credit.
func (m *Metric) PersonFields() (out []int) {
	if m.person >= 0 {
		out = append(out, m.person)
	}
	for _, c := range m.credits {
		out = append(out, c.person)
	}
	return out
}

// By is the field that tells records apart; ok is false where the definition names none.
func (m *Metric) By() (f record.Field, ok bool) {
	if m.by < 0 || m.object == nil || m.Def.By == "" {
		return f, false
	}
	return *m.fieldAt(m.by), true
}

// lookup finds what a definition refers to.
type lookup struct {
	object func(key string) (*record.Object, error)
	metric func(key string) *Metric
	clock  *people.WorkClock
}

// compile checks a definition against the objects and metrics that are there. Every problem found is returned.
func compile(def Def, find lookup) (*Metric, []*problem.Error) {
	m := &Metric{Def: def, value: -1, by: -1, person: -1, unit: -1, per: 1}
	var bad []*problem.Error
	if p := CheckKey(def.Key); p != nil {
		bad = append(bad, p)
	}
	if def.Name.IsZero() {
		bad = append(bad, problem.Bad("required", "name", "请给指标起个名字", "give the metric a name"))
	}
	switch def.Measure.Kind {
	case Ratio:
		bad = append(bad, m.compileRatio(find)...)
	case Growth, Attainment:
		bad = append(bad, m.compileDerived(find)...)
	case Combine:
		bad = append(bad, m.compileCombine(find)...)
	default:
		if !def.Measure.Kind.known() {
			return m, append(bad, unknownKind(def.Measure.Kind))
		}
		return m, append(bad, m.compileRecords(find)...)
	}
	return m, append(bad, m.countFigures()...)
}

func (m *Metric) compileRatio(find lookup) (bad []*problem.Error) {
	if m.Def.By != "" {
		bad = append(bad, problem.Bad("by_of_ratio", "by", "比率没有自己的记录，不能按字段区分；请在它的两个指标上填写", "a ratio has no records of its own to tell apart: give the field to its two metrics"))
	}
	part := func(field, key string) *Metric {
		found := find.metric(key)
		switch {
		case key == "":
			bad = append(bad, problem.Bad("required", field, "请选一个指标", "choose a metric"))
		case found == nil:
			bad = append(bad, problem.Bad("unknown_metric", field, "没有标识为 %q 的指标", "there is no metric %q", key))
		case !found.AddsUp():
			bad = append(bad, problem.Bad("not_additive", field, "比率的两边只能用计数、去重计数或求和的指标，%q 不是", "a ratio is made of counts, different values or sums; %q is none of them", key))
		case found.Broken != nil:
			bad = append(bad, found.Broken.In(field))
		default:
			return found
		}
		return nil
	}
	m.Of, m.To = part("measure.of", m.Def.Measure.Of), part("measure.to", m.Def.Measure.To)
	if m.Of != nil && m.To != nil && m.Of.Currency != m.To.Currency && m.To.Currency == "" {
		m.Currency = m.Of.Currency // money per deal is money
	}
	return bad
}

func (m *Metric) compileRecords(find lookup) (bad []*problem.Error) {
	object, err := find.object(m.Def.Object)
	if err != nil {
		return []*problem.Error{problem.Bad("unknown_object", "object", "没有标识为 %q 的表", "there is no object %q", m.Def.Object)}
	}
	m.object = object
	at := &places{object: object, objects: find.object}
	field := func(path, key string, types ...string) int {
		if key == "" {
			bad = append(bad, problem.Bad("required", path, "请选一个字段", "choose a field"))
			return -1
		}
		i, f, wrong := at.find(key)
		if wrong != nil {
			bad = append(bad, wrong.In(path))
			return -1
		}
		if slices.Contains(types, f.Type) {
			return i
		}
		bad = append(bad, problem.Bad("wrong_type", path, "字段 %q 的类型是 %s，这里需要 %s", "field %q is of type %s; it must be %s",
			key, f.Type, strings.Join(types, " / ")))
		return -1
	}
	m.date = field("date", m.Def.Date, "date", "datetime")
	bad = append(bad, m.compileCredited(field, at)...)
	switch {
	case m.Def.Measure.Kind == Distinct:
		bad = append(bad, m.compileDistinct(field)...)
	case m.Def.By != "":
		m.by = field("by", m.Def.By, "choice", "relation", "text", "person")
	}

	if m.Def.Measure.IsDuration() {
		bad = append(bad, m.compileDuration(field, at.fieldAt, find.clock)...)
	}
	at.mentioned(m.Def.Condition)
	at.mentioned(m.Def.Measure.Value)
	at.mentioned(m.Def.Measure.CurrencyField)
	m.paths = at.paths
	m.instant = m.date >= 0 && m.fieldAt(m.date).Type == "datetime"
	env, err := at.env()
	if err != nil {
		return append(bad, asProblem(err, "object"))
	}
	if strings.TrimSpace(m.Def.Condition) != "" {
		if m.condition, err = env.Compile(m.Def.Condition, expr.Condition); err != nil {
			bad = append(bad, asProblem(err, "condition"))
		}
	}
	bad = append(bad, m.compilePercent()...)
	if m.Def.Measure.Kind == Count || m.Def.Measure.Kind == Distinct || m.Def.Measure.IsDuration() {
		return bad
	}
	return append(bad, m.compileValue(at, env)...)
}

func (m *Metric) compileValue(at *places, env *expr.Env) []*problem.Error {
	src := strings.TrimSpace(m.Def.Measure.Value)
	if src == "" {
		return []*problem.Error{problem.Bad("required", "measure.value", "请选要累加的字段，或写一个算式", "choose the field to add up, or write an expression")}
	}
	if i, f, wrong := at.find(src); wrong == nil {
		switch f.Type {
		case "number", "percent", "money":
		default:
			return []*problem.Error{problem.Bad("wrong_type", "measure.value", "字段 %q 的类型是 %s，不能累加", "field %q is of type %s, which does not add up", src, f.Type)}
		}
		m.value, m.Scale, m.Currency = i, f.Scale, f.Currency
		if f.Type == "money" {
			m.Scale, _ = money.MinorUnits(f.Currency)
		}
		return m.compileExchange(at, f.Currency)
	}
	program, err := env.Compile(src, expr.Quantity)
	if err != nil {
		return []*problem.Error{asProblem(err, "measure.value")}
	}
	m.quantity, m.Scale, m.Currency = program, 2, m.Def.Measure.Currency
	if m.Currency != "" {
		units, known := money.MinorUnits(m.Currency)
		if !known {
			return []*problem.Error{problem.Bad("unknown_currency", "measure.currency", "不认识的币种 %q", "unknown currency %q", m.Currency)}
		}
		m.Scale = units
		return m.compileExchange(at, m.Currency)
	}
	if m.Def.Measure.CurrencyField != "" {
		return m.compileExchange(at, "")
	}
	if s := m.Def.Measure.Scale; s != nil {
		if *s > maxScale {
			return []*problem.Error{problem.Bad("out_of_range", "measure.scale", "小数位最多 %d 位", "at most %d decimal places", maxScale)}
		}
		m.Scale = *s
	}
	return nil
}

func asProblem(err error, field string) *problem.Error {
	if p, ok := problem.As(err); ok {
		return p.In(field)
	}
	return problem.Bad("not_usable", field, "无法使用：%v", "cannot be used: %v", err)
}

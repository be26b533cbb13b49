package plan

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// Ready is a version made ready to judge: its definition resolved against the metrics and people that are there.
// It is immutable.
type Ready struct {
	PlanID    int64
	VersionNo int64
	Def       Def
	Shape     rule.Shape
	Metric    *metric.Metric
	Context   rule.Context
	Around    rule.Around

	persons     []int64
	units       []int64
	everybody   bool
	provisional bool
	reads       map[string]bool // keys of the metrics that are read, and of those they are computed from
	back        rule.Back
	others      bool
	divides     *i18n.Text // why its periods cannot be split; nil where they can
}

// Prepare resolves a definition. Every problem found is returned, each at its field.
func Prepare(def Def, metrics *metric.Set, dir *people.Directory) (*Ready, []*problem.Error) {
	r := &Ready{Def: def}
	bad := checkDef(def)
	r.Metric = metrics.Key(def.Metric)
	if def.Earned != "" {
		r.Metric = earnings(def.Earned, dir.Organisation.Currency)
	}
	bad = append(bad, r.checkRollup()...)
	switch {
	case def.Earned != "" && def.Metric != "":
		bad = append(bad, problem.Bad("metric_and_earned", "earned", "按指标和按另一方案的奖金只能选一个", "judge a metric or what another plan gives, not both"))
	case def.Earned == def.Key && def.Key != "":
		bad = append(bad, dependsOnItself())
	case def.Earned != "":
	case def.Metric == "":
		bad = append(bad, problem.Bad("required", "metric", "请选择按哪个指标奖励", "choose the metric that is rewarded"))
	case r.Metric == nil:
		bad = append(bad, problem.Bad("unknown_metric", "metric", "没有标识为 %q 的指标", "there is no metric %q", def.Metric))
	case r.Metric.Broken != nil:
		bad = append(bad, r.Metric.Broken.In("metric"))
	}
	bad = append(bad, r.resolveAudience(dir)...)
	params := def.Params
	if len(params) == 0 {
		params = json.RawMessage("{}")
	}
	shape, err := rule.Decode(def.Shape, params)
	if err != nil {
		return r, append(bad, decodeProblems(err)...)
	}
	r.Shape = shape
	bad = append(bad, r.checkLabels()...)
	bad = append(bad, r.checkExcludes()...)
	called, unknown := resolveNames(shape, dir)
	bad = append(bad, unknown...)
	r.nameReads(metrics)
	if r.Metric == nil || r.Metric.Broken != nil {
		return r, bad
	}
	r.Context = r.context(dir.Organisation.Currency)
	r.Context.Called = called
	bad = append(bad, r.resolveReads(metrics)...)
	bad = append(bad, r.checkCredited(metrics)...)
	if f, ok := r.Metric.By(); rule.Secret(def.Shape) && (!ok || f.Type != "person") {
		bad = append(bad, problem.Bad("voter_missing", "metric", "评选按投票人计票：请在指标的“按哪个字段区分记录”里选投票人的人员字段", "votes are counted by voter: choose the person field of the voter as the metric’s “field that tells records apart”"))
	}
	for _, p := range shape.Validate(r.Context) {
		bad = append(bad, underParams(p))
	}
	r.Around = rule.Around{Gates: def.Gates, Proration: def.Proration, Ramp: def.Ramp, RampOn: def.RampOn, Split: def.Split, Budget: def.Budget}
	bad = append(bad, r.Around.Check(r.Context, r.paysCash())...)
	bad = append(bad, r.Around.CheckShape(shape)...)
	bad = append(bad, r.resolveSplit(dir)...)
	r.divides = r.indivisible(metrics)
	if def.Begins == BeginAtOnce && r.divides != nil {
		bad = append(bad, problem.Bad("not_divisible", "begins", "%s，所以不能拆开正在进行的周期；请选下一个周期开始（next_period），或先改掉它",
			"%s, so a running period cannot be split: begin with the next period (next_period), or change that", *r.divides))
	}
	r.provisional = r.Context.CanFall || def.Judged == PeriodEnd || r.gatesFall(metrics) || r.Around.Together() || r.Around.Scaled() || r.Rolled() || r.Excludes()
	return r, bad
}

func (r *Ready) context(currency string) rule.Context {
	measure := MeasureOf(r.Metric)
	var excludes []i18n.Text
	for _, key := range r.Def.Excludes {
		excludes = append(excludes, i18n.Same(key))
	}
	return rule.Context{
		Multiplies: r.Def.Earned != "" && (r.Def.Rollup == "" || r.Def.Rollup == Own),
		Excludes:   excludes, Budgeted: r.Def.Budget != nil,
		Metric: r.judgedName(), Measure: measure, Period: r.Def.Period, Subject: r.SubjectKind(), Reward: r.Def.Reward,
		Rounding: r.Def.Rounding, Currency: currency, By: fieldOf(r.Metric), CanFall: rule.CanFallBack(r.Shape, measure),
	}
}

// fieldOf is the field by which a metric tells its records apart, or nil.
func fieldOf(m *metric.Metric) *rule.Field {
	f, ok := m.By()
	if !ok {
		return nil
	}
	out := &rule.Field{Name: f.Name, Relation: f.Type == record.TypeRelation, Person: f.Type == record.TypePerson}
	for _, c := range f.Choices {
		out.Choices = append(out.Choices, rule.Choice{Value: c.Key, Name: c.Name})
	}
	return out
}

// MeasureOf is how a metric's values are counted and written.
func MeasureOf(m *metric.Metric) rule.Measure {
	out := rule.Measure{Scale: m.Scale, Currency: m.Currency, Unit: m.Unit(), Additive: m.Additive(), Falls: m.Falls(), Earlier: m.Earlier()}
	if m.Percent() && out.Unit.IsZero() && out.Currency == "" {
		out.Unit = i18n.Same("%")
	}
	return out
}

// SubjectKind is who earns: a person unless the plan says otherwise.
func (r *Ready) SubjectKind() rule.SubjectKind {
	if r.Def.Subject == "" {
		return rule.Person
	}
	return r.Def.Subject
}

// Seen is what others see of the plan's awards: everything unless it says otherwise.
func (d *Def) Seen() Visibility {
	if d.Visibility == "" {
		return Full
	}
	return d.Visibility
}

// Currency is the currency of the plan's cash.
func (r *Ready) Currency() string {
	if r.Def.Reward.Currency != "" {
		return r.Def.Reward.Currency
	}
	return r.Context.Currency
}

// Provisional reports whether awards of a period wait for its end before they are granted.
func (r *Ready) Provisional() bool { return r.provisional }

// Sentence is the whole rule in plain words, with the conditions around it.
func (r *Ready) Sentence() i18n.Text {
	out := r.Shape.Sentence(r.Context)
	for _, more := range []i18n.Text{r.Around.Sentence(r.Context), r.Def.beginning()} {
		if !more.IsZero() {
			out = i18n.T(out.ZH+more.ZH, out.EN+" "+more.EN)
		}
	}
	return out
}

// decodeProblems puts each problem of the parameters under their path; an unknown shape is the shape's.
func decodeProblems(err error) []*problem.Error {
	p, ok := problem.As(err)
	if !ok {
		return []*problem.Error{problem.Bad("bad_params", "params", "参数无法读取：%v", "the parameters cannot be read: %v", err)}
	}
	out := []*problem.Error{underParams(p)}
	for _, d := range p.Details {
		out = append(out, underParams(d))
	}
	out[0].Details = nil
	return out
}

// underParams puts a shape's problem under the parameters, unless it is about the plan's own fields.
func underParams(p *problem.Error) *problem.Error {
	switch field, _, _ := cutField(p.Field); field {
	case "shape", "reward", "metric", "period", "subject", "judged", "rounding":
		return p.In("")
	}
	return p.In("params")
}

func cutField(field string) (first, rest string, found bool) {
	for i, c := range field {
		if c == '.' || c == '[' {
			return field[:i], field[i:], true
		}
	}
	return field, "", false
}

func checkDef(def Def) (bad []*problem.Error) {
	if p := metric.CheckKey(def.Key); p != nil {
		bad = append(bad, p)
	}
	if def.Name.IsZero() {
		bad = append(bad, problem.Bad("required", "name", "请给方案起个名字", "give the plan a name"))
	}
	if utf8.RuneCountInString(def.Description.ZH)+utf8.RuneCountInString(def.Description.EN) > maxDescription {
		bad = append(bad, problem.New(problem.TooLarge, "too_long", "description", "说明最多 %d 个字", "at most %d characters", maxDescription))
	}
	bad = append(bad, checkPeriods(def)...)
	oneOf := func(field, got string, known ...string) {
		if got != "" && !slices.Contains(known, got) {
			bad = append(bad, problem.Bad("unknown_choice", field, "不认识 %q：可用 %s", "unknown value %q: use %s", got, i18n.Same(strings.Join(known, ", "))))
		}
	}
	oneOf("subject", string(def.Subject), string(rule.Person), string(rule.Team), string(rule.Department))
	oneOf("begins", string(def.Begins), string(NextPeriod), string(BeginAtOnce))
	oneOf("judged", string(def.Judged), string(AtOnce), string(PeriodEnd))
	oneOf("visibility", string(def.Visibility), string(Full), string(AmountHidden), string(Private))
	oneOf("audience.member", string(def.Audience.Member), string(AnyDay), string(LastDay), string(AllDays))
	if !def.Rounding.Valid() {
		oneOf("rounding", string(def.Rounding), string(money.HalfEven), string(money.HalfUp), string(money.Down), string(money.Up))
	}
	if def.EffectiveFrom != nil && def.EffectiveUntil != nil && *def.EffectiveUntil <= *def.EffectiveFrom {
		bad = append(bad, problem.Bad("empty_window", "effective_until", "结束日必须晚于生效日", "the end must come after the start"))
	}
	return bad
}

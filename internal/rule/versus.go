package rule

import (
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// MaxPeriodsBack is how far back a rule may look for an opponent.
const MaxPeriodsBack = 60

// versus gives a reward for beating somebody else's figure, an outside one, or one's own of an earlier period.
type versus struct {
	against string // who is the opponent: a SubjectKind, or self, previous, last_year, average, best
	key     string // of the person, team or department
	metric  string // what is read of the opponent; empty: the plan's own metric
	periods int64  // how many periods back oneself is compared with
	margin  margin
	atLeast bool // there is a margin: being exactly on the line is enough
	down    bool // lower is better
}

var versusKind = kind{
	info: Info{
		Key:     "versus",
		Name:    i18n.T("超越", "Versus"),
		Example: i18n.T("团队季度销售额超过竞品同期销售额，奖励 ¥20,000。", "A team’s sales in a quarter above the competitor’s sales earn ¥20,000."),
		Params: append([]Param{
			{Key: "against", Type: ChoiceParam, Required: true, Name: i18n.T("与谁比", "Against"), Help: i18n.T("某人、某团队、某部门、全公司的某个数字、自己的另一指标、自己以前的成绩，或同一方案里其他人的平均或最好成绩。",
				"A person, team or department, a figure of the whole company, another figure of one’s own, oneself in an earlier period, or the average or the best of the others in the plan."),
				Choices: []Choice{
					{string(Person), i18n.T("某人", "A person")}, {string(Team), i18n.T("某团队", "A team")}, {string(Department), i18n.T("某部门", "A department")},
					{string(Company), i18n.T("全公司的数字（如竞品数据）", "A figure of the whole company, such as a competitor’s")}, {"self", i18n.T("自己的另一指标", "Another figure of one’s own")},
					{"previous", i18n.T("自己的上一期", "Oneself in the period before")}, {"last_year", i18n.T("自己的去年同期", "Oneself in the same period last year")},
					{"average", i18n.T("其他人的平均", "The average of the others")}, {"best", i18n.T("其他人的最好成绩", "The best of the others")}}},
			{Key: "key", Type: KeyParam, Name: i18n.T("对手", "Opponent"), Help: i18n.T("这个人、团队或部门的标识。", "Key of the person, team or department.")},
			{Key: "metric", Type: MetricParam, Name: i18n.T("对手的指标", "Metric"), Help: i18n.T("看对手的哪个指标；留空即方案的指标。记录下来的竞品数字也是一个指标。", "What is read of the opponent; the plan’s own metric if left out. A competitor’s figure kept as records is a metric too.")},
			{Key: "periods", Type: IntegerParam, Default: "1", Name: i18n.T("几期之前", "Periods back"), Help: i18n.T("与自己的前几期比。", "How many periods back oneself is compared with.")},
			directionParam,
		}, marginParams...),
	},
	decode: decodeVersus,
}

func decodeVersus(p params) Shape {
	s := versus{against: p.choice("against"), key: p.key("key"), metric: p.key("metric"), periods: 1, down: p.choice("direction") == "down"}
	s.margin, s.atLeast = readMargin(p)
	if n, ok := p.integer("periods"); ok {
		s.periods = n
	}
	switch s.against {
	case string(Person), string(Team), string(Department):
		if s.key == "" {
			p.bad("key", "param_missing", "请填写对手的标识。", "Give the key of the opponent.")
		}
	default:
		if p.has("key") {
			p.bad("key", "param_unused", "只有与某人、某团队或某部门比时才填标识，请去掉。", "Only a person, team or department has a key: leave it out.")
		}
	}
	switch s.against {
	case string(Company), "self":
		if s.metric == "" {
			p.bad("metric", "param_missing", "请填写与哪个指标比。", "Name the metric that is compared with.")
		}
	case "average", "best":
		if p.has("metric") {
			p.bad("metric", "param_unused", "与其他人比的就是方案的指标，请去掉。", "The others are compared by the plan’s metric: leave this out.")
		}
	}
	if s.against != "previous" && p.has("periods") {
		p.bad("periods", "param_unused", "只有与自己的上一期比时才填期数，请去掉。", "Only oneself in the period before has a number of periods: leave it out.")
	}
	return &s
}

func (s *versus) Key() string { return "versus" }

// Population: the average and the best of the others are read off all subjects.
func (s *versus) Population() bool { return s.against == "average" || s.against == "best" }

// canFall: opponents go on too, and a period is compared as a whole.
func (s *versus) canFall() bool { return true }

func (s *versus) Reads() Reads {
	var out Reads
	if s.metric != "" {
		out.Metrics = []string{s.metric}
	}
	switch s.against {
	case "previous":
		out.Back.Periods = int(s.periods)
	case "last_year":
		out.Back.Year = true
	}
	_, out.Others = s.named()
	return out
}

// named is the kind of the one opponent whom everybody has; ok is false where each subject has its own.
func (s *versus) named() (kind SubjectKind, ok bool) {
	kind = SubjectKind(s.against)
	return kind, slices.Contains([]SubjectKind{Person, Team, Department, Company}, kind)
}

func (s *versus) names() []NamedSubject {
	if kind, ok := s.named(); ok && kind != Company {
		return []NamedSubject{{Kind: kind, Key: s.key, Field: "key"}}
	}
	return nil
}

func (s *versus) Validate(c Context) []*problem.Error {
	out := c.checkReward("reward", c.Reward, false)
	out = append(out, s.margin.check("", s.down)...)
	if s.periods < 1 || s.periods > MaxPeriodsBack {
		out = append(out, problem.Bad("periods_out_of_range", "periods", "期数须在 1 到 %d 之间。", "There are 1 to %d periods.", MaxPeriodsBack))
	}
	if other, known := c.Metrics[s.metric]; known && other.Measure.Currency != c.Measure.Currency {
		out = append(out, problem.Bad("currencies_differ", "metric", "两个指标的币种不同，无法比较。", "The two metrics are in different currencies and cannot be compared."))
	}
	return out
}

// rival is what a subject is compared with. value is nil where there is nothing to compare with yet.
type rival struct {
	value *big.Rat
	same  bool // the subject is its own opponent
}

func (s *versus) rival(c Context, x Subject, p calendar.Period, all []Subject) (rival, error) {
	ref, at := x.Ref, p
	switch s.against {
	case "average":
		return rival{value: averageOf(others(x, all))}, nil
	case "best":
		return rival{value: s.bestOf(others(x, all))}, nil
	case "self":
	case "previous", "last_year":
		var ok bool
		if at, ok = c.World.Back(p, int(s.periods)); s.against == "last_year" {
			at, ok = c.World.YearBefore(p)
		}
		if !ok {
			return rival{}, nil
		}
	case string(Company):
		ref = Ref{Kind: Company}
	default:
		var ok bool
		if ref, ok = c.World.Find(SubjectKind(s.against), s.key); !ok {
			return rival{}, nil
		}
		if ref == x.Ref && s.metric == "" {
			return rival{same: true}, nil
		}
	}
	o, err := c.World.Subject(s.metric, ref, at)
	if err != nil || !o.Has {
		return rival{}, err
	}
	if s.metric != "" {
		if recorded, err := o.recorded(); err != nil || !recorded {
			return rival{}, err
		}
	}
	return rival{value: ratOf(o.Value)}, nil
}

// recorded reports whether there is any record behind a value. An outside figure of 0 that nobody has put on record yet is not 0.
func (s Subject) recorded() (bool, error) {
	if !s.Value.IsZero() || s.Points == nil {
		return s.Has, nil
	}
	points, err := s.Points()
	return len(points) > 0, err
}

// others are the values of everybody else who has one.
func others(x Subject, all []Subject) []*big.Rat {
	var out []*big.Rat
	for _, o := range all {
		if o.Ref != x.Ref && o.Has {
			out = append(out, ratOf(o.Value))
		}
	}
	return out
}

func averageOf(values []*big.Rat) *big.Rat {
	if len(values) == 0 {
		return nil
	}
	sum := new(big.Rat)
	for _, v := range values {
		sum.Add(sum, v)
	}
	return sum.Quo(sum, new(big.Rat).SetInt64(int64(len(values))))
}

func (s *versus) bestOf(values []*big.Rat) (best *big.Rat) {
	for _, v := range values {
		if best == nil || s.down && v.Cmp(best) < 0 || !s.down && v.Cmp(best) > 0 {
			best = v
		}
	}
	return best
}

// line is what has to be passed, or with a margin be reached; nil where there is nothing to compare with, or no share of it.
func (s *versus) line(o rival) *big.Rat {
	if o.value == nil || s.margin.relative && o.value.Sign() <= 0 {
		return nil
	}
	return s.margin.line(o.value, s.down)
}

func (s *versus) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	reward := c.paid(c.Reward)
	amount, err := c.cash(reward)
	if err != nil {
		return nil, fmt.Errorf("rule versus: %w", err)
	}
	var out []Due
	for _, x := range bySubject(subjects) {
		if !x.Has {
			continue
		}
		o, err := s.rival(c, x, p, subjects)
		if err != nil {
			return nil, fmt.Errorf("rule versus for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
		}
		line := s.line(o)
		if line == nil || !stands(x.Value, line, s.down, !s.atLeast) {
			continue
		}
		d := Due{Ref: x.Ref, Slot: "versus", Reward: reward, Quantity: 1, Amount: amount, Value: x.Value, FromPoint: -1, ToPoint: -1}
		if !c.Bare {
			d.Steps = s.arithmetic(c, x, o.value, reward, amount)
		}
		out = append(out, d)
	}
	return out, nil
}

package rule

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// MaxMean is of how many earlier periods a mean is taken at most.
const MaxMean = 60

// improve gives a reward for getting better than a baseline.
type improve struct {
	steps    []gain
	all      bool // every step reached pays; else only the highest
	above    bool // a step has to be passed; else being on it is enough
	down     bool // lower is better
	against  string
	periods  int64          // of a mean
	baseline *money.Decimal // fixed
	minimum  *minimum
}

// gain is one step: by how much the value has to be better.
type gain struct {
	margin
	reward *Reward // nil: the plan's
	at     string  // path of its parameters: "" or "steps[1]."
}

// minimum is what a period must have of a metric before it is compared.
type minimum struct {
	metric  string // empty: the plan's own
	atLeast money.Decimal
}

var improveKind = kind{
	info: Info{
		Key:     "improve",
		Name:    i18n.T("提升", "Improve"),
		Example: i18n.T("季度客户留存率比上一季提升至少 10 %，奖励 ¥1,000。", "A retention in a quarter that is at least 10% higher than in the previous quarter earns ¥1,000."),
		Params: append(slices.Clone(marginParams),
			Param{Key: "against", Type: ChoiceParam, Default: "previous", Name: i18n.T("与什么比", "Against"), Help: i18n.T("上一期、去年同期、前几期平均，或固定基线。", "The previous period, the same period last year, a mean, or a fixed baseline."),
				Choices: []Choice{{"previous", i18n.T("上一期", "The previous period")}, {"last_year", i18n.T("去年同期", "The same period last year")}, {"mean", i18n.T("前几期平均", "The mean of the last periods")}, {"fixed", i18n.T("固定基线", "A fixed baseline")}}},
			Param{Key: "periods", Type: IntegerParam, Name: i18n.T("前几期", "Periods"), Help: i18n.T("取平均的期数。", "How many periods a mean is taken of.")},
			Param{Key: "baseline", Type: DecimalParam, Name: i18n.T("基线", "Baseline"), Help: i18n.T("固定的基线；比率可写成 60%。", "The fixed baseline; a ratio may be written as 60%.")},
			directionParam,
			Param{Key: "compare", Type: ChoiceParam, Default: "at_least", Name: i18n.T("怎样算达到", "Comparison"), Help: i18n.T("正好等于算不算。", "Whether being exactly on the line counts."),
				Choices: []Choice{{"at_least", i18n.T("达到即可", "At least")}, {"above", i18n.T("必须超过", "Above")}}},
			Param{Key: "minimum", Type: ObjectParam, Name: i18n.T("各期最低数量", "Minimum"), Help: i18n.T("参与比较的每一期都要有这么多。", "So much is needed in every period that is compared."), Fields: []Param{
				{Key: "metric", Type: MetricParam, Name: i18n.T("指标", "Metric"), Help: i18n.T("看哪个指标；留空即方案的指标。", "The metric that is asked; the plan’s own if left out.")},
				{Key: "at_least", Type: DecimalParam, Default: "1", Name: i18n.T("至少", "At least"), Help: i18n.T("不低于此才比较。", "So much or more.")},
			}},
			Param{Key: "steps", Type: ListParam, Name: i18n.T("多级", "Steps"), Help: i18n.T("多级提升，从低到高；代替单独的幅度。", "Several steps, from low to high, in place of the one margin."), Fields: append(slices.Clone(marginParams),
				Param{Key: "reward", Type: RewardParam, Name: i18n.T("本级奖励", "Reward"), Help: i18n.T("留空即用方案的奖励。", "The plan's reward if left out.")})},
			Param{Key: "pay", Type: ChoiceParam, Default: "highest", Name: i18n.T("发哪几级", "Which steps pay"), Help: i18n.T("只发最高一级，还是各级都发。", "Only the highest step reached, or all of them."),
				Choices: []Choice{{"highest", i18n.T("只发最高一级", "The highest")}, {"all", i18n.T("各级都发", "All")}}},
		),
	},
	decode: decodeImprove,
}

func decodeImprove(p params) Shape {
	s := improve{all: p.choice("pay") == "all", above: p.choice("compare") == "above", down: p.choice("direction") == "down", against: p.choice("against")}
	m, one := readMargin(p)
	switch rows := p.list("steps", MaxSteps); {
	case one && p.has("steps"):
		p.bad("steps", "margin_twice", "已有单独的幅度，请去掉它或去掉多级。", "There is one margin already: remove it, or the steps.")
	case one:
		s.steps = []gain{{margin: m}}
	case !p.has("steps"):
		p.bad("by", "param_missing", "请填写提升多少：按比例（by）或按点数（points）。", "Say by how much it has to improve: “by” for a share, “points” for so much in the metric’s own unit.")
	default:
		if len(rows) == 0 {
			p.bad("steps", "list_empty", "请至少填写一级。", "Give at least one step.")
		}
		for i, row := range rows {
			g := gain{reward: row.reward("reward"), at: fmt.Sprintf("steps[%d].", i)}
			if g.margin, one = readMargin(row); !one {
				row.bad("by", "param_missing", "请填写本级提升多少。", "Say by how much this step has to improve.")
			}
			s.steps = append(s.steps, g)
		}
	}
	s.readBaseline(p)
	if o, ok := p.object("minimum"); ok {
		s.minimum = &minimum{metric: o.key("metric"), atLeast: money.Decimal{Coef: 1}}
		if d, ok := o.fraction("at_least"); ok {
			s.minimum.atLeast = d
		}
	}
	return &s
}

// readBaseline reads what belongs to one kind of baseline only, and refuses what belongs to another.
func (s *improve) readBaseline(p params) {
	if n, ok := p.integer("periods"); ok {
		s.periods = n
	}
	if d, ok := p.fraction("baseline"); ok {
		s.baseline = &d
	}
	switch {
	case s.against == "mean" && !p.has("periods"):
		p.bad("periods", "param_missing", "请填写取前几期的平均。", "Say of how many periods the mean is taken.")
	case s.against != "mean" && p.has("periods"):
		p.bad("periods", "param_unused", "只有与前几期平均比时才填期数，请去掉。", "Only a mean has a number of periods: leave it out, or compare against a mean.")
	case s.against == "fixed" && !p.has("baseline"):
		p.bad("baseline", "param_missing", "请填写固定基线。", "Give the fixed baseline.")
	case s.against != "fixed" && p.has("baseline"):
		p.bad("baseline", "param_unused", "只有与固定基线比时才填基线，请去掉。", "Only a fixed comparison has a baseline: leave it out, or compare against “fixed”.")
	}
}

func (s *improve) Key() string      { return "improve" }
func (s *improve) Population() bool { return false }

// canFall: a value that is better today may be worse tomorrow, and a period is compared as a whole.
func (s *improve) canFall() bool { return true }

func (s *improve) Reads() Reads {
	var out Reads
	switch s.against {
	case "previous":
		out.Back.Periods = 1
	case "last_year":
		out.Back.Year = true
	case "mean":
		out.Back.Periods = int(s.periods)
	}
	if s.minimum != nil && s.minimum.metric != "" {
		out.Metrics = []string{s.minimum.metric}
	}
	return out
}

func (s *improve) Validate(c Context) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	plans := false
	for i, g := range s.steps {
		out = append(out, g.check(g.at, s.down)...)
		if i > 0 {
			switch before := s.steps[i-1]; {
			case g.relative != before.relative:
				bad("steps_mixed", g.at+"by", "各级要么都按比例，要么都按点数。", "Steps are either all shares or all points.")
			case g.by.Cmp(before.by) <= 0:
				bad("steps_not_rising", g.at+map[bool]string{true: "by", false: "points"}[g.relative], "各级须从低到高。", "Steps must rise.")
			}
		}
		if g.reward != nil {
			out = append(out, c.checkReward(g.at+"reward", *g.reward, false)...)
		}
		plans = plans || g.reward == nil
	}
	if plans {
		out = append(out, c.checkReward("reward", c.Reward, false)...)
	}
	if s.against == "mean" && (s.periods < 1 || s.periods > MaxMean) {
		bad("periods_out_of_range", "periods", "期数须在 1 到 %d 之间。", "There are 1 to %d periods.", MaxMean)
	}
	if s.baseline != nil && s.baseline.Sign() <= 0 && s.steps[0].relative {
		bad("baseline_not_positive", "baseline", "按比例提升时，基线须大于 0。", "A share can only be taken of a baseline above 0.")
	}
	if s.minimum != nil && s.minimum.atLeast.Sign() <= 0 {
		bad("at_least_not_positive", "minimum.at_least", "最低数量须大于 0；不需要请去掉。", "A minimum is above 0: leave it out for none.")
	}
	return out
}

// earlier are the periods that a period is compared with; ok is false where one is missing.
func (s *improve) earlier(w World, p calendar.Period) (out []calendar.Period, ok bool) {
	n := map[string]int{"previous": 1, "mean": int(s.periods)}[s.against]
	if s.against == "last_year" {
		q, ok := w.YearBefore(p)
		return []calendar.Period{q}, ok
	}
	for i := 1; i <= n; i++ {
		q, ok := w.Back(p, i)
		if !ok {
			return nil, false
		}
		out = append(out, q)
	}
	return out, true
}

// compared is a subject against its baseline.
type compared struct {
	base  *big.Rat         // nil: none that could be compared with
	zero  bool             // there is one, but it is not above 0, and nothing is a share of it
	scant *calendar.Period // the period that lacks the minimum, with what it has of it
	has   Subject
}

func (s *improve) compare(c Context, x Subject, p calendar.Period) (out compared, err error) {
	periods, ok := s.earlier(c.World, p)
	if !ok {
		return out, nil
	}
	if s.minimum != nil {
		for _, q := range append([]calendar.Period{p}, periods...) {
			m, err := c.World.Subject(s.minimum.metric, x.Ref, q)
			if err != nil {
				return out, err
			}
			if !m.Has || m.Value.CmpDecimal(s.minimum.atLeast) < 0 {
				out.scant, out.has = &q, m
				return out, nil
			}
		}
	}
	base := new(big.Rat)
	for _, q := range periods {
		o, err := c.World.Subject("", x.Ref, q)
		if err != nil || !o.Has {
			return out, err
		}
		base.Add(base, ratOf(o.Value))
	}
	if s.baseline != nil {
		base = ratOf(s.baseline.Frac())
	} else {
		base.Quo(base, new(big.Rat).SetInt64(int64(len(periods))))
	}
	if out.zero = s.steps[0].relative && base.Sign() <= 0; !out.zero {
		out.base = base
	}
	return out, nil
}

// reached is how many steps a value has got to.
func (s *improve) reached(v money.Frac, base *big.Rat) int {
	n := 0
	for n < len(s.steps) && stands(v, s.steps[n].line(base, s.down), s.down, s.above) {
		n++
	}
	return n
}

func (s *improve) rewardOf(c Context, i int) Reward {
	if own := s.steps[i].reward; own != nil {
		return c.paid(*own)
	}
	return c.paid(c.Reward)
}

func (s *improve) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	for _, x := range bySubject(subjects) {
		if !x.Has {
			continue
		}
		dues, err := s.evaluate(p, c, x)
		if err != nil {
			return nil, fmt.Errorf("rule improve for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
		}
		out = append(out, dues...)
	}
	return out, nil
}

func (s *improve) evaluate(p calendar.Period, c Context, x Subject) ([]Due, error) {
	o, err := s.compare(c, x, p)
	if err != nil || o.base == nil {
		return nil, err
	}
	n := s.reached(x.Value, o.base)
	first := max(0, n-1)
	if s.all {
		first = 0
	}
	var out []Due
	for i := first; i < n; i++ {
		reward := s.rewardOf(c, i)
		amount, err := c.cash(reward)
		if err != nil {
			return nil, err
		}
		d := Due{Ref: x.Ref, Slot: "improve", Reward: reward, Quantity: 1, Amount: amount, Value: x.Value, FromPoint: -1, ToPoint: -1}
		if s.all && len(s.steps) > 1 {
			d.Slot = strconv.Itoa(i + 1)
		}
		if !c.Bare {
			d.Steps = s.arithmetic(c, x, o.base, i, reward, amount)
		}
		out = append(out, d)
	}
	return out, nil
}

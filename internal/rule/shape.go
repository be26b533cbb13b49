package rule

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// Shape is one kind of rule with its parameters filled in. A Shape is immutable and safe for concurrent use.
type Shape interface {
	// Key names the shape: "every", "reach", "rate", "rank".
	Key() string
	// Validate finds contradictions between the parameters, and between them and the plan around them.
	Validate(Context) []*problem.Error
	// Population reports whether the shape judges its subjects against each other and so needs all of them at once.
	Population() bool
	// Evaluate says what is due, sorted by subject and slot. Call it through Evaluate, which checks the invariants.
	Evaluate(calendar.Period, Context, []Subject) ([]Due, error)
	// Sentence is the whole rule in plain words.
	Sentence(Context) i18n.Text
	// Next is where a subject stands and what it takes to earn the next reward. all is read only by shapes with Population.
	Next(ctx Context, subject Subject, all []Subject) Progress
	// WhyNot says what was missing; it is empty when something is due.
	WhyNot(ctx Context, subject Subject, all []Subject) i18n.Text
}

// shapes lists every shape there is, in the order in which the editor offers them. A new shape is a new file and a line here.
var shapes = []kind{everyKind, reachKind, rateKind, rankKind, cleanKind, improveKind, versusKind, scoreKind, raceKind, nominateKind}

// kind is what the package knows of a shape before its parameters are given.
type kind struct {
	info   Info
	decode func(params) Shape
}

// Info describes a shape to those who choose one.
type Info struct {
	Key     string    `json:"key"`
	Name    i18n.Text `json:"name"`
	Example i18n.Text `json:"example"` // a rule of this shape in words
	Params  []Param   `json:"params"`
}

// Param describes one parameter of a shape to the editor.
type Param struct {
	Key      string    `json:"key"`
	Name     i18n.Text `json:"name"`
	Help     i18n.Text `json:"help"`
	Type     ParamType `json:"type"`
	Required bool      `json:"required"`
	Default  string    `json:"default,omitempty"` // what an absent parameter means
	Choices  []Choice  `json:"choices,omitempty"` // of a choice
	Fields   []Param   `json:"fields,omitempty"`  // of each entry of a list, or of an object
}

// ParamType is how a parameter is typed in.
type ParamType string

// The types of parameter. Decimals and percentages are written as text, so that no digit is lost on the way.
const (
	DecimalParam ParamType = "decimal" // in the metric's natural unit: yuan, deals
	AmountParam  ParamType = "amount"  // in the reward's natural unit: yuan, points
	PercentParam ParamType = "percent" // "5%", or the fraction "0.05"
	IntegerParam ParamType = "integer"
	YesNoParam   ParamType = "yes_no"
	ChoiceParam  ParamType = "choice"
	RewardParam  ParamType = "reward" // an object of Reward
	ListParam    ParamType = "list"
	ObjectParam  ParamType = "object" // several parameters under one name
	MetricParam  ParamType = "metric" // key of a metric
	TextParam    ParamType = "text"   // a text, as a field of a record holds it
	KeyParam     ParamType = "key"    // key of a person, team or department
	KeysParam    ParamType = "keys"   // several of them
)

// Choice is one option of a choice parameter.
type Choice struct {
	Value string    `json:"value"`
	Name  i18n.Text `json:"name"`
}

// MaxParams is the largest size in bytes of a shape's parameters.
const MaxParams = 64 << 10

// Shapes describes every shape, in the order in which the editor offers them.
func Shapes() []Info {
	out := make([]Info, len(shapes))
	for i, k := range shapes {
		out[i] = k.info
	}
	return out
}

// Decode reads a shape's parameters strictly. Unknown or malformed ones are problems (*problem.Error) whose field is
// the parameter's path: "tiers[2].up_to". Whether the parameters make sense together is for Validate to say.
func Decode(shape string, params json.RawMessage) (Shape, error) {
	if len(params) > MaxParams {
		return nil, problem.New(problem.TooLarge, "params_too_large", "",
			"规则参数超过 %d KB，请减少档位或奖品的数量。", "The rule's parameters are larger than %d KB: use fewer tiers or prizes.", MaxParams>>10)
	}
	var known []string
	for _, k := range shapes {
		if k.info.Key == shape {
			p := readParams(params, k.info.Params)
			s := k.decode(p)
			if err := problem.Join(*p.problems); err != nil {
				return nil, err
			}
			return s, nil
		}
		known = append(known, k.info.Key)
	}
	list := strings.Join(known, ", ")
	return nil, problem.Bad("unknown_shape", "shape",
		"没有名为“%[1]s”的规则类型；可用的有：%[2]s。", "There is no rule shape “%[1]s”; the shapes are %[2]s.", clip(shape), list)
}

// Evaluate says what a shape makes due and asserts what every shape promises: dues sorted by subject and slot, no slot
// twice, only for subjects that were given, amounts in the reward's currency and above zero (of a multiplier also below), and at most MaxDue a subject.
func Evaluate(shape Shape, period calendar.Period, ctx Context, subjects []Subject) ([]Due, error) {
	given := make(map[Ref]bool, len(subjects))
	for _, s := range subjects {
		if given[s.Ref] {
			return nil, fmt.Errorf("rule %s: subject %v is given twice", shape.Key(), s.Ref)
		}
		given[s.Ref] = true
	}
	dues, err := shape.Evaluate(period, ctx, subjects)
	if err != nil {
		return nil, err
	}
	if !ctx.Part.IsZero() { // a part of a reward may come to less than the smallest coin
		dues = slices.DeleteFunc(dues, func(d Due) bool { return d.Reward.Kind == Cash && d.Amount.Minor == 0 })
	}
	for i, d := range dues {
		switch {
		case !given[d.Ref]:
			return nil, fmt.Errorf("rule %s: due for %v, who is not a subject", shape.Key(), d.Ref)
		case d.Quantity <= 0 || d.Slot == "":
			return nil, fmt.Errorf("rule %s: due of %v has quantity %d, slot %q", shape.Key(), d.Ref, d.Quantity, d.Slot)
		case i > 0 && compareDues(dues[i-1], d) >= 0:
			return nil, fmt.Errorf("rule %s: dues of %v and %v are out of order or repeat a slot", shape.Key(), dues[i-1].Ref, d.Ref)
		case d.Reward.Kind == Cash && (d.Amount.Currency != ctx.currencyOf(d.Reward) || d.Amount.Minor == 0 || d.Amount.Minor < 0 && !CanTakeOff(shape)):
			return nil, fmt.Errorf("rule %s: due of %v is %v instead of an amount in %s", shape.Key(), d.Ref, d.Amount, ctx.currencyOf(d.Reward))
		case d.Reward.Kind != Cash && !d.Amount.IsZero():
			return nil, fmt.Errorf("rule %s: due of %v is no cash and has the amount %v", shape.Key(), d.Ref, d.Amount)
		}
	}
	return dues, nil
}

// faller is a shape that may lose what it made due although it neither ranks nor reads an average: growth, no errors so far.
type faller interface{ canFall() bool }

// CanTakeOff reports whether what a rule makes due may be below zero: a multiplier of another plan's result takes off it what
// is below 100 %.
func CanTakeOff(s Shape) bool {
	r, ok := s.(*commission)
	return ok && r.multiplies
}

// CanFallBack reports whether what a rule makes due within a period may be lost again although no record is
// corrected, so that its awards stay provisional until the period ends: always for ranks, and for any rule on a metric that does
// not add up (an average, a ratio).
func CanFallBack(shape Shape, measure Measure) bool {
	if f, ok := shape.(faller); ok {
		return f.canFall() || !measure.Additive || measure.Falls
	}
	return shape.Population() || !measure.Additive || measure.Falls
}

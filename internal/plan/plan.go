package plan

import (
	"encoding/json"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// Limits of a plan.
const (
	MaxPlans       = 5000
	MaxVersions    = 1000
	maxDescription = 4000 // characters
	maxAudience    = 2000 // entries of one audience list
)

// Def is a plan as people write it.
type Def struct {
	Key         string          `json:"key" yaml:"key" doc:"Stable key: a lower-case letter, then letters, digits, _ or -"`
	Name        i18n.Text       `json:"name" yaml:"name"`
	Description i18n.Text       `json:"description,omitzero" yaml:"description,omitempty"`
	Metric      string          `json:"metric,omitempty" yaml:"metric,omitempty" doc:"Key of the metric that is judged; none where another plan's rewards are"`
	Earned      string          `json:"earned,omitempty" yaml:"earned,omitempty" doc:"Key of a plan whose cash is judged instead of a metric: for bonuses on bonuses and managers' overrides"`
	Rollup      Rollup          `json:"rollup,omitempty" yaml:"rollup,omitempty" enum:"self,reports,tree" doc:"Whose work counts: one's own (default), that of one's direct reports, or of everybody below"`
	Shape       string          `json:"shape" yaml:"shape" doc:"Shape of the rule: every, reach, rate, rank, improve, clean, streak, versus, score, race, nominate"`
	Params      json.RawMessage `json:"params" yaml:"-" doc:"Parameters of the shape"`
	Reward      rule.Reward     `json:"reward" yaml:"reward"`
	Gates       []rule.Gate     `json:"gates,omitempty" yaml:"gates,omitempty" doc:"Conditions on other metrics, all of which must hold"`

	Excludes []string `json:"excludes,omitempty" yaml:"excludes,omitempty" doc:"Keys of plans: records behind their awards do not count here for the same person"`

	Proration rule.Proration   `json:"proration,omitempty" yaml:"proration,omitempty" enum:"off,amount,thresholds" doc:"What becomes of the rewards of those who are in the audience for a part of a period: off by default"`
	Ramp      []rule.RampStep  `json:"ramp,omitempty" yaml:"ramp,omitempty" doc:"Percentages for newcomers, by full months since they joined"`
	RampOn    rule.RampOn      `json:"ramp_on,omitempty" yaml:"ramp_on,omitempty" enum:"amount,targets" doc:"What the ramp's percentage is of: the amount by default"`
	Split     []rule.SplitPart `json:"split,omitempty" yaml:"split,omitempty" doc:"Among whom what is earned is divided; shares add up to 100 %"`
	Budget    *rule.Budget     `json:"budget,omitempty" yaml:"budget,omitempty" doc:"What the plan gives in one period at most"`

	Subject  rule.SubjectKind `json:"subject,omitempty" yaml:"subject,omitempty" enum:"person,team,department" doc:"Who earns: person by default"`
	Audience Audience         `json:"audience,omitzero" yaml:"audience,omitempty"`
	Period   calendar.Kind    `json:"period" yaml:"period" enum:"week,month,quarter,half,year,custom"`
	Periods  []CustomPeriod   `json:"periods,omitempty" yaml:"periods,omitempty" doc:"The periods of a plan whose period is custom, without overlap"`
	Judged   Judged           `json:"judged,omitempty" yaml:"judged,omitempty" enum:"at_once,period_end" doc:"When an award is granted: the moment the line is crossed (default) or when the period has ended"`

	EffectiveFrom  *calendar.Day `json:"effective_from,omitempty" yaml:"effective_from,omitempty" doc:"First day: periods that begin on or after it are judged"`
	Begins         Begins        `json:"begins,omitempty" yaml:"begins,omitempty" enum:"next_period,at_once" doc:"What becomes of the period that is running on the first day: it stays with the version before (next_period, the default), or is split on that day (at_once)"`
	EffectiveUntil *calendar.Day `json:"effective_until,omitempty" yaml:"effective_until,omitempty" doc:"Periods that begin on or after it are no longer judged"`

	Visibility Visibility     `json:"visibility,omitempty" yaml:"visibility,omitempty" enum:"full,amount_hidden,private" doc:"What others see of its awards: full by default"`
	Rounding   money.Rounding `json:"rounding,omitempty" yaml:"rounding,omitempty" enum:"half_even,half_up,down,up" doc:"How an amount is rounded to the minor unit, once, at its end"`
}

// CustomPeriod is a period that a plan lists itself.
type CustomPeriod struct {
	Label string       `json:"label" yaml:"label" doc:"What the period is called, such as 2026 双十一"`
	From  calendar.Day `json:"from" yaml:"from" doc:"First day"`
	Last  calendar.Day `json:"last" yaml:"last" doc:"Last day"`
}

// Series are the periods of the definition.
func (d *Def) Series(cal calendar.Calendar) calendar.Series {
	if d.Period != calendar.Custom {
		return cal.Series(d.Period, nil)
	}
	list := make([]calendar.Period, len(d.Periods))
	for i, p := range d.Periods {
		list[i] = calendar.Period{Window: calendar.Window{From: p.From, To: p.Last + 1}, Kind: calendar.Custom, Label: p.Label}
	}
	slices.SortFunc(list, func(a, b calendar.Period) int { return int(a.From - b.From) })
	return cal.Series(calendar.Custom, list)
}

// Audience is whom a plan covers. With every list empty it covers everybody. For a plan whose subjects are teams or
// departments only the list of those counts. Positions and tenure narrow it: of these persons, those who hold one of the
// positions and have been here for so long, each on the days on which they do.
type Audience struct {
	Persons     []string `json:"persons,omitempty" yaml:"persons,omitempty" doc:"Keys of persons"`
	Teams       []string `json:"teams,omitempty" yaml:"teams,omitempty" doc:"Keys of teams"`
	Departments []string `json:"departments,omitempty" yaml:"departments,omitempty" doc:"Keys of departments; those below them are included"`
	Positions   []string `json:"positions,omitempty" yaml:"positions,omitempty" doc:"Only who holds one of these positions; persons only"`
	Tenure      *Tenure  `json:"tenure,omitempty" yaml:"tenure,omitempty" doc:"Only who has been here for so long; persons only"`
	Member      Member   `json:"member,omitempty" yaml:"member,omitempty" enum:"any_day,last_day,all_days" doc:"On which days of a period one must belong: any by default"`
}

// Tenure is for how many full months somebody has been here, counted on each day. A person whose day of joining is not known
// has none.
type Tenure struct {
	AtLeast int `json:"at_least,omitempty" yaml:"at_least,omitempty" doc:"Full months since the day of joining, at least" minimum:"0" maximum:"1200"`
	Below   int `json:"below,omitempty" yaml:"below,omitempty" doc:"And fewer than these; without end if left out" minimum:"0" maximum:"1200"`
}

// Rollup says whose work counts for a person.
type Rollup string

// The roll-ups; the empty one is Own. Work counts on the days on which somebody reported to the person.
const (
	Own     Rollup = "self"
	Reports Rollup = "reports"
	Tree    Rollup = "tree"
)

// Member says on which days of a period a person must be in the audience.
type Member string

// The ways to belong to a period.
const (
	AnyDay  Member = "any_day"
	LastDay Member = "last_day"
	AllDays Member = "all_days"
)

// Judged says when an award is granted.
type Judged string

// The moments of judgement.
const (
	AtOnce    Judged = "at_once"
	PeriodEnd Judged = "period_end"
)

// Visibility is what others see of a plan's awards.
type Visibility string

// The levels of visibility.
const (
	Full         Visibility = "full"
	AmountHidden Visibility = "amount_hidden"
	Private      Visibility = "private"
)

// Status is where a version stands.
type Status string

// The states of a version.
const (
	Draft     Status = "draft"
	InReview  Status = "in_review" // submitted; it becomes a draft again when it is sent back or changed
	Published Status = "published"
)

// Version is one edition of a plan. Until says where it stopped being judged: at the next version's start or at its end.
type Version struct {
	No          int64
	Status      Status
	Def         Def
	From        calendar.Day
	Until       calendar.Day // first day on which no period of it begins any more; calendar.MaxDay when open
	PublishedAt int64        // µs UTC, 0 for a draft
	PublishedBy string       // of one that is not published: who wrote it
	Review      Review       // of a published one: the submission that it was published from, if any
}

// Plan is a plan with its versions, oldest first.
type Plan struct {
	ID       int64
	Key      string
	Versions []Version
}

// Published lists the published versions, oldest first.
func (p *Plan) Published() []Version {
	var out []Version
	for _, v := range p.Versions {
		if v.Status == Published {
			out = append(out, v)
		}
	}
	return out
}

// Draft is the version in work, in review or not, or nil.
func (p *Plan) Draft() *Version {
	for i := range p.Versions {
		if p.Versions[i].Status != Published {
			return &p.Versions[i]
		}
	}
	return nil
}

// Current is the version to show for a day: the one in force, else the newest published, else the draft.
func (p *Plan) Current(day calendar.Day) *Version {
	var shown *Version
	for i := range p.Versions {
		v := &p.Versions[i]
		if v.Status == Published && (shown == nil || v.From <= day) {
			shown = v
		}
	}
	if shown == nil {
		shown = p.Draft()
	}
	return shown
}

// Version finds a version by its number, or nil.
func (p *Plan) Version(no int64) *Version {
	for i := range p.Versions {
		if p.Versions[i].No == no {
			return &p.Versions[i]
		}
	}
	return nil
}

// Reign is the window of days in which periods that begin belong to a version: from its effective date until the next
// version's, or until it ended. Later versions win where effective dates are equal.
func (p *Plan) Reign(no int64) calendar.Window {
	versions := p.Published()
	for i, v := range versions {
		if v.No != no {
			continue
		}
		w := calendar.Window{From: v.From, To: v.Until}
		for _, later := range versions[i+1:] {
			w.To = min(w.To, later.From)
		}
		return w
	}
	return calendar.Window{}
}

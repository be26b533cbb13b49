package rule

import (
	"cmp"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// Context is what a shape needs to know of the plan around it. All of it is given by the plan and its metric.
type Context struct {
	Metric     i18n.Text // the metric's name, a noun phrase: 新签客户 / New customers
	Measure    Measure
	Period     calendar.Kind
	Subject    SubjectKind // a person if empty
	Reward     Reward      // the plan's reward; steps and prizes may bring their own
	Rounding   money.Rounding
	Currency   string           // the organisation's, for rewards that name none
	Metrics    map[string]Named // the other metrics that the rule reads, by key
	Multiplies bool             // the value is what another plan gives the subject itself, so that a multiplier of it may be given
	Budgeted   bool             // a budget holds the plan's cash, so all of it is of one currency
	Excludes   []i18n.Text      // names of the plans whose rewarded records do not count; see Subject.LeftOut
	CanFall    bool             // awards stay provisional until the period ends; see CanFallBack
	At         calendar.Period  // the judged period, where there is one
	By         *Field           // the field by which the metric tells its records apart; nil where there is none
	World      World            // answers what reads further than the subject's value; nil while a definition is only checked
	Roll       Roll             // answers who was where; nil where World is
	Part       money.Frac       // the part of amounts of cash that the subjects get; zero means all
	Lines      money.Frac       // the part of the lines that the subject is held to, where its value was divided by it; zero means all
	Held       Held             // the same for a shape that holds its lines itself
	Bare       bool             // leave Due.Steps out, for callers that only need what is due
	Undated    bool             // leave Due.Moment and its points out where nothing but they depends on them, so that no points are read

	Called map[string]i18n.Text // names of the persons, teams and departments that the rule names, by key
}

// Measure is how a metric's values are counted and written.
type Measure struct {
	Scale    uint8     // decimal places of a Point's value
	Currency string    // of a metric of money; empty otherwise
	Unit     i18n.Text // 个 / deals; "%" for ratios, which are then written as percentages (0.125 is 12.5 %)
	Falls    bool      // a value that adds up may still become less without a correction: something of the period is taken off
	Earlier  bool      // a period's value reads earlier periods, so that a part of a period has none
	Additive bool      // values of records add up to the period's value (count, sum), so that there are Points
}

// Percent reports whether values are fractions that people read as percentages.
func (m Measure) Percent() bool { return m.Currency == "" && m.Unit.EN == "%" }

// SubjectKind is what a plan rewards.
type SubjectKind string

// The kinds of subject.
const (
	Person     SubjectKind = "person"
	Team       SubjectKind = "team"
	Department SubjectKind = "department"
)

// Company is everybody together, as rules may ask for it; no plan rewards it. Its id is 0.
const Company SubjectKind = "company"

// Ref names a subject: a person's or a unit's id.
type Ref struct {
	Kind SubjectKind `json:"kind"`
	ID   int64       `json:"id"`
}

func compareRefs(a, b Ref) int {
	return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), cmp.Compare(a.ID, b.ID))
}

// Subject is one person, team or department with its value in the period.
type Subject struct {
	Ref   Ref
	Value money.Frac // in natural units (yuan, deals)
	Has   bool       // false means no value, which is not zero: nothing is due

	// Points reads the contributions that add up to Value. It is nil when the metric does not add up, and is called
	// only when a moment or a range of records has to be found.
	Points func() ([]Point, error)
	// Reached is the moment of the last contribution in µs UTC, 0 if there is none.
	Reached int64

	// LeftOut is how many records do not count because another plan rewards them; WhyNot and nothing else reads it.
	LeftOut int

	// Before and BeforeDue are what the earlier periods since the start of a carry brought: the sum of their values,
	// and how many rewards it has settled. Only rules that carry read them; CarryOver computes them.
	Before    money.Frac
	BeforeDue int64

	given int64 // of a later part of a period: how many rewards the rule gives for what came before it
}

// Point is what one record contributes to one subject.
type Point struct {
	Moment   int64  // µs UTC, of the metric's date field; a date is its day's start
	Was      int64  // µs UTC of the record itself, where it counts from a later moment: what an earlier period brought; else 0
	Key      string // the record's external id
	RecordID int64
	PersonID int64
	Value    int64  // scaled by Measure.Scale: 12.50 at scale 2 is 1250
	Label    string // the value of the field by which the metric tells records apart; empty where there is none
}

// Compare is the order in time: moment, then external id bytewise, then record id; never the order of arrival.
// Person and value follow for a record that is credited to several members of one team.
func (p Point) Compare(q Point) int {
	return cmp.Or(cmp.Compare(p.Moment, q.Moment), strings.Compare(p.Key, q.Key),
		cmp.Compare(p.RecordID, q.RecordID), cmp.Compare(p.PersonID, q.PersonID),
		cmp.Compare(p.Value, q.Value))
}

// Own is the moment of the record itself.
func (p Point) Own() int64 {
	if p.Was != 0 {
		return p.Was
	}
	return p.Moment
}

// SortPoints returns the points in the order in time; FromPoint and ToPoint of a Due count in that order.
// The given slice is not changed, and is returned itself when it is in order.
func SortPoints(points []Point) []Point {
	if slices.IsSortedFunc(points, Point.Compare) {
		return points
	}
	out := slices.Clone(points)
	slices.SortFunc(out, Point.Compare)
	return out
}

// bySubject returns the subjects ordered by kind and id, leaving the given slice as it is.
func bySubject(subjects []Subject) []Subject {
	out := slices.Clone(subjects)
	slices.SortFunc(out, func(a, b Subject) int { return compareRefs(a.Ref, b.Ref) })
	return out
}

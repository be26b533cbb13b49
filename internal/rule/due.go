package rule

import (
	"cmp"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// MaxDue is the largest number of rewards that one rule gives one subject in one period. A rule that would give more is
// mistaken (a size of 0.01 yuan), and evaluating it is an error.
const MaxDue = 10_000

// Due is one reward that a rule makes due to one subject in one period.
type Due struct {
	Ref Ref
	// From is the subject that earned what is shared with Ref; zero where Ref earned it.
	From Ref
	// Share is the part that From's reward was divided by; zero where no percentage says it, and where Steps are left out.
	Share money.Frac
	// Slot tells a subject's dues of one period apart, so that a re-evaluation finds the award it made before:
	// every → "1", "2", …; reach → the step's number, or "step" where only the highest is paid; rate → "rate"; rank → "rank".
	Slot     string
	Reward   Reward // what is due; of rate, Amount is the computed one
	Quantity int64  // how many of Reward, at least 1
	// Amount is the cash that is due, Quantity × Reward.Amount, rounded to the minor unit; zero unless the reward is cash.
	Amount money.Amount
	Moment int64      // µs UTC at which it became due; 0 means at the end of the period
	By     *Point     `json:"-"` // the contribution at whose moment it became due; nil at the end of the period, and of a rate, whose last one it is
	Value  money.Frac // the subject's value
	// FromPoint and ToPoint are the half-open range of the subject's Points, in the order in time, that brought it about:
	// -1, -1 means all of them, and an empty range means none of this period's.
	FromPoint, ToPoint int
	Steps              []Step // the arithmetic, in order
}

// Step is one line of the arithmetic behind a due: "¥50,000.00 × 5 %" → "¥2,500.00". Results are exact; the one rounding
// there is has a line of its own.
type Step struct {
	Label   i18n.Text `json:"label"`
	Formula string    `json:"formula"`
	Result  string    `json:"result"`
}

// Progress is where a subject stands within a running period.
type Progress struct {
	Value     string    `json:"value"`     // formatted; "—" for no value
	Target    string    `json:"target"`    // what the next reward takes; empty when there is no next
	Remaining string    `json:"remaining"` // from Value to Target; empty when there is nothing left to do
	Ratio     int       `json:"ratio"`     // Value ÷ Target in permille, 0 … 1000
	Sentence  i18n.Text `json:"sentence"`  // 再有 2 个 → ¥500
	Rank      int       `json:"rank"`      // of shapes that rank: the present place, 0 if not ranked
	Of        int       `json:"of"`        // among how many
	Done      bool      `json:"done"`      // nothing more can be earned in the period, or a winning place is held
}

// compareDues orders by subject, then slot; numbered slots count 1, 2, … 10.
func compareDues(a, b Due) int {
	return cmp.Or(compareRefs(a.Ref, b.Ref), cmp.Compare(len(a.Slot), len(b.Slot)), strings.Compare(a.Slot, b.Slot))
}

func tooMany(c Context, ref Ref) error {
	return problem.Bad("too_many_due", "params",
		"规则在一个周期内会给 %s 发出超过 %s 份奖励，请加大门槛或设置上限。",
		"The rule would give %s more than %s rewards in one period: raise its size or set a cap.", c.World.Name(ref), i18n.Integer(MaxDue))
}

// ShareText writes the share as a percentage; it is empty where none says it.
func (d Due) ShareText() string {
	if d.Share.IsZero() {
		return ""
	}
	return percentOf(d.Share, money.HalfEven).ZH
}

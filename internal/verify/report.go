package verify

import (
	"laurel/internal/calendar"
	"laurel/internal/i18n"
)

// MaxDifferences bounds the differences, and the periods not judged, that a report lists; all of them are counted.
const MaxDifferences = 200

// Report is what a recomputation found.
type Report struct {
	Metrics       int   `json:"metrics"`
	Records       int64 `json:"records"`       // read, of objects that a metric measures
	Contributions int64 `json:"contributions"` // recomputed
	Plans         int   `json:"plans"`         // with a published version
	Periods       int   `json:"periods"`       // judged, over all plans
	Awards        int64 `json:"awards"`        // recomputed
	Adjustments   int64 `json:"adjustments"`   // of closed periods, which must make up for what those lack

	Statements int64 `json:"statements"` // sums of closed periods, by person and currency

	AsOf   calendar.Day `json:"as_of"`  // the local day up to which the engine has judged
	Behind int64        `json:"behind"` // changes that the engine has not taken up yet; differences may be only these

	NotJudgedCount int64        `json:"not_judged_count"`
	NotJudged      []NotJudged  `json:"not_judged"` // the first MaxDifferences periods that the engine says it could not judge
	Count          int64        `json:"difference_count"`
	Differences    []Difference `json:"differences"` // the first MaxDifferences
}

// Agrees reports whether everything stored equals what was recomputed.
func (r *Report) Agrees() bool { return r.Count == 0 }

// NotJudged is a period of a plan that the engine could not judge. Its awards are not compared.
type NotJudged struct {
	Plan    string    `json:"plan"`
	Period  string    `json:"period"`
	Code    string    `json:"code"`
	Message i18n.Text `json:"message"`
}

// Kind says what differs.
type Kind string

// The kinds of difference.
const (
	ContributionDiffers Kind = "contribution"
	CellDiffers         Kind = "cell"
	LeftOutDiffers      Kind = "left_out"
	AwardDiffers        Kind = "award"
	HistoryDiffers      Kind = "history"   // an award is otherwise than its own last step says
	StatementDiffers    Kind = "statement" // what was written down when a period was closed
	PeriodDiffers       Kind = "period"    // cannot be judged and the engine has not said so, or the other way round
)

// Difference is one thing that is stored otherwise than it was recomputed. What does not apply to its kind is empty.
type Difference struct {
	Kind     Kind   `json:"kind"`
	Metric   string `json:"metric,omitempty"`
	Record   int64  `json:"record,omitempty"`
	Day      string `json:"day,omitempty"`
	Plan     string `json:"plan,omitempty"`
	Period   string `json:"period,omitempty"`
	Subject  string `json:"subject,omitempty"` // person E0012 Zhang Wei
	Slot     string `json:"slot,omitempty"`
	Expected string `json:"expected"` // what was recomputed; "nothing" if nothing is due
	Found    string `json:"found"`    // what is stored
}

const nothing = "nothing"

func (r *Report) skip(n NotJudged) {
	r.NotJudgedCount++
	if len(r.NotJudged) < MaxDifferences {
		r.NotJudged = append(r.NotJudged, n)
	}
}

func (r *Report) differ(d Difference) {
	r.Count++
	if len(r.Differences) < MaxDifferences {
		r.Differences = append(r.Differences, d)
	}
}

package api

import (
	"time"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// ShapeInfo is a kind of rule.
type ShapeInfo struct {
	Key     string       `json:"key" example:"every"`
	Name    i18n.Text    `json:"name"`
	Example i18n.Text    `json:"example"`
	Params  []rule.Param `json:"params" doc:"What the editor asks for"`
}

// Plan is a reward plan as its list shows it.
type Plan struct {
	ID            int64            `json:"id"`
	Key           string           `json:"key"`
	Name          i18n.Text        `json:"name"`
	Description   i18n.Text        `json:"description"`
	Status        string           `json:"status" enum:"draft,in_review,published,ended"`
	Sentence      i18n.Text        `json:"sentence" doc:"The whole rule in plain words"`
	Shape         string           `json:"shape"`
	Metric        KeyName          `json:"metric"`
	Subject       string           `json:"subject" enum:"person,team,department"`
	Period        string           `json:"period" enum:"week,month,quarter,half,year,custom"`
	Reward        rule.Reward      `json:"reward"`
	Visibility    string           `json:"visibility" enum:"full,amount_hidden,private" doc:"What others see of its awards: never more than of those of the plan that it builds on"`
	ClosedBy      *KeyName         `json:"closed_by,omitempty" doc:"The plan that it builds on and that others see less of than the definition says"`
	EffectiveFrom *calendar.Day    `json:"effective_from,omitempty" format:"date"`
	CoversMe      bool             `json:"covers_me"`
	Spent         *Amount          `json:"spent,omitempty" doc:"Granted so far; absent when there is none or the caller may not see it"`
	Awards        int64            `json:"awards" doc:"Awards granted so far"`
	Given         map[string]int64 `json:"given" doc:"Rewards granted so far that are not cash, by kind: badge, title, gift …"`
	Figures       Figures          `json:"figures" doc:"Points and days of leave in all, by kind: points, leave"`
	Versions      int              `json:"versions"`
	HasDraft      bool             `json:"has_draft"`
	InReview      bool             `json:"in_review" doc:"A version is in review; told to those who may publish it"`
}

// PlanDetail is a plan with its definition and all its versions.
type PlanDetail struct {
	Plan
	Definition   plan.Def      `json:"definition" doc:"The draft if there is one, else the version in force"`
	Versions     []PlanVersion `json:"versions" doc:"Newest first"`
	AudienceText i18n.Text     `json:"audience_text"`

	Ended         *calendar.Day `json:"ended,omitempty" format:"date" doc:"The plan was ended: the first day on which no new period is judged; DELETE /plans/{key}/end takes it back"`
	PublishBarred *i18n.Text    `json:"publish_barred,omitempty" doc:"Why the caller may not publish the draft as it stands; absent when nothing is in the way"`
}

// PlanVersion is one version of a plan.
type PlanVersion struct {
	No            int           `json:"no"`
	Status        string        `json:"status" enum:"draft,in_review,published,superseded,ended"`
	EffectiveFrom *calendar.Day `json:"effective_from,omitempty" format:"date"`
	PublishedAt   *time.Time    `json:"published_at,omitempty"`
	PublishedBy   string        `json:"published_by,omitempty" doc:"Of one that is not published: who wrote it"`
	Review        *PlanReview   `json:"review,omitempty" doc:"The last word on it; of a published one the submission that it was published from. For those who design plans"`
	Sentence      i18n.Text     `json:"sentence"`
	Definition    plan.Def      `json:"definition"`
}

// PlanReview is what was last done about a version's review.
type PlanReview struct {
	Act  string    `json:"act" enum:"submitted,sent_back,edited" doc:"Submitted: in review. Sent back, or edited while in review: a draft again"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty" doc:"The note of a submission, the reason of a return"`
}

// PlanDone is something that was done to a plan.
type PlanDone struct {
	At      time.Time     `json:"at"`
	By      string        `json:"by"`
	Did     string        `json:"did" enum:"draft,drop_draft,submitted,sent_back,publish,end,resume"`
	Until   *calendar.Day `json:"until,omitempty" format:"date" doc:"Of an end: the first day on which the plan no longer holds"`
	Version int           `json:"version,omitempty" doc:"Of submissions and returns"`
	Note    string        `json:"note,omitempty" doc:"The note of a submission, the reason of a return"`
}

// SubmitInput puts a draft in review.
type SubmitInput struct {
	Note string `json:"note,omitempty" maxLength:"2000" doc:"What to look at"`
}

// SendBackInput makes a version in review a draft again.
type SendBackInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"What its author should change"`
}

// PublishInput puts a draft in force.
type PublishInput struct {
	EffectiveFrom *calendar.Day `json:"effective_from,omitempty" format:"date" doc:"Judges the periods that begin on this day or later; the draft's own day when absent"`
	Begins        plan.Begins   `json:"begins,omitempty" enum:"next_period,at_once" doc:"What becomes of the period that is running on that day: it stays with the version before, or is split there; as the draft says when absent"`
	Retroactive   bool          `json:"retroactive,omitempty" doc:"Change periods that were already judged, deliberately; confirmed must then name the list of changes that was seen"`
	Confirmed     string        `json:"confirmed,omitempty" maxLength:"64" doc:"Token of POST /plans/{key}/changes"`
	ReviewAt      *time.Time    `json:"review_at,omitempty" doc:"The moment (review.at) of the submission that was looked at: refused when another one is in review by now"`
}

// ChangesInput asks what publishing a definition from a past day on would change.
type ChangesInput struct {
	Definition    plan.Def     `json:"definition"`
	EffectiveFrom calendar.Day `json:"effective_from" format:"date"`
}

// EndInput ends a plan.
type EndInput struct {
	Until       *calendar.Day `json:"until,omitempty" format:"date" doc:"First day on which it no longer holds; today when absent"`
	Retroactive bool          `json:"retroactive,omitempty" doc:"The day lies in the past, deliberately: awards of the periods that begin on or after it go, and confirmed must then name the list of them"`
	Confirmed   string        `json:"confirmed,omitempty" maxLength:"64" doc:"Token of the list of changes that was seen"`
}

// PreviewInput asks what a plan would have paid.
type PreviewInput struct {
	Definition plan.Def     `json:"definition"`
	From       calendar.Day `json:"from" format:"date"`
	To         calendar.Day `json:"to" format:"date"`
	Metric     *metric.Def  `json:"metric,omitempty" doc:"The plan's metric by a definition that is not saved, such as one with another condition"`
}

// Preview is what a plan would have paid over the organisation's own history.
type Preview struct {
	Sentence  i18n.Text       `json:"sentence"`
	Problems  []ProblemPart   `json:"problems"`
	Periods   []PreviewPeriod `json:"periods"`
	Rows      []PreviewRow    `json:"rows"`
	Close     []PreviewClose  `json:"close" doc:"Who came close and what was missing"`
	TotalCost Amount          `json:"total_cost" doc:"Cash in the organisation's currency, and what things cost"`
	Given     []i18n.Text     `json:"given" doc:"What is given in all, added up by what it is"`
	Winners   int             `json:"winners" doc:"Different people or teams that win at least once"`
	Losers    int             `json:"losers" doc:"Different people or teams from whom something is taken off at least once"`
	People    int             `json:"people" doc:"People or teams that take part"`
	ElapsedMS int64           `json:"elapsed_ms"`
}

// PreviewPeriod is one period of a preview.
type PreviewPeriod struct {
	Label    string       `json:"label"`
	From     calendar.Day `json:"from" format:"date"`
	To       calendar.Day `json:"to" format:"date"`
	Winners  int          `json:"winners"`
	Subjects int          `json:"subjects"`
	Cost     Amount       `json:"cost" doc:"Cash in the organisation's currency, and what things cost"`
	Given    []i18n.Text  `json:"given" doc:"What is given, added up by what it is: ¥1,200.00, 服务之星 × 12"`
}

// PreviewRow is one subject that would have won in one period.
type PreviewRow struct {
	Period  string       `json:"period"`
	Subject SubjectRef   `json:"subject"`
	Value   string       `json:"value"`
	Due     string       `json:"due" doc:"Number of rewards"`
	Amount  *Amount      `json:"amount,omitempty" doc:"Cash in one currency; none where there are several, or no cash"`
	Given   []i18n.Text  `json:"given" doc:"What is given, added up by what it is"`
	ShareOf []SubjectRef `json:"share_of,omitempty" doc:"Whose rewards this is, or contains, a share of"`
}

// PreviewClose is a subject that nearly won.
type PreviewClose struct {
	Period  string     `json:"period"`
	Subject SubjectRef `json:"subject"`
	Value   string     `json:"value"`
	Missing i18n.Text  `json:"missing"`
}

// Standing is how everybody stands in a plan in one period.
type Standing struct {
	Period  PeriodInfo    `json:"period"`
	Periods []string      `json:"periods" doc:"Labels of the periods that can be asked for, newest first"`
	Rows    []StandingRow `json:"rows"`
	LeftOut []OwnLeftOut  `json:"left_out" doc:"The caller's own records that would count in the period and cannot"`
}

// PeriodInfo is a period; from is in it, to is not.
type PeriodInfo struct {
	Label   string       `json:"label" example:"2026-Q1"`
	From    calendar.Day `json:"from" format:"date"`
	To      calendar.Day `json:"to" format:"date"`
	Running bool         `json:"running"`
}

// StandingRow is one subject's standing.
type StandingRow struct {
	Rank     int         `json:"rank"`
	Subject  SubjectRef  `json:"subject"`
	Value    string      `json:"value" doc:"Empty when there is no value"`
	Progress Progress    `json:"progress"`
	Awards   int         `json:"awards" doc:"0 when the amount is hidden"`
	Amount   *Amount     `json:"amount,omitempty" doc:"Absent when there is none or it is hidden"`
	Given    []i18n.Text `json:"given" doc:"What is due, added up by what it is: 60 积分, 服务之星 × 2; empty when it is hidden"`
	Hidden   bool        `json:"hidden" doc:"The amount is not for the caller's eyes, nor the value it follows from"`
	WhyNot   i18n.Text   `json:"why_not"`
	IsMe     bool        `json:"is_me"`
	IsMine   bool        `json:"is_mine" doc:"One of the caller's people, or a unit of theirs: the caller stands above them today"`
}

// Progress is the way to the next reward.
type Progress struct {
	Ratio     int       `json:"ratio" minimum:"0" maximum:"1000" doc:"In thousandths"`
	Value     string    `json:"value"`
	Target    string    `json:"target"`
	Remaining string    `json:"remaining"`
	Sentence  i18n.Text `json:"sentence"`
	Rank      int       `json:"rank"`
	Of        int       `json:"of"`
	Done      bool      `json:"done"`
}

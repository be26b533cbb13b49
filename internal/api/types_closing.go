package api

import (
	"time"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
)

// ClosingCalendar is which periods are open, closed and paid.
type ClosingCalendar struct {
	Kind    string          `json:"kind" enum:"week,month,quarter,half,year"`
	Until   *calendar.Day   `json:"until,omitempty" format:"date" doc:"First day that is still open; absent while nothing is closed"`
	Periods []ClosingPeriod `json:"periods" doc:"Newest first"`
}

// ClosingPeriod is one period of the calendar.
type ClosingPeriod struct {
	Kind      string       `json:"kind" enum:"week,month,quarter,half,year"`
	Label     string       `json:"label" example:"2026-03"`
	From      calendar.Day `json:"from" format:"date"`
	To        calendar.Day `json:"to" format:"date" doc:"First day after it"`
	State     string       `json:"state" enum:"running,open,reopened,closed,paid"`
	Next      bool         `json:"next" doc:"The one to be closed now"`
	MayReopen bool         `json:"may_reopen" doc:"Closed last and not paid"`
	ClosedAt  *time.Time   `json:"closed_at,omitempty"`
	ClosedBy  string       `json:"closed_by,omitempty"`
	PaidAt    *time.Time   `json:"paid_at,omitempty"`
	PaidBy    string       `json:"paid_by,omitempty"`
	Disputes  int          `json:"disputes" doc:"Of its statements: disputed and not settled"`
	With      string       `json:"with,omitempty" example:"2026-Q3" doc:"Lies before the first closing: the period with which it was closed, and is paid"`
	Reopened  []Reopening  `json:"reopened" doc:"How often it was opened again, the last first"`
}

// Reopening is a closing that was taken back.
type Reopening struct {
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Reason   string    `json:"reason"`
	ClosedAt time.Time `json:"closed_at"`
	ClosedBy string    `json:"closed_by"`
}

// ClosingPreview is what closing a period would fix, and what still moves in it.
type ClosingPreview struct {
	Period      ClosingPeriod    `json:"period"`
	Problem     *ProblemPart     `json:"problem,omitempty" doc:"Why it cannot be closed now"`
	Moving      ClosingMoving    `json:"moving"`
	Totals      []ClosingTotal   `json:"totals" doc:"By plan, what becomes final; empty for those who do not see all awards"`
	Cash        []Amount         `json:"cash" doc:"All cash that becomes final, by currency, adjustments included"`
	Others      map[string]int64 `json:"others" doc:"Rewards that are not cash, by kind"`
	Figures     Figures          `json:"figures" doc:"Points and days of leave in all, by kind: points, leave"`
	Earlier     *ClosingEarlier  `json:"earlier,omitempty" doc:"Of the first closing: what lies before the period and becomes final with it; not in totals and cash"`
	Adjustments []Award          `json:"adjustments" doc:"Corrections of closed periods that go into this one"`
	MoreAdjust  bool             `json:"more_adjustments" doc:"There are more adjustments than are listed"`
}

// ClosingEarlier is what the first closing settles besides its own period.
type ClosingEarlier struct {
	Awards int64    `json:"awards" doc:"Of every kind"`
	Cash   []Amount `json:"cash" doc:"By currency"`
	All    []Amount `json:"all" doc:"The cash with that of the period itself"`
}

// ClosingMoving is what is not settled yet.
type ClosingMoving struct {
	Settled     bool             `json:"settled" doc:"Nothing moves"`
	Behind      int64            `json:"behind" doc:"Changes that are not judged yet"`
	Provisional int64            `json:"provisional" doc:"Awards of the period that wait for its end"`
	NotJudged   []ClosingFault   `json:"not_judged" doc:"Periods of plans that cannot be judged"`
	LeftOut     []ClosingLeftOut `json:"left_out" doc:"Records that meet a metric's condition and cannot be counted: a date, a person, a rate is missing"`
}

// ClosingFault is a period of a plan that cannot be judged.
type ClosingFault struct {
	Plan    KeyName   `json:"plan"`
	Period  string    `json:"period"`
	Message i18n.Text `json:"message"`
}

// ClosingLeftOut is how many records a metric leaves out, and why.
type ClosingLeftOut struct {
	Metric KeyName   `json:"metric"`
	Reason i18n.Text `json:"reason"`
	Code   string    `json:"code"`
	Count  int64     `json:"count"`
}

// ClosingTotal is what one plan gives in the period.
type ClosingTotal struct {
	Plan        KeyName `json:"plan"`
	Period      string  `json:"period" doc:"Of the plan: a quarter's awards are closed with its last month"`
	Kind        string  `json:"kind" enum:"cash,gift,title,badge,training,growth,points,leave"`
	Adjustment  bool    `json:"adjustment"`
	Awards      int64   `json:"awards"`
	Quantity    int64   `json:"quantity"`
	Figure      string  `json:"figure,omitempty" example:"60" doc:"Of points and leave: how many points or days in all"`
	Amount      *Amount `json:"amount,omitempty"`
	Provisional bool    `json:"provisional"`
}

// CloseInput names the period to be closed.
type CloseInput struct {
	Kind  string `json:"kind" enum:"week,month,quarter,half,year"`
	Label string `json:"label" maxLength:"20" example:"2026-03"`
}

// ReopenInput says why a period is opened again.
type ReopenInput struct {
	Reason string `json:"reason" maxLength:"2000"`
}

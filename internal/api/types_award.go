package api

import (
	"time"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
)

// Award is a reward that somebody earned.
type Award struct {
	ID        int64       `json:"id"`
	Plan      KeyName     `json:"plan"`
	Version   int         `json:"version" doc:"Version of the plan that it follows"`
	Subject   SubjectRef  `json:"subject"`
	Period    PeriodInfo  `json:"period"`
	Slot      string      `json:"slot" doc:"Which of the period's rewards it is"`
	Origin    string      `json:"origin,omitempty" example:"2026-01" doc:"Of an adjustment: the closed period that it corrects. Its amount or quantity may be below zero"`
	State     string      `json:"state" enum:"provisional,granted,reversed"`
	Reward    AwardReward `json:"reward"`
	Quantity  int64       `json:"quantity" doc:"0 when the amount is hidden"`
	Amount    *Amount     `json:"amount,omitempty" doc:"Absent when there is none or it is hidden"`
	Hidden    bool        `json:"hidden" doc:"The amount is not for the caller's eyes"`
	EarnedAt  time.Time   `json:"earned_at" doc:"Moment in the data that earned it"`
	GrantedAt *time.Time  `json:"granted_at,omitempty"`
	Headline  i18n.Text   `json:"headline"`
	Reason    i18n.Text   `json:"reason"`
}

// AwardReward is the kind and name of what an award gives.
type AwardReward struct {
	Kind string    `json:"kind" enum:"cash,gift,title,badge,training,growth,points,leave"`
	Name i18n.Text `json:"name"`
}

// AwardDetail is an award down to its records and arithmetic.
type AwardDetail struct {
	Award
	Sentence        i18n.Text         `json:"sentence" doc:"The rule in plain words"`
	Steps           []Step            `json:"steps" doc:"The arithmetic, step by step; empty when the amount is hidden"`
	ShareOf         *AwardShare       `json:"share_of,omitempty" doc:"Of a share: who earned what is shared"`
	BasedOn         []Award           `json:"based_on" doc:"Of a plan that judges what another gives the same subject: that plan's awards in the period, as far as the caller sees them"`
	Records         []AwardRecord     `json:"records"`
	RecordsTotal    int64             `json:"records_total"`
	Corrections     []AwardCorrection `json:"corrections" doc:"Of an adjustment: what happened since the closing to the records that it rests on or that brought it about, oldest first; empty when the amount is hidden"`
	MoreCorrections bool              `json:"more_corrections,omitempty" doc:"There are more than are listed"`
	History         []AwardChange     `json:"history"`
	Previous        *AwardLink        `json:"previous,omitempty"`
	Next            *AwardLink        `json:"next,omitempty"`
	VersionNo       int               `json:"version_no"`
}

// AwardShare says whose reward an award is a share of.
type AwardShare struct {
	Of      SubjectRef `json:"of"`
	Percent string     `json:"percent,omitempty" example:"30 %" doc:"Absent where members divide a share, or the amount is hidden"`
}

// AwardLink points at another award.
type AwardLink struct {
	ID int64 `json:"id"`
}

// Step is one step of the arithmetic.
type Step struct {
	Label   i18n.Text `json:"label"`
	Formula string    `json:"formula" example:"¥50,000.00 × 5 %"`
	Result  string    `json:"result" example:"¥2,500.00"`
}

// AwardRecord is a record that an award rests on.
type AwardRecord struct {
	Object string       `json:"object"`
	ID     int64        `json:"id"`
	Title  string       `json:"title"`
	Date   calendar.Day `json:"date" format:"date"`
	Person Named        `json:"person" doc:"Whom it counts for; without an id (0) the team or department itself"`
	Value  string       `json:"value" doc:"Empty when the amount is hidden"`
	Part   string       `json:"part,omitempty" doc:"The part of the value that counts here, where it is not all"`
}

// AwardCorrection is one change of a record, after its period was closed.
type AwardCorrection struct {
	Seq    int64            `json:"seq" doc:"Its number in the change log"`
	At     time.Time        `json:"at"`
	By     string           `json:"by"`
	Kind   string           `json:"kind" enum:"create,update,delete,restore"`
	Object KeyName          `json:"object"`
	Record Named            `json:"record"`
	Fields []CorrectedField `json:"fields" doc:"Of those that the plan's metrics read"`
}

// CorrectedField is one field of a corrected record. What was or is empty is absent.
type CorrectedField struct {
	Key    string     `json:"key"`
	Name   i18n.Text  `json:"name"`
	Before *i18n.Text `json:"before,omitempty"`
	After  *i18n.Text `json:"after,omitempty"`
}

// AwardChange is one entry of an award's history.
type AwardChange struct {
	At           time.Time  `json:"at"`
	Kind         string     `json:"kind"`
	AmountBefore *Amount    `json:"amount_before,omitempty"`
	AmountAfter  *Amount    `json:"amount_after,omitempty"`
	Cause        AwardCause `json:"cause"`
}

// AwardCause is what made an award change.
type AwardCause struct {
	Text     i18n.Text `json:"text"`
	Object   string    `json:"object,omitempty"`
	RecordID int64     `json:"record_id,omitempty"`
	Seq      int64     `json:"seq,omitempty"`
}

// MyRewards is a person's own page.
type MyRewards struct {
	Person       Named          `json:"person"`
	PeriodLabel  string         `json:"period_label"`
	Period       PeriodInfo     `json:"period" doc:"The quarter that the sums are about"`
	Earned       Amount         `json:"earned" doc:"Granted in this quarter, in the organisation's currency"`
	EarnedBefore Amount         `json:"earned_before" doc:"Granted in the whole of the quarter before"`
	PeriodBefore PeriodInfo     `json:"period_before" doc:"The quarter before, which has ended"`
	Provisional  Amount         `json:"provisional" doc:"Not final yet"`
	Others       []Amount       `json:"others,omitempty" doc:"Granted in this quarter in other currencies"`
	Counts       map[string]int `json:"counts" doc:"Other rewards by kind: badge, title, gift …"`
	Figures      Figures        `json:"figures" doc:"Points and days of leave in all, by kind: points, leave"`
	Progress     []MyProgress   `json:"progress"`
	Recent       []Award        `json:"recent"`

	LeftOut   []OwnLeftOut      `json:"left_out" doc:"The person's records that would count for a running period and cannot"`
	Statement *StatementWaiting `json:"statement,omitempty" doc:"The caller's own statement that waits for a word"`
}

// MyProgress is the way to the next reward of one plan.
type MyProgress struct {
	Plan    MyPlan     `json:"plan"`
	Period  PeriodInfo `json:"period"`
	Subject SubjectRef `json:"subject"`
	Progress
	WhyNot      i18n.Text   `json:"why_not"`
	RecordsLink RecordsLink `json:"records_link"`
}

// MyPlan is a plan in a few words.
type MyPlan struct {
	Key   string    `json:"key"`
	Name  i18n.Text `json:"name"`
	Shape string    `json:"shape"`
}

// RecordsLink leads to the records behind a figure.
type RecordsLink struct {
	Object string `json:"object"`
	Filter string `json:"filter" doc:"CEL, for GET /objects/{object}/records?filter="`
}

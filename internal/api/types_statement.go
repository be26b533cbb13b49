package api

import (
	"time"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
)

// StatementPeriod is a period that has statements.
type StatementPeriod struct {
	Kind  string       `json:"kind" enum:"week,month,quarter,half,year"`
	Label string       `json:"label" example:"2026-03"`
	From  calendar.Day `json:"from" format:"date"`
	To    calendar.Day `json:"to" format:"date" doc:"First day after it"`
	State string       `json:"state" enum:"open,closed,paid" doc:"Figures of an open one still move"`
}

// Statements is the list of a period's statements that the caller may see.
type Statements struct {
	Period    StatementPeriod   `json:"period"`
	Periods   []StatementPeriod `json:"periods" doc:"All that can be chosen, newest first"`
	Items     []StatementLine   `json:"items" doc:"By name; at most 5,000"`
	Totals    []StatementCash   `json:"totals" doc:"Control totals of the items, by currency"`
	Confirmed int               `json:"confirmed"`
	Disputed  int               `json:"disputed" doc:"Not settled yet, replied to or not"`
	Settled   int               `json:"settled" doc:"Disputes that finance settled, and that nobody confirmed or disputed since"`
	MayExport bool              `json:"may_export"`
}

// StatementLine is one statement in the list.
type StatementLine struct {
	Subject SubjectRef       `json:"subject"`
	Cash    []StatementCash  `json:"cash"`
	Others  map[string]int64 `json:"others" doc:"Rewards that are not cash, by kind"`
	Figures Figures          `json:"figures" doc:"Points and days of leave in all, by kind: points, leave"`
	Answer  *StatementAnswer `json:"answer,omitempty"`
}

// StatementCash is what a period comes to in one currency: awards + adjustments = earned, earned - taken = net;
// owed_before + incurred - taken = owed_after.
type StatementCash struct {
	Currency    string `json:"currency" example:"CNY"`
	Awards      string `json:"awards" example:"1500.00"`
	Adjustments string `json:"adjustments" example:"-200.00" doc:"Corrections of closed periods, without what is taken back"`
	Earned      string `json:"earned"`
	OwedBefore  string `json:"owed_before" doc:"Was paid too much, and is still to be taken back when the period begins"`
	Incurred    string `json:"incurred" doc:"Paid too much, as it turned out in this period"`
	Taken       string `json:"taken" doc:"Taken back in this period"`
	OwedAfter   string `json:"owed_after" doc:"Carried to the next period"`
	Net         string `json:"net" doc:"What is to be paid; was, once the period is marked as paid"`
	Limit       string `json:"limit,omitempty" example:"30%" doc:"At most this share of what is earned is taken back"`
}

// Statement is what one person, team or department is told for a period.
type Statement struct {
	Period      StatementPeriod   `json:"period"`
	Subject     SubjectRef        `json:"subject"`
	Awards      []Award           `json:"awards"`
	Adjustments []Award           `json:"adjustments" doc:"Corrections of closed periods"`
	Owed        []StatementDebt   `json:"owed" doc:"What was paid too much: the oldest is taken back first"`
	Cash        []StatementCash   `json:"cash"`
	Others      map[string]int64  `json:"others" doc:"Rewards that are not cash, by kind"`
	Figures     Figures           `json:"figures" doc:"Points and days of leave in all, by kind: points, leave"`
	Answer      *StatementAnswer  `json:"answer,omitempty" doc:"The last word to the figures that stand"`
	History     []StatementAnswer `json:"history" doc:"Everything that was said, oldest first"`
	MayAnswer   bool              `json:"may_answer" doc:"It is the caller's own, and closed"`
	MayReply    bool              `json:"may_reply" doc:"It is disputed, and the caller is the person's manager, finance or an administrator"`
	MaySettle   bool              `json:"may_settle" doc:"It is disputed, and the caller is finance"`
}

// StatementDebt is an award that was paid too much, and how much of it the period takes back.
type StatementDebt struct {
	Award Award  `json:"award"`
	Taken Amount `json:"taken"`
	Left  Amount `json:"left"`
}

// StatementAnswer is one thing that was said: by the person (confirmed, disputed), or to the person (replied, settled).
type StatementAnswer struct {
	Answer  string    `json:"answer" enum:"confirmed,disputed,replied,settled"`
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Earlier bool      `json:"earlier,omitempty" doc:"Said before the period was reopened and closed again"`
}

// StatementWaiting is a closed statement that the person has not answered, or whose dispute was replied to or settled.
type StatementWaiting struct {
	Period StatementPeriod `json:"period"`
	Answer string          `json:"answer,omitempty" enum:"replied,settled" doc:"What was said last to the person's dispute; absent when nothing was said yet"`
}

// StatementAnswerInput confirms a statement, or says what is wrong with it.
type StatementAnswerInput struct {
	Answer string `json:"answer" enum:"confirmed,disputed"`
	Text   string `json:"text,omitempty" maxLength:"2000" doc:"What is wrong; needed with disputed"`
}

// StatementReplyInput answers a dispute, or settles it.
type StatementReplyInput struct {
	Answer string `json:"answer" enum:"replied,settled" doc:"settled takes the role finance"`
	Text   string `json:"text" maxLength:"2000" doc:"What the person is told"`
}

// statementWords are the words of the printed statement and the file for payroll.
var statementWords = map[string]i18n.Text{
	"title":       i18n.T("对账单", "Statement"),
	"period":      i18n.T("周期", "Period"),
	"state":       i18n.T("状态", "State"),
	"open":        i18n.T("未关账，金额还会变", "open: figures still move"),
	"closed":      i18n.T("已关账", "closed"),
	"paid":        i18n.T("已发放", "paid"),
	"awards":      i18n.T("奖励", "Awards"),
	"adjustments": i18n.T("调整", "Adjustments"),
	"owed":        i18n.T("追回", "Taken back"),
	"date":        i18n.T("日期", "Date"),
	"plan":        i18n.T("方案", "Plan"),
	"reason":      i18n.T("因为", "Because"),
	"origin":      i18n.T("更正", "Corrects"),
	"amount":      i18n.T("金额或奖品", "Amount or reward"),
	"taken":       i18n.T("本期追回", "Taken now"),
	"left":        i18n.T("余额", "Left"),
	"sum":         i18n.T("合计（%s）", "In all (%s)"),
	"line_awards": i18n.T("奖励", "Awards"),
	"line_adjust": i18n.T("调整", "Adjustments"),
	"line_before": i18n.T("期初应追回", "Owed back when the period began"),
	"line_new":    i18n.T("本期新增应追回", "Became owed back"),
	"line_taken":  i18n.T("本期追回", "Taken back"),
	"line_after":  i18n.T("期末应追回", "Carried to the next period"),
	"line_net":    i18n.T("应发", "To be paid"),
	"line_paid":   i18n.T("已发", "Paid"),
	"nothing":     i18n.T("这个周期没有奖励。", "There are no awards in this period."),
	"limit":       i18n.T("每个周期追回的金额不超过本期所得的 %s；先追回最早的。", "In each period at most %s of what is earned is taken back, the oldest first."),
	"confirmed":   i18n.T("%s 已确认", "confirmed on %s"),
	"disputed":    i18n.T("%s 提出异议：%s", "disputed on %s: %s"),
	"replied":     i18n.T("%s %s 答复：%s", "replied to on %s by %s: %s"),
	"settled":     i18n.T("%s %s 处理：%s", "settled on %s by %s: %s"),
	"ask":         i18n.T("每个奖励的依据在系统中可逐条打开。", "Every award opens down to its records in Laurel."),
}

package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/record"
)

const company = `
organisation: {name: 测试公司, time_zone: Asia/Shanghai, fiscal_start_month: 1, currency: CNY}
objects:
  - key: deal
    name: {zh: 商机, en: Deal}
    fields: [{key: owner, name: 负责人, type: person}, {key: closed, name: 关闭日期, type: date}]
metrics:
  - {key: won, name: {zh: 赢单数, en: Deals won}, object: deal, date: closed, person: owner, measure: {kind: count}}
plans:
  - {key: bonus, name: 每单奖, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 500}, period: quarter}
`

// desk is where plans are written and reviewed.
type desk struct {
	*testing.T
	*definition.Stores
}

func open(t *testing.T, d *db.DB) *desk {
	records, err := record.Open(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	persons, metrics := people.Open(d, records), metric.Open(records)
	k := &desk{t, &definition.Stores{DB: d, Records: records, People: persons, Metrics: metrics, Plans: plan.Open(records, persons, metrics)}}
	k.apply(company)
	return k
}

func (k *desk) apply(file string) []string {
	k.Helper()
	out, err := k.ApplyText(k.Context(), "test", []byte(file), definition.Options{})
	if err != nil {
		k.Fatal(err)
	}
	var lines []string
	for _, line := range out.Changes {
		lines = append(lines, line.EN)
	}
	return lines
}

// act does something in a transaction of its own and expects a problem, or none.
func (k *desk) act(code string, do func(tx *db.Tx) error) {
	k.Helper()
	err := k.DB.Write(k.Context(), do)
	if code == "" && err != nil || code != "" && !problem.IsCode(err, code) {
		k.Errorf("got %v, want %q", err, code)
	}
}

func (k *desk) submit(who, note, code string) {
	k.Helper()
	k.act(code, func(tx *db.Tx) error { _, err := k.Plans.Submit(tx, who, "bonus", note); return err })
}

func (k *desk) sendBack(who, reason, code string) {
	k.Helper()
	k.act(code, func(tx *db.Tx) error { _, err := k.Plans.SendBack(tx, who, "bonus", reason); return err })
}

// edit saves the draft with another amount.
func (k *desk) edit(who, amount string) {
	k.Helper()
	k.act("", func(tx *db.Tx) error {
		p, err := k.Plans.ByKey(tx, "bonus")
		if err != nil {
			return err
		}
		def := p.Versions[len(p.Versions)-1].Def
		if def.Reward.Amount, err = money.ParseDecimal(amount); err != nil {
			return err
		}
		_, err = k.Plans.SaveDraft(tx, who, def)
		return err
	})
}

func (k *desk) publish(who string) {
	k.Helper()
	k.act("", func(tx *db.Tx) error {
		p, err := k.Plans.ByKey(tx, "bonus")
		if err != nil {
			return err
		}
		_, _, err = k.Plans.Publish(tx, who, p.Draft().Def, calendar.DayOf(2026, 1, 1), false)
		return err
	})
}

// stands expects the newest version and the last word on it.
func (k *desk) stands(want string) {
	k.Helper()
	k.act("", func(tx *db.Tx) error {
		p, err := k.Plans.ByKey(tx, "bonus")
		if err != nil {
			return err
		}
		v := p.Versions[len(p.Versions)-1]
		got := strings.TrimSpace(fmt.Sprintf("%s by %s: %s %s %s", v.Status, v.PublishedBy, v.Review.Act, v.Review.By, v.Review.Note))
		if got != want {
			k.Errorf("it stands as %q, want %q", got, want)
		}
		if (v.Review.At != 0) != (v.Review.Act != "") {
			k.Errorf("%q was at %d", v.Review.Act, v.Review.At)
		}
		return nil
	})
}

func TestADraftGoesThroughReview(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		k.stands("draft by test:")
		k.sendBack("ben", "没有理由", "not_in_review")
		k.submit("ann", " 请看金额 ", "")
		k.stands("in_review by test: submitted ann 请看金额")
		k.submit("ben", "", "already_in_review")
		k.sendBack("ben", "  ", "required")
		k.sendBack("ben", strings.Repeat("长", 2001), "too_long")
		k.sendBack("ben", "金额太高", "")
		k.sendBack("ben", "金额太高", "not_in_review")

		// The reason stays while its author works on the draft, until the next submission.
		k.edit("ann", "350")
		k.edit("ann", "300")
		k.stands("draft by ann: sent_back ben 金额太高")
		k.submit("ann", "", "")
		k.edit("ann", "300") // saving the same again leaves it in review
		k.stands("in_review by ann: submitted ann")
		k.edit("cai", "400")
		k.stands("draft by cai: edited cai")

		k.submit("cai", "这次可以了", "")
		k.publish("ben")
		k.stands("published by ben: submitted cai 这次可以了")
		k.submit("cai", "", "no_draft")
		k.sendBack("cai", "晚了", "not_in_review")

		if got, want := k.log(), []string{
			"test draft", "ann submitted 请看金额", "ben sent_back 金额太高", "ann draft", "ann submitted", "cai draft", "cai submitted 这次可以了", "ben publish",
		}; !slices.Equal(got, want) {
			t.Errorf("the history is %q, want %q", got, want)
		}
	})
}

// log is the plan's history, oldest first: who did what and why.
func (k *desk) log() (out []string) {
	k.act("", func(tx *db.Tx) error {
		p, err := k.Plans.ByKey(tx, "bonus")
		if err != nil {
			return err
		}
		history, err := k.Plans.History(tx, p)
		for _, d := range slices.Backward(history) {
			out = append(out, strings.TrimSpace(d.By+" "+d.Did+" "+d.Note))
		}
		return err
	})
	return out
}

// What could not be published is not worth anybody's review.
func TestOnlyASoundDraftIsSubmitted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		k.edit("ann", "-5")
		k.submit("ann", "", "reward_amount_missing")
		k.stands("draft by ann:")
		k.act("unknown_plan", func(tx *db.Tx) error { _, err := k.Plans.Submit(tx, "ann", "nothing", ""); return err })
	})
}

// With four eyes a version is published from review, by somebody who neither wrote nor submitted it.
func TestFourEyesAskForAReview(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		may := func(who, code string) {
			t.Helper()
			k.act(code, func(tx *db.Tx) error {
				p, err := k.Plans.ByKey(tx, "bonus")
				if err != nil {
					return err
				}
				return k.Plans.CheckReviewed(tx, p.Draft(), who)
			})
		}
		k.edit("ann", "300")
		may("ann", "")
		k.apply(`organisation: {name: 测试公司, four_eyes: true}`)
		may("ann", "four_eyes")
		may("ben", "review_required")
		k.submit("cai", "", "")
		may("ann", "four_eyes")
		may("cai", "four_eyes")
		may("ben", "")
		k.sendBack("ben", "再看看", "")
		may("ben", "review_required")
	})
}

// A file that says what is in review leaves it there; one that says something else ends the review and tells so.
func TestFilesAndReviews(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		k.edit("ann", "300")
		k.submit("ann", "", "")
		var exported *definition.File
		k.act("", func(tx *db.Tx) (err error) { exported, err = k.Export(tx); return err })
		if exported.Plans[0].EffectiveFrom != nil {
			t.Error("applying the export would publish what is in review")
		}
		text, err := definition.Write(exported)
		if err != nil {
			t.Fatal(err)
		}
		if changes := k.apply(string(text)); len(changes) > 0 {
			t.Errorf("applying the export changed %q", changes)
		}
		k.stands("in_review by ann: submitted ann")
		if changes := k.apply(company); !slices.Contains(changes, "no longer in review: plan bonus") {
			t.Errorf("the changes are %q", changes)
		}
		k.stands("draft by test: edited test")
	})
}

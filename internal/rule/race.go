package rule

import (
	"cmp"
	"fmt"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// race rewards the first of those whose running total gets to a line.
type race struct {
	places int64
	at     money.Decimal
	prizes []prize
}

var raceKind = kind{
	info: Info{
		Key:     "race",
		Name:    i18n.T("抢先", "Race"),
		Example: i18n.T("本季最先签满 20 个新客户的 3 人，各得 ¥2,000。", "The first 3 to reach 20 new customers in a quarter each earn ¥2,000."),
		Params: []Param{
			{Key: "places", Type: IntegerParam, Default: "1", Name: i18n.T("前几个", "Places"), Help: i18n.T("最先达到的几个得奖。", "So many who get there first win.")},
			{Key: "at", Type: DecimalParam, Required: true, Name: i18n.T("达到多少", "At"), Help: i18n.T("累计到这么多算到达。", "The line that the running total has to reach.")},
			{Key: "prizes", Type: ListParam, Name: i18n.T("各名次奖励", "Prizes"), Help: i18n.T("没有列出的名次用方案的奖励。", "Places not listed get the plan's reward."), Fields: []Param{
				{Key: "place", Type: IntegerParam, Required: true, Name: i18n.T("名次", "Place"), Help: i18n.T("从 1 开始。", "Counted from 1.")},
				{Key: "reward", Type: RewardParam, Required: true, Name: i18n.T("奖励", "Reward"), Help: i18n.T("这一名次的奖励。", "What this place gets.")},
			}},
		},
	},
	decode: decodeRace,
}

func decodeRace(p params) Shape {
	r := race{places: 1}
	if n, ok := p.integer("places"); ok {
		r.places = n
	}
	r.at, _ = p.fraction("at")
	for _, row := range p.list("prizes", MaxPrizes) {
		one := prize{reward: row.reward("reward")}
		one.place, _ = row.integer("place")
		r.prizes = append(r.prizes, one)
	}
	return &r
}

func (r *race) Key() string      { return "race" }
func (r *race) Population() bool { return true }

// canFall: who got there first stays first, unless a record is corrected.
func (r *race) canFall() bool { return false }

func (r *race) Validate(c Context) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if r.places < 1 || r.places > MaxPlaces {
		bad("places_out_of_range", "places", "名次须在 1 到 %d 之间。", "Places lie between 1 and %d.", MaxPlaces)
	}
	if r.at.Sign() <= 0 {
		bad("step_without_effort", "at", "要达到的数须大于 0，否则周期一开始就已达到。", "The line must be above 0, or it is reached when the period begins.")
	}
	if !c.Measure.Additive {
		bad("metric_not_additive", "metric", "“抢先”需要可累加的指标（计数或求和）。", "A race needs a metric that adds up (a count or a sum).")
	}
	taken := map[int64]bool{}
	for i, p := range r.prizes {
		at := fmt.Sprintf("prizes[%d]", i)
		switch {
		case p.place < 1:
			bad("place_out_of_range", at+".place", "名次从 1 开始。", "Places are counted from 1.")
		case p.place > r.places:
			bad("prize_beyond_places", at+".place", "只奖励前 %[1]d 名，第 %[2]d 名得不到奖励；请增加名次或去掉这一项。",
				"Only %[1]d places win, so place %[2]d gets nothing: raise the places or remove this prize.", r.places, p.place)
		case taken[p.place]:
			bad("prize_twice", at+".place", "第 %d 名的奖励写了两次，请去掉一项。", "Place %d has two prizes: remove one.", p.place)
		}
		taken[p.place] = true
		if p.reward != nil {
			out = append(out, c.checkReward(at+".reward", *p.reward, false)...)
		}
	}
	if int64(len(r.prizes)) < r.places {
		out = append(out, c.checkReward("reward", c.Reward, false)...)
	}
	return out
}

// prizeOf is what a place gets.
func (r *race) prizeOf(c Context, place int64) Reward {
	for _, p := range r.prizes {
		if p.place == place && p.reward != nil {
			return c.paid(*p.reward)
		}
	}
	return c.paid(c.Reward)
}

func (r *race) there(s Subject) bool { return s.Has && s.Value.CmpDecimal(r.at) >= 0 }

// finisher is a subject that has got there, with the contribution that brought it there.
type finisher struct {
	Subject
	by    Point
	index int // of the contribution; -1 where there are none to read
}

// finishers are those who are there, in the order in which they got there: by the record that brought them there, and for
// one record that counts for several by kind and id.
func (r *race) finishers(c Context, all []Subject) ([]finisher, error) {
	c.Undated = false // who was first decides
	var out []finisher
	for _, s := range all {
		if !r.there(s) {
			continue
		}
		f := finisher{Subject: s, index: -1}
		run, err := newRun(c, s, money.Frac{})
		if err != nil {
			return nil, err
		}
		if run != nil {
			if f.index = run.cross(r.at.Frac(), false); f.index >= 0 {
				f.by = run.points[f.index]
			}
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b finisher) int {
		x, y := a.by, b.by
		x.PersonID, y.PersonID, x.Value, y.Value = 0, 0, 0, 0
		return cmp.Or(x.Compare(y), compareRefs(a.Ref, b.Ref))
	})
	return out, nil
}

func (r *race) Evaluate(_ calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	first, err := r.finishers(c, subjects)
	if err != nil {
		return nil, fmt.Errorf("rule race: %w", err)
	}
	var out []Due
	for i, f := range first[:min(int64(len(first)), r.places)] {
		reward := r.prizeOf(c, int64(i+1))
		amount, err := c.cash(reward)
		if err != nil {
			return nil, fmt.Errorf("rule race: %w", err)
		}
		d := Due{Ref: f.Ref, Slot: "race", Reward: reward, Quantity: 1, Amount: amount, Value: f.Value, FromPoint: -1, ToPoint: -1}
		if f.index >= 0 {
			d.Moment, d.By, d.FromPoint, d.ToPoint = f.by.Moment, &f.by, 0, f.index+1
		}
		if !c.Bare {
			d.Steps = r.arithmetic(c, f.Subject, i+1, len(first), reward, amount)
		}
		out = append(out, d)
	}
	slices.SortFunc(out, compareDues)
	return out, nil
}

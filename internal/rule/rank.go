package rule

import (
	"fmt"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// Bounds of a rank.
const (
	MaxPlaces = 10_000
	MaxPrizes = 1_000
)

// rank rewards the first of those who are compared.
type rank struct {
	places    int64          // 0: a share of those ranked
	percent   *money.Decimal // 5 means 5 %
	round     string         // of the share: up, down, nearest
	ascending bool           // the smallest value is the best
	minimum   *money.Decimal // in the metric's natural unit
	ties      string         // at the last place: all, none, earliest
	prizes    []prize
	share     bool        // tied subjects share the prizes of the places they fill
	within    SubjectKind // each team or department by itself; empty: everybody together
}

// prize is what one place gets; places without a prize of their own get the plan's reward.
type prize struct {
	place  int64
	reward *Reward
}

var rankKind = kind{
	info: Info{
		Key:     "rank",
		Name:    i18n.T("排名", "Rank"),
		Example: i18n.T("年度销售额从高到低排名，前 5 %（名额向上取整，至少一名）各得 ¥10,000；与最后一名并列的都算。", "Ranked by sales in a year, highest first: the top 5% (rounded up, at least one) each earn ¥10,000. Everyone who ties for the last place wins."),
		Params: []Param{
			{Key: "places", Type: IntegerParam, Name: i18n.T("前几名", "Places"), Help: i18n.T("与“前百分之几”二选一。", "Either this or a percentage.")},
			{Key: "percent", Type: DecimalParam, Name: i18n.T("前百分之几", "Top percent"), Help: i18n.T("5 即参加排名者的前 5 %。", "5 means the top 5 % of those ranked.")},
			{Key: "round", Type: ChoiceParam, Default: "up", Name: i18n.T("人数取整", "Rounding of places"), Help: i18n.T("按百分比算出的名额怎样取整；只要有人参加排名，至少一名。", "How a percentage becomes places; at least one if anyone is ranked."),
				Choices: []Choice{{"up", i18n.T("向上", "Up")}, {"down", i18n.T("向下", "Down")}, {"nearest", i18n.T("四舍五入", "To the nearest")}}},
			{Key: "order", Type: ChoiceParam, Default: "desc", Name: i18n.T("排序", "Order"), Help: i18n.T("数值大的在前还是小的在前。", "Whether large or small values come first."),
				Choices: []Choice{{"desc", i18n.T("从高到低", "Highest first")}, {"asc", i18n.T("从低到高", "Lowest first")}}},
			{Key: "minimum", Type: DecimalParam, Name: i18n.T("入围线", "Minimum"), Help: i18n.T("数值不低于此才参加排名；不填则须大于 0。", "Only values of at least this are ranked; without one, only those above 0.")},
			{Key: "ties", Type: ChoiceParam, Default: "all", Name: i18n.T("最后一名并列时", "Ties at the last place"), Help: i18n.T("名额放不下并列的人时怎么办。", "What happens when those who tie do not all fit."),
				Choices: []Choice{{"all", i18n.T("都算", "All win")}, {"none", i18n.T("都不算", "None wins")}, {"earliest", i18n.T("先达到者优先", "The earliest win")}}},
			{Key: "prizes", Type: ListParam, Name: i18n.T("各名次奖励", "Prizes"), Help: i18n.T("没有列出的名次用方案的奖励。", "Places not listed get the plan's reward."), Fields: []Param{
				{Key: "place", Type: IntegerParam, Required: true, Name: i18n.T("名次", "Place"), Help: i18n.T("从 1 开始。", "Counted from 1.")},
				{Key: "reward", Type: RewardParam, Required: true, Name: i18n.T("奖励", "Reward"), Help: i18n.T("这一名次的奖励。", "What this place gets.")},
			}},
			{Key: "share", Type: YesNoParam, Default: "false", Name: i18n.T("并列时平分", "Share when tied"), Help: i18n.T("并列者平分所占各名次的奖金。", "Those who tie share the prizes of the places they fill.")},
			{Key: "within", Type: ChoiceParam, Default: "all", Name: i18n.T("在谁之间排名", "Ranked within"), Help: i18n.T("所有人一起排名，还是每个团队或部门各排各的。", "Everybody together, or each team or department by itself."),
				Choices: []Choice{{"all", i18n.T("所有人", "Everybody")}, {string(Team), i18n.T("各团队内", "Each team")}, {string(Department), i18n.T("各部门内", "Each department")}}},
		},
	},
	decode: decodeRank,
}

func decodeRank(p params) Shape {
	r := rank{round: p.choice("round"), ascending: p.choice("order") == "asc", ties: p.choice("ties"), share: p.yesNo("share")}
	if within := p.choice("within"); within != "all" {
		r.within = SubjectKind(within)
	}
	r.places, _ = p.integer("places")
	if d, ok := p.percent("percent"); ok {
		r.percent = &d
	}
	if d, ok := p.fraction("minimum"); ok {
		r.minimum = &d
	}
	switch {
	case p.has("places") && p.has("percent"):
		p.bad("percent", "places_twice", "“前几名”与“前百分之几”只能填一个。", "Give a number of places or a percentage, not both.")
	case !p.has("places") && !p.has("percent"):
		p.bad("places", "places_missing", "请填写前几名，或前百分之几。", "Give a number of places or a percentage.")
	}
	if p.has("round") && !p.has("percent") {
		p.bad("round", "param_unused", "按固定名次时不需要取整，请去掉。", "A number of places needs no rounding: leave it out.")
	}
	for _, row := range p.list("prizes", MaxPrizes) {
		prize := prize{reward: row.reward("reward")}
		prize.place, _ = row.integer("place")
		r.prizes = append(r.prizes, prize)
	}
	return &r
}

func (r *rank) Key() string      { return "rank" }
func (r *rank) Population() bool { return true }

func (r *rank) Validate(c Context) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if kind := c.Subject; r.within != "" && (kind == Department || kind == r.within) {
		bad("rank_within_itself", "within", "“在谁之间排名”须比奖励对象大一级：个人可在团队或部门内排名，团队可在部门内排名。",
			"Persons are ranked within teams or departments, teams within departments: choose something larger than the subject.")
	}
	hundred := money.Decimal{Coef: 100}
	if r.percent == nil && (r.places < 1 || r.places > MaxPlaces) {
		bad("places_out_of_range", "places", "名次须在 1 到 %d 之间。", "Places lie between 1 and %d.", MaxPlaces)
	}
	if r.percent != nil && (r.percent.Sign() <= 0 || r.percent.Cmp(hundred) > 0) {
		bad("percent_out_of_range", "percent", "百分比须大于 0，且不超过 100。", "The percentage must be above 0 and at most 100.")
	}
	taken := make(map[int64]bool)
	for i, p := range r.prizes {
		at := fmt.Sprintf("prizes[%d]", i)
		switch {
		case p.place < 1:
			bad("place_out_of_range", at+".place", "名次从 1 开始。", "Places are counted from 1.")
		case r.percent == nil && p.place > r.places:
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
	if r.paysPlan() {
		out = append(out, c.checkReward("reward", c.Reward, false)...)
	}
	if r.share {
		out = append(out, r.checkShare(c)...)
	}
	return out
}

// checkShare finds prizes that cannot be added up and divided.
func (r *rank) checkShare(c Context) []*problem.Error {
	rewards := []Reward{}
	if r.paysPlan() {
		rewards = append(rewards, c.Reward)
	}
	for _, p := range r.prizes {
		if p.reward != nil {
			rewards = append(rewards, *p.reward)
		}
	}
	for _, reward := range rewards {
		if reward.Kind != Cash || c.currencyOf(reward) != c.currencyOf(rewards[0]) {
			return []*problem.Error{problem.Bad("share_needs_cash", "share", "只有同一币种的奖金才能平分；请改为并列者各得其名次的奖励。",
				"Only cash of one currency can be shared: let those who tie each get their rank's prize instead.")}
		}
	}
	return nil
}

// paysPlan reports whether there are winning places without a prize of their own, which get the plan's reward.
func (r *rank) paysPlan() bool { return r.percent != nil || int64(len(r.prizes)) < r.places }

// prizeOf is what a place gets.
func (r *rank) prizeOf(c Context, place int64) Reward {
	for _, p := range r.prizes {
		if p.place == place && p.reward != nil {
			return c.paid(*p.reward)
		}
	}
	return c.paid(c.Reward)
}

func (r *rank) Evaluate(_ calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	for _, league := range r.leagues(c, subjects) {
		order, err := r.standing(league)
		if err != nil {
			return nil, fmt.Errorf("rule rank: %w", err)
		}
		dues, err := r.awards(c, order)
		if err != nil {
			return nil, fmt.Errorf("rule rank: %w", err)
		}
		out = append(out, dues...)
	}
	slices.SortFunc(out, compareDues)
	return out, nil
}

// awards gives the winners of one order their prizes, those who tie together.
func (r *rank) awards(c Context, order standing) (out []Due, err error) {
	for from := 0; from < order.winners; {
		to := from + 1
		for to < order.winners && order.ranks[to] == order.ranks[from] {
			to++
		}
		dues, err := r.award(c, order, from, to)
		if err != nil {
			return nil, err
		}
		out = append(out, dues...)
		from = to
	}
	return out, nil
}

// award gives those who tie, standing at from up to to, their prize each or their share of the prizes.
func (r *rank) award(c Context, order standing, from, to int) ([]Due, error) {
	pot, err := r.pot(c, order, from, to)
	if err != nil {
		return nil, err
	}
	var out []Due
	for i := from; i < to; i++ {
		s := order.subjects[i]
		reward := r.prizeOf(c, int64(order.ranks[i]))
		amount, err := c.cash(reward)
		if err != nil {
			return nil, err
		}
		if pot.shares != nil {
			amount.Minor = pot.shares[i-from]
			reward.Amount = amount.Decimal()
			if amount.Minor == 0 {
				continue
			}
		}
		d := Due{Ref: s.Ref, Slot: "rank", Reward: reward, Quantity: 1, Amount: amount, Value: s.Value, FromPoint: -1, ToPoint: -1}
		if !c.Bare {
			d.Steps = r.steps(c, order, i, pot, reward, amount)
		}
		out = append(out, d)
	}
	return out, nil
}

// pot is what those who tie share; shares is nil where they do not.
type pot struct {
	prizes []money.Amount
	shares []int64
}

// pot adds up the prizes of the winning places that those who tie fill.
func (r *rank) pot(c Context, order standing, from, to int) (pot, error) {
	if !r.share || to-from < 2 {
		return pot{}, nil
	}
	var p pot
	sum := money.Amount{Currency: c.currencyOf(r.prizeOf(c, 1))}
	last := min(int64(order.ranks[from]+to-from-1), order.places)
	for place := int64(order.ranks[from]); place <= last; place++ {
		amount, err := c.cash(r.prizeOf(c, place))
		if err != nil {
			return p, err
		}
		if sum, err = sum.Add(amount); err != nil {
			return p, err
		}
		p.prizes = append(p.prizes, amount)
	}
	weights := make([]int64, to-from)
	for i := range weights {
		weights[i] = 1
	}
	var err error
	p.shares, err = money.Allocate(sum.Minor, weights)
	return p, err
}

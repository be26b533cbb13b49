package rule

import (
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// MaxParts is the largest number of parts of a scorecard.
const MaxParts = 20

// MaxCurve is the largest number of points of a payout curve.
const MaxCurve = 50

// score pays by a weighted mean of attainments, along a curve. Its figures have no bounds: quotients of amounts soon have
// denominators of which a sum fits nowhere, though what is paid is an ordinary amount.
type score struct {
	parts  []scorePart
	spread bool // the weight of a part without a value goes to the others; else it counts 0
	curve  []curvePoint
	lines  bool // straight lines between the points of the curve; else steps
	below  bool // what lies below the curve's first point pays nothing; else what that point pays
}

// scorePart is one line of the card.
type scorePart struct {
	metric  string // empty: the plan's
	weight  money.Decimal
	target  *money.Decimal // nil: planned, or the metric is an attainment as it stands
	planned bool           // the target is the one that the subject has in the period
	floor   money.Decimal
	ceiling *money.Decimal
	down    string // "": more is better; inverse: target ÷ value; linear: 2 − value ÷ target
}

// measured reports whether the metric's value is held against a target.
func (p scorePart) measured() bool { return p.planned || p.target != nil }

// curvePoint is what a score pays.
type curvePoint struct {
	at    money.Decimal
	pays  money.Decimal
	share bool // pays is a share of the reward's amount; else the amount itself
}

func (s *score) Key() string      { return "score" }
func (s *score) Population() bool { return false }

// canFall: a score is a mean, which the next record may lower.
func (s *score) canFall() bool { return true }

func (s *score) Reads() (out Reads) {
	for _, p := range s.parts {
		if p.metric != "" {
			out.Metrics = append(out.Metrics, p.metric)
		}
	}
	return out
}

func (s *score) Validate(c Context) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	s.checkParts(bad)
	computed := s.checkCurve(bad, c)
	if computed && c.Reward.Kind != Cash && c.Reward.Kind != Points {
		bad("reward_not_computable", "reward.kind", "按金额发放时，奖励须是奖金或积分。", "Amounts are paid in cash or points: choose one of them as the reward.")
		return out
	}
	return append(out, c.checkReward("reward", c.Reward, computed)...)
}

func (s *score) checkParts(bad report) {
	sum := new(big.Rat)
	seen := map[string]bool{}
	for i, p := range s.parts {
		at := fmt.Sprintf("parts[%d]", i)
		if p.weight.Sign() <= 0 {
			bad("weight_not_positive", at+".weight", "权重须大于 0。", "A weight must be above 0.")
		}
		sum.Add(sum, decimalRat(p.weight))
		if seen[p.metric] {
			bad("part_twice", at+".metric", "同一个指标写了两次，请合并权重。", "This metric is on the card twice: put the weights together.")
		}
		seen[p.metric] = true
		if p.target != nil && p.target.Sign() <= 0 {
			bad("target_not_positive", at+".target", "目标须大于 0。", "A target must be above 0.")
		}
		if p.down != "" && !p.measured() {
			bad("target_missing", at+".target", "越低越好的指标须填写目标。", "Where lower is better, give a target.")
		}
		if p.down == "inverse" && p.ceiling == nil {
			bad("ceiling_missing", at+".ceiling", "越低越好时，数值接近 0 达成率会无限大，请填写上限。", "Where lower is better the attainment has no end near 0: give a ceiling.")
		}
		if p.ceiling != nil && p.ceiling.Cmp(p.floor) < 0 {
			bad("ceiling_below_floor", at+".ceiling", "上限 %s 低于下限 %s，请调整其一。", "The ceiling of %s is below the floor of %s: change one of them.", p.ceiling, p.floor)
		}
	}
	if len(s.parts) > 0 && sum.Cmp(big.NewRat(1, 1)) != 0 {
		bad("weights_not_whole", "parts", "各项权重合计须为 100 %%，现在是 %s %%。", "The weights must add up to 100%%; they make %s%%.", ratText(new(big.Rat).Mul(sum, big.NewRat(100, 1))))
	}
}

// checkCurve finds contradictions in the curve; computed says that it names amounts instead of shares of the reward's.
func (s *score) checkCurve(bad report, c Context) (computed bool) {
	shares := 0
	for i, p := range s.curve {
		at := fmt.Sprintf("curve[%d]", i)
		if i > 0 && p.at.Cmp(s.curve[i-1].at) <= 0 {
			bad("curve_not_rising", at+".at", "曲线各点须从低到高：%s 不高于前一点的 %s。", "The points of a curve must rise: %s is not above the %s before it.", p.at, s.curve[i-1].at)
		}
		if p.pays.Sign() < 0 {
			bad("pays_negative", at+".pays", "发放不能为负数。", "What is paid cannot be below 0.")
		}
		switch {
		case p.share:
			shares++
		case !p.pays.IsZero():
			computed = true
			if places := c.payPlaces(); p.pays.Trim().Scale > places {
				bad("too_many_places", at+".pays", "最多 %d 位小数，请减少小数位。", "There may be at most %d decimal places: give fewer.", int(places))
			}
		}
	}
	whole := money.Decimal{Coef: 1}
	for i, p := range s.curve {
		at := fmt.Sprintf("curve[%d].pays", i)
		switch {
		case computed && shares > 0 && p.share && !p.pays.IsZero():
			bad("pays_mixed", at, "同一条曲线不能既写百分比又写金额。", "One curve pays either shares such as 50% or amounts, not both.")
		case computed && !p.share && !p.pays.IsZero() && c.Reward.Amount.Sign() > 0:
			bad("pays_unclear", at, "方案已有奖励数额：按它的比例发放请写成 50% 这样；按固定金额发放请去掉奖励的数额。",
				"The reward has an amount: write 50% for a share of it, or leave the reward’s amount out to pay these amounts.")
		case !computed && !c.Reward.Kind.counted() && !p.pays.IsZero() && p.pays.Cmp(whole) != 0:
			bad("share_of_thing", at, "这种奖励不能发一部分，请写 0% 或 100%。", "This reward cannot be given in part: write 0% or 100%.")
		}
	}
	if !computed && !c.Reward.Kind.counted() && c.Reward.Kind.Valid() && (len(s.curve) == 0 || s.lines) {
		bad("share_of_thing", "curve_mode", "这种奖励不能发一部分：请用分段曲线，写明得分多少才发。", "This reward cannot be given in part: give a curve in steps that says from which score on it is earned.")
	}
	return computed
}

// amounts reports whether the curve names amounts.
func (s *score) amounts() bool {
	return slices.ContainsFunc(s.curve, func(p curvePoint) bool { return !p.share && !p.pays.IsZero() })
}

// attained is what one part came to.
type attained struct {
	value, target money.Frac
	has           bool
	exact, held   *big.Rat // the attainment, and within its floor and ceiling; nil without a value. exact is nil where it has no end
}

// card is a subject's scorecard in a period.
type card struct {
	parts []attained
	total *big.Rat // nil: none of the parts has a value
	share *big.Rat // of the weights that count
}

func (s *score) card(c Context, x Subject, p calendar.Period) (out card, err error) {
	sum, weights := new(big.Rat), new(big.Rat)
	any := false
	for _, part := range s.parts {
		a, err := part.attain(c, x, p)
		if err != nil {
			return card{}, err
		}
		out.parts = append(out.parts, a)
		weight := decimalRat(part.weight)
		if a.held != nil {
			any = true
			sum.Add(sum, new(big.Rat).Mul(weight, a.held))
		} else if s.spread {
			continue
		}
		weights.Add(weights, weight)
	}
	if !any {
		return out, nil
	}
	out.total, out.share = sum.Quo(sum, weights), weights
	return out, nil
}

func (p scorePart) attain(c Context, x Subject, at calendar.Period) (out attained, err error) {
	if p.metric != "" {
		if x, err = c.World.Subject(p.metric, x.Ref, at); err != nil {
			return out, err
		}
	}
	out.value, out.has = x.Value, x.Has
	if !x.Has {
		return out, nil
	}
	exact := ratOf(x.Value)
	part, err := p.part(c)
	if err != nil {
		return out, err
	}
	if p.measured() {
		if p.target != nil {
			out.target = p.target.Frac()
		} else {
			target, ok, err := c.World.Target(p.metric, x.Ref, at)
			if err != nil || !ok || target.Sign() <= 0 {
				return out, err
			}
			out.target = target
		}
		if out.target, err = out.target.Mul(part); err != nil {
			return out, err
		}
		exact = p.against(exact, ratOf(out.target))
	} else {
		exact.Quo(exact, ratOf(part))
	}
	out.exact, out.held = exact, exact
	switch {
	case exact == nil || p.ceiling != nil && exact.Cmp(decimalRat(*p.ceiling)) > 0:
		out.held = decimalRat(*p.ceiling)
	case exact.Cmp(decimalRat(p.floor)) < 0:
		out.held = decimalRat(p.floor)
	}
	return out, nil
}

// against is the attainment of a target above 0; nil means more than any figure.
func (p scorePart) against(v, target *big.Rat) *big.Rat {
	switch {
	case p.down == "linear":
		return new(big.Rat).Sub(big.NewRat(2, 1), new(big.Rat).Quo(v, target))
	case p.down == "inverse" && v.Sign() <= 0:
		return nil
	case p.down == "inverse":
		return new(big.Rat).Quo(target, v)
	}
	return new(big.Rat).Quo(v, target)
}

// pay is what a score pays, in the reward's natural unit: yuan, points, or so many of a thing.
func (s *score) pay(c Context, total *big.Rat) *big.Rat {
	if len(s.curve) == 0 {
		return new(big.Rat).Mul(total, decimalRat(c.Reward.Amount))
	}
	n := 0 // points at or below the score
	for n < len(s.curve) && total.Cmp(decimalRat(s.curve[n].at)) >= 0 {
		n++
	}
	switch {
	case n == 0 && s.below:
		return new(big.Rat)
	case n == 0:
		return s.curve[0].amount(c)
	case n == len(s.curve) || !s.lines:
		return s.curve[n-1].amount(c)
	}
	low, high := s.curve[n-1], s.curve[n]
	x0, y0 := decimalRat(low.at), low.amount(c)
	part := new(big.Rat).Quo(new(big.Rat).Sub(total, x0), new(big.Rat).Sub(decimalRat(high.at), x0))
	rise := new(big.Rat).Sub(high.amount(c), y0)
	return part.Add(part.Mul(part, rise), y0)
}

// amount is what a point of the curve pays.
func (p curvePoint) amount(c Context) *big.Rat {
	pays := decimalRat(p.pays)
	if p.share && c.Reward.Kind.counted() {
		return pays.Mul(pays, decimalRat(c.Reward.Amount))
	}
	return pays
}

// due rounds what a score pays, once; paid is false where it comes to nothing.
func (s *score) due(c Context, pays *big.Rat) (reward Reward, amount money.Amount, paid bool, err error) {
	reward = c.paid(c.Reward)
	switch {
	case !reward.Kind.counted():
		return reward, amount, pays.Sign() > 0, nil
	case reward.Kind == Cash:
		if !c.Part.IsZero() {
			pays = new(big.Rat).Mul(pays, ratOf(c.Part))
		}
		d, err := money.RoundRat(pays, c.payPlaces(), c.Rounding)
		reward.Amount, amount = d, money.Amount{Minor: d.Coef, Currency: reward.Currency}
		return reward, amount, d.Sign() > 0, err
	}
	places := uint8(0)
	if reward.Kind == Leave {
		places = leavePlaces
	}
	reward.Amount, err = money.RoundRat(pays, places, c.Rounding)
	return reward, amount, reward.Amount.Sign() > 0, err
}

// leavePlaces are the decimal places of a computed leave: tenths of a day.
const leavePlaces = 1

func (s *score) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	for _, x := range bySubject(subjects) {
		card, err := s.card(c, x, p)
		if err != nil {
			return nil, fmt.Errorf("rule score for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
		}
		if card.total == nil {
			continue
		}
		pays := s.pay(c, card.total)
		reward, amount, paid, err := s.due(c, pays)
		if err != nil {
			return nil, fmt.Errorf("rule score for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
		}
		if !paid {
			continue
		}
		d := Due{Ref: x.Ref, Slot: "score", Reward: reward, Quantity: 1, Amount: amount, Value: x.Value, FromPoint: -1, ToPoint: -1}
		if !c.Bare {
			d.Steps = s.arithmetic(c, card, pays, reward, amount)
		}
		out = append(out, d)
	}
	return out, nil
}

func decimalRat(d money.Decimal) *big.Rat { return big.NewRat(d.Coef, money.Pow10(d.Scale)) }

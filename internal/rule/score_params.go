package rule

import (
	"fmt"
	"math/big"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

var scoreKind = kind{
	info: Info{
		Key:     "score",
		Name:    i18n.T("综合评分", "Score"),
		Example: i18n.T("每季综合得分（销售额达成率 60 %，满意度达成率 40 %）达到 100 %，得全额奖金 ¥10,000；80 % 得一半。", "A quarter’s score (60% sales against target, 40% customer rating) of 100% earns the full ¥10,000, 80% earns half."),
		Params: []Param{
			{Key: "parts", Type: ListParam, Required: true, Name: i18n.T("考核项", "Parts"), Help: i18n.T("各项的指标和权重，权重合计 100 %。", "Metrics with their weights, which add up to 100%."), Fields: []Param{
				{Key: "metric", Type: MetricParam, Name: i18n.T("指标", "Metric"), Help: i18n.T("留空即方案的指标。", "The plan’s metric if left out.")},
				{Key: "weight", Type: PercentParam, Required: true, Name: i18n.T("权重", "Weight"), Help: i18n.T("例：40%。", "For example 40%.")},
				{Key: "target", Type: DecimalParam, Name: i18n.T("目标", "Target"), Help: i18n.T("固定目标；plan 即本人当期的目标；留空表示指标本身就是达成率。", "A fixed target; “plan” for the subject’s own target of the period; left out where the metric is an attainment itself.")},
				{Key: "floor", Type: PercentParam, Default: "0%", Name: i18n.T("达成率下限", "Floor"), Help: i18n.T("低于此按此计。", "Attainments below it count as this.")},
				{Key: "ceiling", Type: PercentParam, Name: i18n.T("达成率上限", "Ceiling"), Help: i18n.T("高于此按此计；留空不设上限。", "Attainments above it count as this; none if left out.")},
				{Key: "direction", Type: ChoiceParam, Default: "up", Name: i18n.T("方向", "Direction"), Help: i18n.T("越高越好，还是越低越好（目标 ÷ 数值，或 2 − 数值 ÷ 目标）。", "Whether more is better or less (target ÷ value, or 2 − value ÷ target)."),
					Choices: []Choice{{"up", i18n.T("越高越好", "More is better")}, {"down", i18n.T("越低越好：目标 ÷ 数值", "Less is better: target ÷ value")}, {"down_linear", i18n.T("越低越好：2 − 数值 ÷ 目标", "Less is better: 2 − value ÷ target")}}},
			}},
			{Key: "missing", Type: ChoiceParam, Default: "zero", Name: i18n.T("没有数值的项", "Parts without a value"), Help: i18n.T("按 0 计，还是把权重分给其他各项。", "They count 0, or their weight is spread over the others."),
				Choices: []Choice{{"zero", i18n.T("按 0 计", "Count 0")}, {"spread", i18n.T("权重分给其他项", "Weight spread over the others")}}},
			{Key: "curve", Type: ListParam, Name: i18n.T("发放曲线", "Payout curve"), Help: i18n.T("得分多少发多少；留空即按得分的比例发。", "What each score pays; in proportion to the score if left out."), Fields: []Param{
				{Key: "at", Type: PercentParam, Required: true, Name: i18n.T("得分", "Score"), Help: i18n.T("例：80%。", "For example 80%.")},
				{Key: "pays", Type: PercentParam, Required: true, Name: i18n.T("发放", "Pays"), Help: i18n.T("奖励数额的比例，如 50%；或金额。", "A share of the reward’s amount such as 50%, or an amount.")},
			}},
			{Key: "curve_mode", Type: ChoiceParam, Default: "steps", Name: i18n.T("曲线形式", "Between the points"), Help: i18n.T("两点之间按低的一点发，还是按直线。", "Between two points the lower one’s payout, or a straight line."),
				Choices: []Choice{{"steps", i18n.T("分段", "Steps")}, {"lines", i18n.T("直线", "Straight lines")}}},
			{Key: "below", Type: ChoiceParam, Default: "first", Name: i18n.T("低于第一点", "Below the first point"), Help: i18n.T("低于曲线第一点时，按第一点发，还是不发。", "Whether a score below the curve’s first point pays what that point pays, or nothing."),
				Choices: []Choice{{"first", i18n.T("按第一点发", "As the first point")}, {"nothing", i18n.T("不发", "Nothing")}}},
		},
	},
	decode: decodeScore,
}

func decodeScore(p params) Shape {
	s := score{spread: p.choice("missing") == "spread", lines: p.choice("curve_mode") == "lines", below: p.choice("below") == "nothing"}
	for _, row := range p.list("parts", MaxParts) {
		s.parts = append(s.parts, decodePart(row))
	}
	s.mendWeights()
	for _, row := range p.list("curve", MaxCurve) {
		var point curvePoint
		point.at, _ = row.fraction("at")
		if text, ok := row.text("pays"); ok {
			_, point.share = cutPercent(text)
		}
		point.pays, _ = row.fraction("pays")
		s.curve = append(s.curve, point)
	}
	if !p.has("curve") {
		for _, key := range []string{"curve_mode", "below"} {
			if p.has(key) {
				p.bad(key, "param_unused", "没有发放曲线时不需要这一项，请去掉。", "Without a curve this has no meaning: leave it out.")
			}
		}
	}
	return &s
}

func decodePart(row params) scorePart {
	part := scorePart{metric: row.key("metric")}
	part.weight, _ = row.fraction("weight")
	part.floor, _ = row.fraction("floor")
	if d, ok := row.fraction("ceiling"); ok {
		part.ceiling = &d
	}
	switch row.choice("direction") {
	case "down":
		part.down = "inverse"
	case "down_linear":
		part.down = "linear"
	}
	if text, _ := row.text("target"); strings.EqualFold(text, "plan") {
		part.planned = true
	} else if d, ok := row.fraction("target"); ok {
		part.target = &d
	}
	return part
}

// mendWeights reads weights that add up to 100 as percentages written without the sign.
func (s *score) mendWeights() {
	sum := new(big.Rat)
	for _, p := range s.parts {
		sum.Add(sum, decimalRat(p.weight))
	}
	if sum.Cmp(big.NewRat(100, 1)) != 0 {
		return
	}
	for i := range s.parts {
		if w := &s.parts[i].weight; w.Scale+2 <= money.MaxScale {
			w.Scale += 2
		}
	}
}

// ratText writes an exact figure for a message.
func ratText(r *big.Rat) string {
	if f, ok := shown(r); ok {
		return fmt.Sprint(f)
	}
	return r.FloatString(2)
}

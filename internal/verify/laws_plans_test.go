package verify_test

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// lawPlans are plans of every shape, some of them on counts and on amounts; k widens every line that amounts are held to.
func lawPlans(k int64) (out []planOp) {
	add := func(key, metric, shape, params string, kind calendar.Kind, split ...rule.SplitPart) {
		reward := rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal("100.01")}
		if shape == "rate" {
			reward.Amount = money.Decimal{}
		}
		out = append(out, planOp{Params: params, Def: plan.Def{
			Key: key, Name: i18n.Same(key), Metric: metric, Shape: shape, Reward: reward, Period: kind, Split: split,
		}})
	}
	tiers := fmt.Sprintf(`{"tiers":[{"up_to":%d,"rate":"5%%"},{"up_to":%d,"rate":"8%%"},{"rate":"12%%"}]}`, 500*k, 1200*k)
	share := func(to rule.Recipient, part string) rule.SplitPart {
		s := rule.SplitPart{To: to, Share: rule.Line{Decimal: money.MustDecimal(part)}}
		if to == rule.ToPerson {
			s.Person = "p0"
		}
		return s
	}
	add("every", "won", "every", `{"size":2}`, calendar.Month)
	add("reach", "sold", "reach", fmt.Sprintf(`{"pay":"all","steps":[{"at":%d},{"at":%d}]}`, 600*k, 1500*k), calendar.Quarter)
	add("rate", "sold", "rate", tiers, calendar.Month)
	add("shared", "sold", "rate", tiers, calendar.Month, share(rule.ToSelf, "0.701"), share(rule.ToPerson, "0.299"))
	add("rank", "won", "rank", `{"places":1}`, calendar.Month)
	add("sums", "sold", "every", fmt.Sprintf(`{"size":%d}`, 300*k), calendar.Month)
	add("trend", "bright", "every", `{"size":1,"cap":3}`, calendar.Quarter) // a segment: what is new of all that is won
	add("whole", "sold", "rate", strings.Replace(tiers, `{`, `{"mode":"whole",`, 1), calendar.Quarter)
	add("everything", "sold", "rate", `{"tiers":[{"rate":"100%"}]}`, calendar.Month)
	add("divided", "parted", "rate", `{"tiers":[{"rate":"100%"}]}`, calendar.Month)
	add("top", "sold", "rank", fmt.Sprintf(`{"places":2,"ties":"none","minimum":%d}`, 100*k), calendar.Month)
	add("together", "sold", "rank", `{"places":2,"share":true}`, calendar.Quarter)
	add("tenth", "sold", "rank", `{"percent":10}`, calendar.Quarter)
	add("first", "sold", "race", fmt.Sprintf(`{"at":%d}`, 400*k), calendar.Quarter)
	add("chain", "sold", "streak", fmt.Sprintf(`{"times":2,"rule":{"shape":"reach","params":{"steps":[{"at":%d}]}}}`, 200*k), calendar.Month)
	add("improve", "sold", "improve", `{"by":"10%"}`, calendar.Month)
	add("versus", "sold", "versus", `{"against":"average"}`, calendar.Month)
	add("streak", "won", "streak", `{"times":2,"then":"again","rule":{"shape":"reach","params":{"steps":[{"at":1}]}}}`, calendar.Month)
	add("clean", "won", "clean", `{"bad":"lost","at_least":1}`, calendar.Month)
	add("score", "sold", "score", fmt.Sprintf(`{"parts":[{"weight":"60%%","target":%d},{"weight":"40%%","metric":"won","target":3,"ceiling":"150%%"}],
		"curve":[{"at":"30%%","pays":"50%%"},{"at":1,"pays":"100%%"}],"curve_mode":"lines"}`, 1000*k), calendar.Month)
	add("race", "won", "race", `{"at":2,"places":2}`, calendar.Quarter)
	add("vote", "votes", "nominate", `{"quorum":2}`, calendar.Quarter)
	return out
}

// without is the plans but for some.
func without(plans []planOp, keys ...string) []planOp {
	return slices.DeleteFunc(slices.Clone(plans), func(o planOp) bool { return slices.Contains(keys, o.Def.Key) })
}

// lawMetrics are what the plans count.
func lawMetrics() (out []metricOp) {
	add := func(key, condition string, measure metric.Measure) *metric.Def {
		out = append(out, metricOp{metric.Def{Key: key, Name: i18n.Same(key), Object: "deal", Condition: condition, Date: "day", Person: "owner", Measure: measure}})
		return &out[len(out)-1].Def
	}
	count, amount := metric.Measure{Kind: metric.Count}, metric.Measure{Kind: metric.Sum, Value: "amount"}
	add("won", `status == "won"`, count)
	add("sold", `status == "won"`, amount)
	add("lost", `status == "lost"`, count)
	add("bright", `status == "won" && vip`, count)
	add("votes", `status == "won"`, count).By = "helper"
	parted := add("parted", `status == "won"`, amount)
	parted.Person, parted.Credit = "", []metric.Credit{{Person: "owner", Share: "66.67%"}, {Person: "helper", Share: "33.33%"}}
	return out
}

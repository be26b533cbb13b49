package rule

import (
	"fmt"
	"strings"

	"laurel/internal/money"
	"laurel/internal/problem"
)

// Limits of what stands around a shape.
const (
	MaxRamp  = 24
	MaxSplit = 20
)

// Check says what is wrong with what stands around a shape, each at its field. cash says that the plan pays cash.
func (a *Around) Check(c Context, cash bool) (bad []*problem.Error) {
	add := func(code, field, zh, en string, args ...any) {
		bad = append(bad, problem.Bad(code, field, zh, en, args...))
	}
	switch a.Proration {
	case "", ProrateOff, ProrateAmount, ProrateThresholds:
	default:
		add("unknown_choice", "proration", "折算方式只能是 off、amount 或 thresholds。", "Proration is off, amount or thresholds.")
	}
	switch a.RampOn {
	case "", RampAmount, RampTargets:
	default:
		add("unknown_choice", "ramp_on", "爬坡只能作用于 amount（金额）或 targets（目标）。", "A ramp is on amount or on targets.")
	}
	if len(a.Ramp) > MaxRamp {
		add("too_many", "ramp", "爬坡最多 %d 级。", "A ramp has at most %d steps.", MaxRamp)
	}
	for i, s := range a.Ramp {
		at := fmt.Sprintf("ramp[%d]", i)
		if s.Below < 1 || i > 0 && s.Below <= a.Ramp[i-1].Below {
			add("ramp_not_rising", at+".below", "月数须从 1 起逐级增加。", "The months of a ramp rise, from 1 on.")
		}
		if s.Percent.Sign() < 0 || a.RampOn == RampTargets && s.Percent.IsZero() {
			add("out_of_range", at+".percent", "百分比须大于 0。", "The percentage must be above 0.")
		}
	}
	if len(a.Split) > MaxSplit {
		add("too_many", "split", "最多分给 %d 方。", "A split has at most %d shares.", MaxSplit)
	}
	sum := money.Frac{}
	for i, s := range a.Split {
		at := fmt.Sprintf("split[%d]", i)
		switch s.To {
		case ToSelf, ToManager:
		case ToPerson:
			if strings.TrimSpace(s.Person) == "" {
				add("required", at+".person", "请指定分给谁。", "Say to whom the share goes.")
			}
		case ToMembers:
			if c.Subject == "" || c.Subject == Person {
				add("split_without_team", at+".to", "只有奖励团队或部门时才能分给成员。", "Only what a team or department earns can be shared by its members.")
			}
		default:
			add("unknown_choice", at+".to", "只能分给 self、manager、members 或 person。", "A share goes to self, manager, members or person.")
		}
		switch s.By {
		case "", ByEqual, ByDays, ByValue:
		default:
			add("unknown_choice", at+".by", "成员之间只能按 equal、days 或 value 分配。", "Members divide by equal, days or value.")
		}
		if s.Share.Sign() <= 0 {
			add("out_of_range", at+".share", "份额须大于 0。", "A share must be above 0.")
		}
		var err error
		if sum, err = sum.Add(s.Share.Frac()); err != nil {
			add("out_of_range", at+".share", "份额过大。", "The share is too large.")
		}
	}
	if len(a.Split) > 0 && sum.Cmp(One) != 0 {
		add("split_not_whole", "split", "各份额相加须为 100%%，现在是 %s。", "The shares must add up to 100 %%; they come to %s.", percentOf(sum, money.HalfEven))
	}
	if a.Budget != nil {
		if a.Budget.Amount.Sign() <= 0 {
			add("out_of_range", "budget.amount", "预算须大于 0。", "A budget must be above 0.")
		}
		switch a.Budget.Short {
		case "", ShortPart, ShortNothing:
		default:
			add("unknown_choice", "budget.short", "不够时只能是 part（发余下的）或 nothing（不发）。", "What does not fit gets part or nothing.")
		}
	}
	if !cash && (a.Together() || a.Scaled()) {
		field := "proration"
		switch {
		case len(a.Split) > 0:
			field = "split"
		case a.Budget != nil:
			field = "budget"
		case len(a.Ramp) > 0:
			field = "ramp"
		}
		add("cash_only", field, "只有奖金才能折算、分配或设预算。", "Only cash can be prorated, ramped, split or held to a budget.")
	}
	return bad
}

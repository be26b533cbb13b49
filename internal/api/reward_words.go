package api

import (
	"strconv"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// rewardKinds names what has no name of its own.
var rewardKinds = map[rule.RewardKind]i18n.Text{
	rule.Cash:     i18n.T("奖金", "Cash"),
	rule.Gift:     i18n.T("礼品", "Gift"),
	rule.Title:    i18n.T("称号", "Title"),
	rule.Badge:    i18n.T("徽章", "Badge"),
	rule.Training: i18n.T("培训", "Training"),
	rule.Growth:   i18n.T("晋升机会", "Growth"),
	rule.Points:   i18n.T("积分", "Points"),
	rule.Leave:    i18n.T("假期", "Leave"),
}

// rewardName is what a reward is called.
func rewardName(r rule.Reward) i18n.Text {
	if !r.Name.IsZero() {
		return r.Name
	}
	return rewardKinds[r.Kind]
}

// rewardText says what was given: ¥500.00, 200 积分, 优秀员工 × 2.
func rewardText(r rule.Reward, quantity int64, amount money.Amount, hidden bool) i18n.Text {
	name := rewardName(r)
	if quantity < 0 && r.Kind != rule.Cash && !hidden { // an adjustment takes it back
		back := rewardText(r, -quantity, amount, hidden)
		return i18n.Format("收回 %s", "%s taken back", back)
	}
	times := ""
	if quantity > 1 {
		times = " × " + strconv.FormatInt(quantity, 10)
	}
	figure := money.FormatDecimal(r.Amount.Trim())
	switch {
	case hidden && (r.Kind == rule.Cash || r.Kind == rule.Points || r.Kind == rule.Leave): // an amount is what is hidden
		return name
	case r.Kind == rule.Cash:
		return i18n.Same(money.FormatAmount(amount))
	case r.Kind == rule.Points:
		return i18n.T(figure+" 积分"+times, figure+" points"+times)
	case r.Kind == rule.Leave:
		return i18n.T(figure+" 天假期"+times, figure+" days of leave"+times)
	}
	return i18n.T(name.In(i18n.ZH)+times, name.In(i18n.EN)+times)
}

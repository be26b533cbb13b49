package rule

import (
	"strconv"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// rewardKinds names what has no name of its own.
var rewardKinds = map[RewardKind]i18n.Text{
	Cash:     i18n.T("奖金", "Cash"),
	Gift:     i18n.T("礼品", "Gift"),
	Title:    i18n.T("称号", "Title"),
	Badge:    i18n.T("徽章", "Badge"),
	Training: i18n.T("培训", "Training"),
	Growth:   i18n.T("晋升机会", "Growth"),
	Points:   i18n.T("积分", "Points"),
	Leave:    i18n.T("假期", "Leave"),
}

// RewardName is what a reward is called.
func RewardName(r Reward) i18n.Text {
	if !r.Name.IsZero() {
		return r.Name
	}
	return rewardKinds[r.Kind]
}

// RewardText says what was given: ¥500.00, 优秀员工 × 2, and of points and leave how many in all: 60 积分.
func RewardText(r Reward, quantity int64, amount money.Amount, hidden bool) i18n.Text {
	name := RewardName(r)
	if quantity < 0 && r.Kind != Cash && !hidden { // an adjustment takes it back
		back := RewardText(r, -quantity, amount, hidden)
		return i18n.Format("收回 %s", "%s taken back", back)
	}
	times := ""
	if quantity > 1 {
		times = " × " + strconv.FormatInt(quantity, 10)
	}
	figure := money.FormatDecimal(r.Amount.Trim())
	if all, err := r.Amount.Frac().Mul(money.Whole(quantity)); err == nil && quantity > 1 && r.Kind.counted() {
		text, _ := all.Text()
		figure, times = i18n.Grouped(text), ""
	}
	switch {
	case hidden && (r.Kind == Cash || r.Kind == Points || r.Kind == Leave): // an amount is what is hidden
		return name
	case r.Kind == Cash:
		return i18n.Same(money.FormatAmount(amount))
	case r.Kind == Points:
		return i18n.T(figure+" 积分"+times, figure+" points"+times)
	case r.Kind == Leave:
		return i18n.T(figure+" 天假期"+times, figure+" days of leave"+times)
	}
	return i18n.T(name.In(i18n.ZH)+times, name.In(i18n.EN)+times)
}

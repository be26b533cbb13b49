package rule

import (
	"strconv"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// Sentence says in words what stands around the shape; it is empty when nothing does.
func (a *Around) Sentence(c Context) i18n.Text {
	var zh, en []string
	for _, t := range []i18n.Text{c.excludesSentence(), c.GatesSentence(a.Gates), a.prorationSentence(c), a.rampSentence(c), a.splitSentence(c), a.budgetSentence(c)} {
		if !t.IsZero() {
			zh, en = append(zh, t.ZH), append(en, t.EN)
		}
	}
	return i18n.T(strings.Join(zh, ""), strings.Join(en, " "))
}

func (a *Around) prorationSentence(c Context) i18n.Text {
	during := strings.TrimPrefix(c.period().per, "a ")
	switch a.Proration {
	case ProrateAmount:
		return i18n.T("中途加入或离开的，奖金按实际天数折算。", "Those who join or leave during the "+during+" get the part of the amount for their days.")
	case ProrateThresholds:
		return i18n.T("中途加入或离开的，目标和奖金都按实际天数折算。", "Those who join or leave during the "+during+" have to reach the part of the line for their days, and get that part of the amount.")
	}
	return i18n.Text{}
}

// rampSentence says what newcomers get, or have to reach, step by step.
func (a *Around) rampSentence(c Context) i18n.Text {
	if len(a.Ramp) == 0 {
		return i18n.Text{}
	}
	what, lead := "奖金", "Newcomers get "
	if a.RampOn == RampTargets {
		what, lead = "目标", "Newcomers have to reach "
	}
	var zh, en []string
	for i, s := range a.Ramp {
		figure, months := percentOf(s.Percent.Frac(), money.HalfEven), strconv.Itoa(s.Below)
		zhStep := i18n.Glue("不满 ", months, "个月按", figure.ZH)
		if s.Percent.IsZero() {
			zhStep = i18n.Glue("不满 ", months, "个月没有")
			figure.EN = "nothing"
		}
		enStep := figure.EN
		switch {
		case i > 0:
			enStep += " up to " + i18n.Count(months, i18n.T("", "months")).EN
		case s.Below == 1:
			enStep += " in their first month"
		default:
			enStep += " in their first " + months + " months"
		}
		zh, en = append(zh, zhStep), append(en, enStep)
	}
	of := " of the amount"
	if a.RampOn == RampTargets {
		of = " of the line"
	}
	if !a.Ramp[0].Percent.IsZero() {
		en[0] = strings.Replace(en[0], "%", "%"+of, 1)
	} else if len(en) > 1 {
		en[1] = strings.Replace(en[1], "%", "%"+of, 1)
	}
	return i18n.T("新人"+what+"：入职"+strings.Join(zh, "，")+"。", lead+listEN(en)+".")
}

func (a *Around) splitSentence(c Context) i18n.Text {
	if len(a.Split) == 0 {
		return i18n.Text{}
	}
	var zh, en []string
	for _, s := range a.Split {
		figure, who := percentOf(s.Share.Frac(), money.HalfEven), a.recipient(c, s)
		how := map[SplitBy]i18n.Text{
			ByEqual: i18n.T("平分", "equally"), ByDays: i18n.T("按在队天数", "by their days in it"), ByValue: i18n.T("按各自业绩", "by what each brought"),
		}[SplitBy(orElse(string(s.By), string(ByEqual)))]
		z, e := i18n.Glue(who.ZH, " ", figure.ZH), figure.EN+" for "+who.EN
		if s.To == ToMembers {
			z, e = z+"（"+how.ZH+"）", e+" ("+how.EN+")"
		}
		zh, en = append(zh, z), append(en, e)
	}
	if only := a.Split[0]; len(a.Split) == 1 && only.To == ToMembers { // nothing is left for others
		return i18n.T("奖金全部归"+strings.Replace(zh[0], " 100 %", "", 1)+"。", "All of it goes to "+strings.TrimPrefix(en[0], "100% for ")+".")
	}
	return i18n.T("奖金分给："+strings.Join(zh, "，")+"。", "The amount is shared: "+listEN(en)+".")
}

// recipient is who gets a share, in words.
func (a *Around) recipient(c Context, s SplitPart) i18n.Text {
	unit := map[SubjectKind]i18n.Text{Team: i18n.T("团队", "team"), Department: i18n.T("部门", "department")}[c.Subject]
	switch s.To {
	case ToManager:
		return i18n.T("直接主管", "the manager")
	case ToMembers:
		return i18n.T(unit.ZH+"成员", "the members")
	case ToPerson:
		return i18n.Same(orElse(a.People[s.Person], s.Person))
	}
	if unit.IsZero() {
		return i18n.T("本人", "the one who earned it")
	}
	return i18n.T(unit.ZH+"本身", "the "+unit.EN+" itself")
}

func (a *Around) budgetSentence(c Context) i18n.Text {
	if a.Budget == nil {
		return i18n.Text{}
	}
	limit, p := c.pay(a.Budget.Amount.Frac()), c.period()
	last := i18n.T("不够发的最后一份领余额", "the first that does not fit gets what is left")
	if a.Budget.Short == ShortNothing {
		last = i18n.T("不够发的那份起不再发", "from the first that does not fit on nothing is paid")
	}
	return i18n.T(i18n.Glue("全体", p.each, "最多发 ", limit.ZH, "，按达成先后，", last.ZH, "。"), "All together get at most "+limit.EN+" "+p.per+", in the order of time; "+last.EN+".")
}

package rule

import (
	"strconv"

	"laurel/internal/i18n"
)

// excluded are the plans whose rewarded records do not count, in words: “甲”或“乙” / “A” or “B”.
func (c Context) excluded() i18n.Text {
	var out i18n.Text
	for i, name := range c.Excludes {
		zh, en := "“"+name.In(i18n.ZH)+"”", "“"+name.In(i18n.EN)+"”"
		switch {
		case i > 0 && i == len(c.Excludes)-1:
			zh, en = "或"+zh, " or "+en
		case i > 0:
			zh, en = "、"+zh, ", "+en
		}
		out = i18n.T(out.ZH+zh, out.EN+en)
	}
	return out
}

// excludesSentence says which records do not count.
func (c Context) excludesSentence() i18n.Text {
	if len(c.Excludes) == 0 {
		return i18n.Text{}
	}
	by := c.excluded()
	return i18n.T("不计入已由"+by.ZH+"奖励的记录。", "Records already rewarded by "+by.EN+" are not counted.")
}

// leftOut adds to why nothing is due how many of a subject's records do not count.
func (c Context) leftOut(why i18n.Text, s Subject) i18n.Text {
	if why.IsZero() || s.LeftOut == 0 || len(c.Excludes) == 0 {
		return why
	}
	n, by := strconv.Itoa(s.LeftOut), c.excluded()
	en := n + " records were left out, because they are already rewarded by " + by.EN
	if s.LeftOut == 1 {
		en = "1 record was left out, because it is already rewarded by " + by.EN
	}
	return i18n.T(why.ZH+"；另有 "+n+" 条记录已由"+by.ZH+"奖励，未计入", why.EN+"; "+en)
}

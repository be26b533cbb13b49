package rule

import (
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// words are what a comparison is read as before a figure. Counted things are more or fewer, everything else higher or lower.
func (c Compare) words(counted bool) i18n.Text {
	switch {
	case c == Above && counted:
		return i18n.T("多于", "more than")
	case c == Above:
		return i18n.T("高于", "above")
	case c == AtMost && counted:
		return i18n.T("最多", "at most")
	case c == AtMost:
		return i18n.T("不高于", "at most")
	case c == Below && counted:
		return i18n.T("少于", "fewer than")
	case c == Below:
		return i18n.T("低于", "below")
	case counted:
		return i18n.T("至少", "at least")
	}
	return i18n.T("不低于", "at least")
}

// windowWords are the words of a gate's window, before the metric in Chinese and after the figure in English. A period of the
// same length as the window needs none.
func (c Context) windowWords(w GateWindow) i18n.Text {
	switch {
	case w == GatePrevious:
		return i18n.T("上期", " in the period before")
	case calendar.Kind(w) == c.Period:
		return i18n.Text{}
	}
	return map[GateWindow]i18n.Text{
		GateQuarter: i18n.T("本季累计", " in the quarter so far"), GateHalf: i18n.T("半年累计", " in the half-year so far"),
		GateYear: i18n.T("全年累计", " in the year so far"),
	}[w]
}

// counted reports whether a metric adds up things rather than money, percentages or averages.
func (c Context) counted() bool {
	return c.Measure.Additive && c.Measure.Currency == "" && !c.Measure.Percent()
}

// gateText is a gate in words, as they follow 前提： and "Only if": 客户满意度不低于 95 % / the customer rating is at least 95%.
func (c Context) gateText(g Gate) i18n.Text {
	o, line := c.other(g.Metric), g.Value.Frac()
	words, window := g.Compare.words(o.counted()), c.windowWords(g.Window)
	zh := i18n.Glue(window.ZH, o.Metric.In(i18n.ZH), words.ZH+" ", o.short(line).ZH)
	if o.counted() && (g.Compare == AtMost && line.IsZero() || g.Compare == Below && line.Cmp(One) == 0) {
		return i18n.T(i18n.Glue(window.ZH, "没有", o.Metric.In(i18n.ZH)), "there are no "+countedName(o.metricEN())+window.EN)
	}
	if o.counted() && o.countable() {
		noun, plural := o.noun(line)
		if !plural {
			return i18n.T(zh, "there is "+words.EN+" "+i18n.Singular(noun)+window.EN)
		}
		return i18n.T(zh, "there are "+words.EN+" "+noun+window.EN)
	}
	return i18n.T(zh, "the "+o.metricEN()+" is "+words.EN+" "+o.short(line).EN+window.EN)
}

// GatesSentence says the gates of a plan in words; it is empty when there are none.
func (c Context) GatesSentence(gates []Gate) i18n.Text {
	if len(gates) == 0 {
		return i18n.Text{}
	}
	var zh, en []string
	for _, g := range gates {
		t := c.gateText(g)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return i18n.T("前提："+strings.Join(zh, "，且")+"。", "Only if "+listEN(en)+".")
}

// Shut finds the first gate that a subject does not pass, in words; the text is empty when all are open.
func (c Context) Shut(gates []Gate, ref Ref, p calendar.Period) (i18n.Text, error) {
	for _, g := range gates {
		open, v, has, err := g.Open(c.World, ref, p)
		if err != nil {
			return i18n.Text{}, err
		}
		if open {
			continue
		}
		t := c.gateText(g)
		is := i18n.T("还没有数据", "there is no value yet")
		if has {
			// Away from the line, so that 94.998 % never reads as the 95 % that it is not.
			round := money.Down
			if g.Compare == AtMost || g.Compare == Below {
				round = money.Up
			}
			figure := c.other(g.Metric).rounded(v, round)
			is = i18n.T("目前 "+figure.ZH, "now "+figure.EN)
		}
		return i18n.T(i18n.Glue("前提未满足：", t.ZH, "（"+is.ZH+"）"), "Condition not met: "+t.EN+" ("+is.EN+")"), nil
	}
	return i18n.Text{}, nil
}

// passed puts the gates that let a subject in before the arithmetic of what it gets: 好评率不低于 95 % | 96.2 % ≥ 95 % | ✓.
func (c Context) passed(gates []Gate, p calendar.Period, dues []Due) error {
	if len(gates) == 0 || c.Bare {
		return nil
	}
	known := map[Ref][]Step{}
	for i := range dues {
		ref := dues[i].Ref
		if known[ref] == nil {
			for _, g := range gates {
				_, v, _, err := g.Open(c.World, ref, p)
				if err != nil {
					return err
				}
				o, t := c.other(g.Metric), c.gateText(g)
				round := money.Down // so that the line reads true: 95.004 is above 95 and 94.998 is below it
				if g.Compare == Above || g.Compare == AtMost {
					round = money.Up
				}
				formula := o.unitless(v, round) + " " + g.Compare.sign() + " " + o.unitless(g.Value.Frac(), money.HalfEven)
				known[ref] = append(known[ref], Step{i18n.T("前提："+t.ZH, "Condition: "+t.EN), formula, "✓"})
			}
		}
		dues[i].Steps = slices.Concat(known[ref], dues[i].Steps)
	}
	return nil
}

func (c Compare) sign() string {
	switch c {
	case Above:
		return ">"
	case AtMost:
		return "≤"
	case Below:
		return "<"
	}
	return "≥"
}

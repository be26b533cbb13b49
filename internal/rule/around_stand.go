package rule

import (
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// Stands is where subjects stand in a period under everything that a plan puts around its shape: how far they are from
// the next reward, and what was missing where nothing is due. all are the period's subjects, of the ones that are asked for,
// dues what Judge said.
func (a *Around) Stands(shape Shape, c Context, all, of []Subject, dues []Due) ([]Stand, error) {
	admitted, err := c.Admitted(a.Gates, c.At, all)
	if err != nil {
		return nil, err
	}
	plain := func(s Subject) (Progress, i18n.Text) { return shape.Next(c, s, admitted), shape.WhyNot(c, s, admitted) }
	if fast, ok := shape.(stander); ok {
		plain = fast.stand(c, admitted)
	}
	held, shared := map[Ref]bool{}, map[Ref]bool{}
	for _, d := range dues {
		held[d.Ref] = true
		shared[d.From] = true
	}
	out := make([]Stand, len(of))
	for i, s := range of {
		own := portion{amount: One, lines: One}
		if a.Scaled() {
			if own, err = a.partOf(c, s.Ref); err != nil {
				return nil, err
			}
		}
		st := Stand{Ref: s.Ref}
		st.Progress, st.WhyNot = plain(s)
		if own.held != (Held{}) && own.lines.Sign() > 0 && s.Has && !shape.Population() {
			if err := st.held(shape, c, s, own, admitted); err != nil {
				return nil, err
			}
		}
		if notes := a.notes(c, own); !notes.IsZero() && !st.Progress.Done && !st.Progress.Sentence.IsZero() {
			st.Progress.Sentence = i18n.T(st.Progress.Sentence.ZH+notes.ZH, st.Progress.Sentence.EN+notes.EN)
		}
		shut, err := c.Shut(a.Gates, s.Ref, c.At)
		if err != nil {
			return nil, err
		}
		switch {
		case !shut.IsZero():
			st.Barred = st.WhyNot.IsZero()
			st.bar(shut)
		case st.WhyNot.IsZero() && !held[s.Ref] && shared[s.Ref]:
			st.WhyNot = i18n.T("本期的奖金按方案分给了别人", "what was earned here goes to others by the plan's split")
		case st.WhyNot.IsZero() && !held[s.Ref] && a.Budget != nil:
			st.Barred = true
			st.WhyNot = i18n.T("本期预算已经用完", "the period's budget is used up")
		}
		st.WhyNot = c.leftOut(st.WhyNot, s)
		if held[s.Ref] {
			st.WhyNot, st.Barred = i18n.Text{}, false
		}
		out[i] = st
	}
	return out, nil
}

// held stands a subject who has to reach a part of the lines only: a part of a line is reached when the value over that part
// reaches the line.
func (st *Stand) held(shape Shape, c Context, s Subject, own portion, all []Subject) error {
	if keepsValue(shape) {
		c.Held = own.held
		st.Progress, st.WhyNot = shape.Next(c, s, all), shape.WhyNot(c, s, all)
		return nil
	}
	value := st.Progress.Value
	over, err := s.Value.Div(own.lines)
	if err != nil {
		return err
	}
	s.Value, s.Points = over, nil
	c.Lines = own.lines
	st.Progress, st.WhyNot = shape.Next(c, s, all), shape.WhyNot(c, s, all)
	st.Progress.Value, st.Progress.Target = value, ""
	if !st.WhyNot.IsZero() {
		lines := percentOf(own.lines, money.HalfEven)
		st.WhyNot = i18n.T(st.WhyNot.ZH+"（目标按 "+lines.ZH+" 计）", st.WhyNot.EN+" (of which "+lines.EN+" is enough)")
	}
	return nil
}

// bar says that a gate keeps the reward away, beside what is still to do. Where the rule itself is met, what it would give is
// not said: it would read as if it were earned.
func (st *Stand) bar(shut i18n.Text) {
	st.WhyNot = shut
	if st.Barred || st.Progress.Done || st.Progress.Sentence.IsZero() {
		st.Progress.Sentence = shut
	} else {
		s := st.Progress.Sentence
		st.Progress.Sentence = i18n.T(s.ZH+"；"+shut.ZH, s.EN+". "+shut.EN)
	}
	st.Progress.Done = false
}

// notes say in brackets what part of the reward a subject gets and what part of the line it has to reach.
func (a *Around) notes(c Context, own portion) i18n.Text {
	var zh, en []string
	note := func(lead, after string, f money.Frac, what string) {
		p := percentOf(f, money.HalfEven)
		zh, en = append(zh, lead+" "+p.ZH+after), append(en, p.EN+what)
	}
	if own.lines.Cmp(One) != 0 {
		note("目标按", " 计", own.lines, " of the line")
	}
	if own.amount.Cmp(One) != 0 {
		note("奖金按", " 计", own.amount, " of the amount")
	}
	self := money.Frac{}
	for _, s := range a.Split {
		if s.To != ToSelf {
			continue
		}
		if sum, err := self.Add(s.Share.Frac()); err == nil {
			self = sum
		}
	}
	if !self.IsZero() && self.Cmp(One) != 0 {
		note("本人分得", "", self, " is one’s own")
	}
	if len(zh) == 0 {
		return i18n.Text{}
	}
	return i18n.T("（"+strings.Join(zh, "，")+"）", " ("+strings.Join(en, ", ")+")")
}

package rule

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/money"
)

// account is what a subject earned in one period and what it is paid; every figure is exact.
type account struct {
	untargeted bool        // tiers on attainment, and nobody has set a target: nothing is due
	target     *money.Frac // what bounds are parts of
	lines      money.Frac  // the part of bounds to which the subject is held; of a target, that part of it
	now        earned      // by the value, or by the running total up to the period's end
	total      money.Frac  // that value or running total
	before     money.Frac  // what accumulating rules had made due up to the end of the period before
	gross      money.Frac  // of this period alone
	brought    ledger      // from earlier periods
	net        money.Frac  // gross with what is carried below zero taken off; at least 0 unless it multiplies
	earned     money.Frac  // net within floor and cap
	recovered  money.Frac  // of a draw that is owed
	whole      money.Frac  // of a later part: what the whole period pays up to the part's end
	already    *money.Frac // of that, what the days before the part bring by this rule; nil for what is no later part
	pays       money.Frac
	left       ledger // for later periods
}

// ledger is what one period leaves to the next.
type ledger struct {
	below money.Frac // an amount below zero
	owed  money.Frac // of draws
}

// remembers reports whether earlier periods change what a later one pays.
func (r *commission) remembers() bool { return r.carry || r.draw != nil && r.draw.recoverable }

// account works a period out, with what earlier ones left.
func (r *commission) account(c Context, s Subject, p calendar.Period) (account, error) {
	var brought ledger
	if r.remembers() && c.World != nil {
		var err error
		if brought, err = r.history(c, s.Ref, p); err != nil {
			return account{}, err
		}
	}
	return r.settlePart(c, s, p, brought)
}

// settlePart works a period out, or a later part of one: what the whole period comes to up to the part's end, less what it comes to up to
// its beginning. So every record is paid by the version of its day, and the whole period's total fills the tiers.
func (r *commission) settlePart(c Context, s Subject, p calendar.Period, brought ledger) (account, error) {
	whole, _ := c.whole(p)
	if whole.From >= p.From {
		return r.settle(c, s, p, brought)
	}
	upTo := func(day calendar.Day) (account, error) {
		at := soFar(whole, day)
		s, err := c.World.Subject("", s.Ref, at)
		if err != nil {
			return account{}, err
		}
		return r.settle(c, s, at, ledger{})
	}
	a, err := upTo(p.To)
	if err != nil || a.untargeted {
		return a, err
	}
	then, err := upTo(p.From)
	if err != nil {
		return a, err
	}
	a.whole, a.already = a.pays, &then.pays
	if a.pays, err = a.whole.Sub(then.pays); a.pays.Sign() < 0 {
		a.pays = money.Frac{}
	}
	return a, err
}

// ledgerKey names the ledger of a subject that is remembered: the newest, since periods are judged in order.
type ledgerKey struct{ ref Ref }

// ledgerAfter is what somebody's periods leave, up to and with the one that begins on a day.
type ledgerAfter struct {
	day    calendar.Day
	ledger ledger
}

// history goes through the periods since the rule began, or since the one up to which is remembered, oldest first.
func (r *commission) history(c Context, ref Ref, p calendar.Period) (l ledger, err error) {
	memory, _ := c.World.(rememberer)
	var known ledgerAfter
	if memory != nil {
		if v, ok := memory.Recall(ledgerKey{ref}); ok {
			known = v.(ledgerAfter)
		}
	}
	var earlier []calendar.Period
	for q, ok := c.World.Back(p, 1); ok && q.From >= c.World.Start(); q, ok = c.World.Back(q, 1) {
		if q.From == known.day && known != (ledgerAfter{}) {
			l = known.ledger
			break
		}
		earlier = append(earlier, q)
	}
	for _, q := range slices.Backward(earlier) {
		if l, err = r.after(c, ref, q, l); err != nil {
			return l, err
		}
	}
	if memory != nil && len(earlier) > 0 {
		memory.Remember(ledgerKey{ref}, ledgerAfter{earlier[0].From, l})
	}
	return l, nil
}

// after is what a period leaves of what earlier ones left. One in which the plan did not judge the subject, and one without a target,
// leaves everything as it was.
func (r *commission) after(c Context, ref Ref, q calendar.Period, l ledger) (ledger, error) {
	judged, err := c.judged(ref, q)
	if err != nil || !judged {
		return l, err
	}
	s, err := c.World.Subject("", ref, q)
	if err != nil || !s.Has {
		return l, err
	}
	a, err := r.settle(c, s, q, l)
	return a.left, err
}

// settle works one period out.
func (r *commission) settle(c Context, s Subject, p calendar.Period, brought ledger) (a account, err error) {
	a.brought, a.left = brought, brought
	if err := r.aim(c, s.Ref, p, &a); err != nil || a.untargeted {
		return a, err
	}
	if a.now, a.total, err = r.earnUpTo(c, s, p, a.basis()); err != nil {
		return a, err
	}
	if a.before, err = r.earnedBefore(c, s, p, a.basis()); err != nil {
		return a, err
	}
	if a.gross, err = a.now.sum.Sub(a.before); err != nil {
		return a, err
	}
	if a.net, err = a.gross.Add(brought.below); err != nil {
		return a, err
	}
	if a.net.Sign() < 0 && !r.multiplies {
		if r.carry {
			a.left.below = a.net
		}
		a.net = money.Frac{}
	} else {
		a.left.below = money.Frac{}
	}
	a.earned = r.limit(a.net)
	return a, r.drawFrom(&a)
}

// basis is what bounds are held against.
func (a *account) basis() basis { return basis{target: a.target, lines: a.lines} }

// limit holds an amount within floor and cap.
func (r *commission) limit(v money.Frac) money.Frac {
	if r.floor != nil && v.CmpDecimal(*r.floor) < 0 {
		v = r.floor.Frac()
	}
	if r.cap != nil && v.CmpDecimal(*r.cap) > 0 {
		v = r.cap.Frac()
	}
	return v
}

// drawFrom pays at least the draw and takes back what is owed of earlier ones.
func (r *commission) drawFrom(a *account) (err error) {
	a.pays = a.earned
	if r.draw == nil {
		return nil
	}
	above, err := a.earned.Sub(r.draw.amount.Frac())
	if err != nil {
		return err
	}
	if above.Sign() < 0 {
		a.pays = r.draw.amount.Frac()
		if r.draw.recoverable {
			a.left.owed, err = a.brought.owed.Sub(above)
		}
		return err
	}
	if !r.draw.recoverable {
		return nil
	}
	if a.recovered, err = above.Mul(r.draw.share.Frac()); err != nil {
		return err
	}
	if a.recovered.Cmp(a.brought.owed) > 0 {
		a.recovered = a.brought.owed
	}
	if a.pays, err = a.earned.Sub(a.recovered); err != nil {
		return err
	}
	a.left.owed, err = a.brought.owed.Sub(a.recovered)
	return err
}

// aim finds the target of tiers on attainment: of the judged period, also where only a part of it is judged, or, where tiers accumulate,
// of the whole longer one.
// A target that is not above zero is none, for nothing is a part of it.
func (r *commission) aim(c Context, ref Ref, p calendar.Period, a *account) (err error) {
	if a.lines, err = r.lines(c); err != nil || !r.attainment {
		return err
	}
	if r.target != nil {
		v, err := r.target.Frac().Mul(a.lines)
		a.target = &v
		return err
	}
	if c.World == nil {
		a.untargeted = true
		return nil
	}
	of, _ := c.whole(p)
	if r.accumulate != "" {
		of = c.World.Around(r.accumulate, p)
	}
	v, ok, err := c.World.Target("", ref, of)
	if err == nil {
		v, err = v.Mul(a.lines)
	}
	a.target, a.untargeted = &v, !ok || v.Sign() <= 0
	return err
}

// running is the part of the longer period up to a day.
func (r *commission) running(c Context, p calendar.Period, to calendar.Day) calendar.Period {
	longer := c.World.Around(r.accumulate, p)
	longer.To = to
	return longer
}

// earnUpTo applies the table to the period's value, or to the running total up to the period's end.
func (r *commission) earnUpTo(c Context, s Subject, p calendar.Period, b basis) (e earned, total money.Frac, err error) {
	if r.accumulate != "" {
		if s, err = c.World.Subject("", s.Ref, r.running(c, p, p.To)); err != nil {
			return e, total, err
		}
	}
	b.value = s.Value
	if r.byField {
		if err := r.split(c, s, &b); err != nil {
			return e, total, err
		}
	}
	e, err = r.earn(b)
	return e, s.Value, err
}

// earnedBefore is what the running total had brought up to the end of the period before.
func (r *commission) earnedBefore(c Context, s Subject, p calendar.Period, b basis) (money.Frac, error) {
	if r.accumulate == "" {
		return money.Frac{}, nil
	}
	before := r.running(c, p, p.From)
	if before.Empty() {
		return money.Frac{}, nil
	}
	s, err := c.World.Subject("", s.Ref, before)
	if err != nil {
		return money.Frac{}, err
	}
	b.value = s.Value
	if r.byField {
		if err := r.split(c, s, &b); err != nil {
			return money.Frac{}, err
		}
	}
	e, err := r.earn(b)
	return e.sum, err
}

// judger tells whether a plan judged a subject in a period; a World may be one.
type judger interface {
	Judged(Ref, calendar.Period) (bool, error)
}

// judged reports whether the plan covers a subject in a period and its gates let it in.
func (c Context) judged(ref Ref, p calendar.Period) (bool, error) {
	if w, ok := c.World.(judger); ok {
		return w.Judged(ref, p)
	}
	return true, nil
}

package rule

import (
	"cmp"
	"slices"
	"sort"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// standing is the order of those who are ranked, best first, and who of them wins: the first so many.
type standing struct {
	subjects []Subject
	ranks    []int // of each: those who tie share a rank, 1, 2, 2, 4
	places   int64 // winning places before ties at the last one are judged
	winners  int
	outside  bool // belongs to none of the teams or departments that are ranked by themselves
}

// standing ranks the subjects that have a value which meets the minimum.
func (r *rank) standing(all []Subject) (standing, error) {
	var o standing
	for _, s := range all {
		if r.qualifies(s) {
			o.subjects = append(o.subjects, s)
		}
	}
	slices.SortFunc(o.subjects, func(a, b Subject) int { return cmp.Or(r.compare(a.Value, b.Value), compareRefs(a.Ref, b.Ref)) })
	o.ranks = make([]int, len(o.subjects))
	for i := range o.subjects {
		o.ranks[i] = i + 1
		if i > 0 && o.subjects[i].Value.Cmp(o.subjects[i-1].Value) == 0 {
			o.ranks[i] = o.ranks[i-1]
		}
	}
	var err error
	if o.places, err = r.placesAmong(int64(len(o.subjects))); err != nil {
		return o, err
	}
	return o, r.judgeLastPlace(&o)
}

func (r *rank) qualifies(s Subject) bool {
	switch {
	case !s.Has:
		return false
	case r.minimum != nil:
		return s.Value.CmpDecimal(*r.minimum) >= 0
	}
	return r.ascending || s.Value.Sign() > 0 // nobody wins a contest with nothing to show
}

// compare is negative when a is the better value.
func (r *rank) compare(a, b money.Frac) int {
	if r.ascending {
		return a.Cmp(b)
	}
	return b.Cmp(a)
}

// placesAmong is the number of winning places among so many; a percentage gives at least one if there is anyone.
func (r *rank) placesAmong(population int64) (int64, error) {
	if r.percent == nil {
		return r.places, nil
	}
	exact, err := r.exactPlaces(population)
	if err != nil || population == 0 {
		return 0, err
	}
	places := exact.Ceil()
	switch r.round {
	case "down":
		places = exact.Floor()
	case "nearest":
		d, err := exact.Round(0, money.HalfUp)
		if err != nil {
			return 0, err
		}
		places = d.Coef
	}
	return max(1, places), nil
}

// exactPlaces is the percentage of a population, not yet rounded.
func (r *rank) exactPlaces(population int64) (money.Frac, error) {
	share, err := r.percent.Frac().Div(money.Whole(100))
	if err != nil {
		return money.Frac{}, err
	}
	return share.Mul(money.Whole(population))
}

// judgeLastPlace says how many win, and where those who tie for the last place do not all fit, which of them.
func (r *rank) judgeLastPlace(o *standing) error {
	n := int64(len(o.subjects))
	if o.places < 1 { // only of parameters that Validate refuses
		return nil
	}
	if o.places >= n {
		o.winners = int(n)
		return nil
	}
	last := int(o.places) // winners if nobody ties over the last place
	tied := o.ranks[last-1]
	if o.ranks[last] != tied {
		o.winners = last
		return nil
	}
	from, to := tied-1, last
	for to < len(o.ranks) && o.ranks[to] == tied {
		to++
	}
	switch r.ties {
	case "none":
		o.winners = from
	case "earliest":
		o.winners = last
		return sortByTime(o.subjects[from:to])
	default:
		o.winners = to
	}
	return nil
}

// sortByTime orders subjects of one value by when they got to it, then by subject.
func sortByTime(tied []Subject) error {
	type arrival struct {
		Subject
		at Point
	}
	list := make([]arrival, len(tied))
	for i, s := range tied {
		at, err := arrived(s)
		if err != nil {
			return err
		}
		list[i] = arrival{s, at}
	}
	slices.SortFunc(list, func(a, b arrival) int {
		a.at.PersonID, b.at.PersonID, a.at.Value, b.at.Value = 0, 0, 0, 0
		return cmp.Or(a.at.Compare(b.at), compareRefs(a.Ref, b.Ref))
	})
	for i, a := range list {
		tied[i] = a.Subject
	}
	return nil
}

// arrived is the point at which a subject's running total first came to its final value, from zero upwards or downwards.
// A value of 0 was there from the start; without points it is the last contribution that counts.
func arrived(s Subject) (Point, error) {
	if s.Points == nil {
		return Point{Moment: s.Reached}, nil
	}
	if s.Value.IsZero() {
		return Point{}, nil
	}
	points, err := s.Points()
	if err != nil {
		return Point{}, err
	}
	points = SortPoints(points)
	// All values of one metric have one scale, and the points add up to the value: so the final sum is the line.
	var final, sum int64
	for _, p := range points {
		if final, err = addPoint(final, p.Value); err != nil {
			return Point{}, err
		}
	}
	for _, p := range points {
		sum += p.Value
		if final > 0 && sum >= final || final < 0 && sum <= final {
			return p, nil
		}
	}
	return Point{}, nil
}

// place is where a subject stands: its rank and its index in the order.
func (r *rank) place(o standing, s Subject) (index int, ranked bool) {
	if !r.qualifies(s) {
		return 0, false
	}
	first := sort.Search(len(o.subjects), func(i int) bool { return r.compare(o.subjects[i].Value, s.Value) >= 0 })
	for i := first; i < len(o.subjects) && o.subjects[i].Value.Cmp(s.Value) == 0; i++ {
		if o.subjects[i].Ref == s.Ref {
			return i, true
		}
	}
	return 0, false
}

// Stand is where one subject stands, and what it lacks.
type Stand struct {
	Ref      Ref
	Progress Progress
	WhyNot   i18n.Text
	Barred   bool // the rule itself is met, and a gate or a budget keeps the reward away
}

// stander is a shape that can tell the standing of all its subjects faster than one by one.
type stander interface {
	stand(Context, []Subject) func(Subject) (Progress, i18n.Text)
}

// Standing is Next and WhyNot of all subjects of a period, in the order in which they are given. Shapes that rank do so once.
func Standing(shape Shape, ctx Context, all []Subject) []Stand {
	one := func(s Subject) (Progress, i18n.Text) { return shape.Next(ctx, s, all), shape.WhyNot(ctx, s, all) }
	if fast, ok := shape.(stander); ok {
		one = fast.stand(ctx, all)
	}
	out := make([]Stand, len(all))
	for i, s := range all {
		out[i].Ref = s.Ref
		out[i].Progress, out[i].WhyNot = one(s)
	}
	return out
}

package rule

import "slices"

// league is the team or department within which a subject is ranked; ok is false where everybody is ranked together, and
// for who belongs to none.
func (r *rank) league(c Context, ref Ref) (unit Ref, ok bool) {
	if r.within == "" || c.Roll == nil {
		return Ref{}, false
	}
	return c.Roll.Unit(r.within, ref, c.At)
}

// leagues are those who are ranked with each other. Who belongs to no team or department is ranked nowhere.
func (r *rank) leagues(c Context, all []Subject) [][]Subject {
	if r.within == "" || c.Roll == nil {
		return [][]Subject{all}
	}
	members := map[Ref][]Subject{}
	for _, s := range all {
		if unit, ok := r.league(c, s.Ref); ok {
			members[unit] = append(members[unit], s)
		}
	}
	var units []Ref
	for unit := range members {
		units = append(units, unit)
	}
	slices.SortFunc(units, compareRefs)
	out := make([][]Subject, len(units))
	for i, unit := range units {
		out[i] = members[unit]
	}
	return out
}

// standings orders everybody once and finds the order in which a subject stands.
func (r *rank) standings(c Context, all []Subject) func(Subject) (standing, error) {
	if r.within == "" || c.Roll == nil {
		o, err := r.standing(all)
		return func(Subject) (standing, error) { return o, err }
	}
	type made struct {
		standing
		err error
	}
	of := map[Ref]*made{}
	for _, league := range r.leagues(c, all) {
		o := &made{}
		o.standing, o.err = r.standing(league)
		for _, s := range league {
			of[s.Ref] = o
		}
	}
	return func(s Subject) (standing, error) {
		if o := of[s.Ref]; o != nil {
			return o.standing, o.err
		}
		return standing{outside: true}, nil
	}
}

// PlacesOf is how many are ranked by a rule, and how many places win before ties at the last one are judged, over all teams or
// departments that are ranked by themselves; 0 of a rule that has no places.
func PlacesOf(s Shape, c Context, subjects []Subject) (ranked int, places int64, err error) {
	switch s := s.(type) {
	case *rank:
		for _, league := range s.leagues(c, subjects) {
			o, err := s.standing(league)
			if err != nil {
				return 0, 0, err
			}
			ranked, places = ranked+len(o.subjects), places+o.places
		}
	case *race:
		for _, one := range subjects {
			if s.there(one) {
				ranked++
			}
		}
		places = s.places
	}
	return ranked, places, nil
}

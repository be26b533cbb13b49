package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// MaxJury is the largest number of jurors.
const MaxJury = 200

// nominate rewards those with the most votes. A vote is a contribution of the plan's metric: the credited person is voted
// for, the label is the id of who votes.
type nominate struct {
	places    int64
	quorum    int64
	first     bool // of several ballots of one voter the first counts; else the latest
	onlyJury  bool
	jury      []string // keys of persons
	weight    money.Decimal
	opens     int64 // day of the period, from 1; below zero counts from its end
	closes    int64
	shortlist string // key of the metric of nominations; empty: everybody may be voted for
	prizes    []prize
}

func (n *nominate) Key() string      { return "nominate" }
func (n *nominate) Population() bool { return true }

// canFall: another vote may turn the result.
func (n *nominate) canFall() bool { return true }

// Secret reports whether a shape keeps to itself which records brought an award about: the tally of a vote is shown, its
// ballots are not.
func Secret(shape string) bool { return shape == nominateKind.info.Key }

func (n *nominate) Reads() (out Reads) {
	if n.shortlist != "" {
		out.Metrics = []string{n.shortlist}
	}
	return out
}

func (n *nominate) names() (out []NamedSubject) {
	for i, key := range n.jury {
		out = append(out, NamedSubject{Person, key, fmt.Sprintf("jury[%d]", i)})
	}
	return out
}

func (n *nominate) Validate(c Context) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if n.places < 1 || n.places > MaxPlaces {
		bad("places_out_of_range", "places", "名次须在 1 到 %d 之间。", "Places lie between 1 and %d.", MaxPlaces)
	}
	if n.quorum < 1 {
		bad("quorum_out_of_range", "quorum", "最少投票人数至少为 1。", "A quorum is at least 1.")
	}
	if c.Subject != "" && c.Subject != Person {
		bad("votes_for_persons", "subject", "评选只用于个人，请把奖励对象改为个人。", "Votes are for persons: let the plan reward persons.")
	}
	if !c.Measure.Additive || c.Measure.Currency != "" || c.Measure.Scale != 0 {
		bad("metric_not_votes", "metric", "评选的指标须是选票的计数。", "A vote needs a metric that counts ballots.")
	}
	if len(n.jury) == 0 && n.onlyJury {
		bad("jury_missing", "jury", "只由评委投票时，请填写评委。", "Where the jury alone votes, name the jurors.")
	}
	if len(n.jury) == 0 && n.weight.Cmp(money.Decimal{Coef: 1}) != 0 {
		bad("jury_missing", "jury_weight", "没有评委，不需要填写评委的票数，请去掉或填写评委。", "There is no jury whose votes could weigh more: name the jurors, or leave this out.")
	}
	if n.weight.Sign() <= 0 {
		bad("weight_not_positive", "jury_weight", "评委的票数须大于 0。", "A juror’s vote must weigh more than 0.")
	}
	for i, key := range n.jury {
		if slices.Index(n.jury, key) < i {
			bad("juror_twice", fmt.Sprintf("jury[%d]", i), "%s 写了两次。", "%s is named twice.", clip(key))
		}
	}
	switch {
	case n.opens == 0 || n.closes == 0:
		field := map[bool]string{true: "opens", false: "closes"}[n.opens == 0]
		bad("day_out_of_range", field, "天数从 1 开始，从末尾数起用 -1、-2。", "Days are counted from 1, or from the end as -1, -2.")
	case n.opens > 0 == (n.closes > 0) && n.opens > n.closes:
		bad("window_empty", "closes", "最后一天不能早于第一天。", "The last day cannot come before the first.")
	}
	taken := map[int64]bool{}
	for i, p := range n.prizes {
		at := fmt.Sprintf("prizes[%d]", i)
		switch {
		case p.place < 1:
			bad("place_out_of_range", at+".place", "名次从 1 开始。", "Places are counted from 1.")
		case p.place > n.places:
			bad("prize_beyond_places", at+".place", "只奖励前 %[1]d 名，第 %[2]d 名得不到奖励；请增加名次或去掉这一项。",
				"Only %[1]d places win, so place %[2]d gets nothing: raise the places or remove this prize.", n.places, p.place)
		case taken[p.place]:
			bad("prize_twice", at+".place", "第 %d 名的奖励写了两次，请去掉一项。", "Place %d has two prizes: remove one.", p.place)
		}
		taken[p.place] = true
		if p.reward != nil {
			out = append(out, c.checkReward(at+".reward", *p.reward, false)...)
		}
	}
	if int64(len(n.prizes)) < n.places {
		out = append(out, c.checkReward("reward", c.Reward, false)...)
	}
	return out
}

func (n *nominate) prizeOf(c Context, place int) Reward {
	for _, p := range n.prizes {
		if p.place == int64(place) && p.reward != nil {
			return c.paid(*p.reward)
		}
	}
	return c.paid(c.Reward)
}

// window is the part of a period in which votes count.
func (n *nominate) window(p calendar.Period) calendar.Period {
	day := func(n int64, after calendar.Day) calendar.Day {
		if n > 0 {
			return p.From + calendar.Day(n) - 1 + after
		}
		return p.To + calendar.Day(n) + after
	}
	open := p
	open.From, open.To = max(p.From, day(n.opens, 0)), min(p.To, day(n.closes, 1))
	return open
}

// candidate is somebody who may be voted for, with the votes.
type candidate struct {
	Subject
	votes, jury int64      // ballots of others and of jurors
	tally       money.Frac // votes + jury × weight
	rank        int        // 0 without a vote
}

// election is what the ballots come to: candidates with votes first, the best first.
type election struct {
	list   []candidate
	voters int64
}

// valid reports whether enough have voted.
func (n *nominate) valid(e election) bool { return e.voters >= n.quorum }

// electionKey names the count of a period among some subjects.
type electionKey struct {
	period calendar.Window
	refs   string
}

// elect counts once for as long as the World remembers: everybody's standing asks for the same election.
func (n *nominate) elect(c Context, p calendar.Period, subjects []Subject) (e election, err error) {
	memory, _ := c.World.(rememberer)
	if memory == nil {
		return n.count(c, p, subjects)
	}
	var refs strings.Builder
	for _, s := range subjects {
		fmt.Fprintf(&refs, "%d ", s.Ref.ID)
	}
	key := electionKey{p.Window, refs.String()}
	if known, ok := memory.Recall(key); ok {
		return known.(election), nil
	}
	if e, err = n.count(c, p, subjects); err == nil {
		memory.Remember(key, e)
	}
	return e, err
}

func (n *nominate) count(c Context, p calendar.Period, subjects []Subject) (e election, err error) {
	jury := map[int64]bool{}
	for i, key := range n.jury {
		ref, ok := c.World.Find(Person, key)
		if !ok {
			return e, problem.Bad("unknown_person", fmt.Sprintf("jury[%d]", i), "没有标识或姓名为 %q 的评委。", "There is no juror %q.", clip(key))
		}
		jury[ref.ID] = true
	}
	type ballot struct {
		Point
		voter int64
		by    int // index of the candidate
	}
	var ballots []ballot
	for _, s := range bySubject(subjects) {
		if n.shortlist != "" {
			named, err := c.World.Subject(n.shortlist, s.Ref, p)
			if err != nil {
				return e, err
			}
			if !named.Has || named.Value.Sign() <= 0 {
				continue
			}
		}
		e.list = append(e.list, candidate{Subject: s})
		points, err := n.ballots(c, p, s)
		if err != nil {
			return e, err
		}
		for _, point := range points {
			voter, err := strconv.ParseInt(point.Label, 10, 64)
			if err != nil || voter == s.Ref.ID || n.onlyJury && !jury[voter] {
				continue // nobody knows who voted, for oneself, or without a vote
			}
			ballots = append(ballots, ballot{point, voter, len(e.list) - 1})
		}
	}
	slices.SortFunc(ballots, func(a, b ballot) int {
		a.Value, b.Value = 0, 0
		return a.Point.Compare(b.Point)
	})
	if !n.first {
		slices.Reverse(ballots)
	}
	voted := map[int64]bool{}
	for _, b := range ballots {
		if voted[b.voter] {
			continue
		}
		voted[b.voter] = true
		if jury[b.voter] {
			e.list[b.by].jury++
		} else {
			e.list[b.by].votes++
		}
	}
	e.voters = int64(len(voted))
	return e, n.order(&e)
}

// ballots are the votes for one subject within the window.
func (n *nominate) ballots(c Context, p calendar.Period, s Subject) ([]Point, error) {
	if open := n.window(p); open.From != p.From || open.To != p.To {
		if open.Empty() {
			return nil, nil
		}
		var err error
		if s, err = c.World.Subject("", s.Ref, open); err != nil {
			return nil, err
		}
	}
	if s.Points == nil {
		return nil, nil
	}
	return s.Points()
}

// order ranks the candidates: by the tally, then by the votes of jurors; those who tie in both share a rank.
func (n *nominate) order(e *election) error {
	for i := range e.list {
		x := &e.list[i]
		weighted, err := money.Whole(x.jury).Mul(n.weight.Frac())
		if err == nil {
			x.tally, err = weighted.Add(money.Whole(x.votes))
		}
		if err != nil {
			return err
		}
	}
	slices.SortStableFunc(e.list, func(a, b candidate) int { return cmp.Or(b.tally.Cmp(a.tally), cmp.Compare(b.jury, a.jury)) })
	for i := range e.list {
		x := &e.list[i]
		if x.tally.IsZero() {
			break
		}
		x.rank = i + 1
		if i > 0 && x.tally.Cmp(e.list[i-1].tally) == 0 && x.jury == e.list[i-1].jury {
			x.rank = e.list[i-1].rank
		}
	}
	return nil
}

func (n *nominate) wins(e election, x candidate) bool {
	return n.valid(e) && x.rank > 0 && int64(x.rank) <= n.places
}

func (n *nominate) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	e, err := n.elect(c, p, subjects)
	if err != nil {
		return nil, fmt.Errorf("rule nominate: %w", err)
	}
	var out []Due
	for _, x := range e.list {
		if !n.wins(e, x) {
			continue
		}
		reward := n.prizeOf(c, x.rank)
		amount, err := c.cash(reward)
		if err != nil {
			return nil, fmt.Errorf("rule nominate: %w", err)
		}
		// No record is evidence: whose votes they were is nobody's business.
		d := Due{Ref: x.Ref, Slot: "nominate", Reward: reward, Quantity: 1, Amount: amount, Value: x.Value, FromPoint: 0, ToPoint: 0}
		if !c.Bare {
			d.Steps = n.arithmetic(c, e, x, reward, amount)
		}
		out = append(out, d)
	}
	slices.SortFunc(out, compareDues)
	return out, nil
}

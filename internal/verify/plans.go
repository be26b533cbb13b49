package verify

import (
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// comparePlans works out what every plan owes in every period that it judges, and holds the awards on record against it.
func (r *run) comparePlans() error {
	for _, m := range r.metrics {
		m.sortByDay()
	}
	var err error
	if r.plans, err = r.deps.Plans.All(r.tx); err != nil {
		return err
	}
	judged := map[int64]bool{}
	for _, p := range r.plans {
		versions := p.Published()
		if len(versions) == 0 {
			continue
		}
		judged[p.ID] = true
		r.report.Plans++
		stored, err := r.storedAwards(p.ID)
		if err != nil {
			return err
		}
		for i := range versions {
			if err := r.compareVersion(p, versions, i, stored); err != nil {
				return fmt.Errorf("plan %s: %w", p.Key, err)
			}
		}
		r.staleFaults(p)
		r.compareRest(p, stored)
	}
	return r.compareStrangers(judged)
}

// rules reports whether a version judges the periods that begin on a day: the newest one that has taken effect by then
// does, unless it ended before.
func rules(versions []plan.Version, i int, day calendar.Day) bool {
	newest := -1
	for j, v := range versions {
		if v.From <= day {
			newest = j
		}
	}
	return newest == i && day < versions[i].Until
}

// compareVersion goes through the periods that one version judges, oldest first.
func (r *run) compareVersion(p *plan.Plan, versions []plan.Version, i int, stored *storedAwards) error {
	v := &versions[i]
	if v.From > r.asOf {
		return nil
	}
	j := r.prepare(p, versions, i)
	if err := r.inherit(j, versions, i); err != nil {
		return err
	}
	periods, err := r.judgedBy(versions, i)
	if err != nil {
		return err
	}
	for _, at := range periods {
		r.report.Periods++
		expected, fault := j.judge(at)
		if noted, ok := r.faults[faultOf(p, at)]; ok {
			noted.Plan = p.Key
			r.report.skip(noted)
			delete(r.faults, faultOf(p, at))
			stored.skip(at.label)
			continue
		}
		if fault != nil {
			r.report.differ(Difference{Kind: PeriodDiffers, Plan: p.Key, Period: at.label, Expected: "not judged: " + fault.Error(), Found: "judged"})
			stored.skip(at.label)
			continue
		}
		if r.clock.closed(at.to) {
			r.compareClosed(p, at.label, at.to, expected, stored)
			continue
		}
		r.comparePeriod(p, v, at, j.provisional(at), expected, stored)
	}
	return nil
}

// cutsOf are the days on which a version takes over at once, so that what runs then is split.
func cutsOf(versions []plan.Version) (out []calendar.Day) {
	for m, v := range versions {
		if v.Def.Begins == "at_once" && rules(versions, m, v.From) {
			out = append(out, v.From)
		}
	}
	slices.Sort(out)
	return out
}

// judgedBy lists the periods that one version judges, oldest first, up to now.
func (r *run) judgedBy(versions []plan.Version, i int) (out []period, err error) {
	v := &versions[i]
	all, err := r.around(v)
	if err != nil {
		return nil, err
	}
	for _, at := range all {
		whole := at
		if v.Def.Begins == "at_once" && at.from < v.From && v.From < at.to {
			at.from = v.From
		}
		if at.from > r.asOf || !rules(versions, i, at.from) {
			continue
		}
		for _, day := range cutsOf(versions) {
			if at.from < day && day < at.to {
				at.to = day
			}
		}
		if at != whole {
			at.split, at.begins, at.ends = true, whole.from, whole.to
			_, m1, d1 := civil(at.from)
			_, m2, d2 := civil(at.to - 1)
			at.label = fmt.Sprintf("%s %02d-%02d..%02d-%02d", whole.label, m1, d1, m2, d2)
		}
		out = append(out, at)
	}
	return out, nil
}

// around lists the whole periods from the one in which a version takes effect, oldest first, up to now.
func (r *run) around(v *plan.Version) (out []period, err error) {
	if v.Def.Period == calendar.Custom {
		for _, p := range v.Def.Periods {
			if p.Last >= v.From && p.From <= r.asOf && p.From < v.Until {
				out = append(out, period{kind: calendar.Custom, label: p.Label, from: p.From, to: p.Last + 1})
			}
		}
		slices.SortFunc(out, func(a, b period) int { return int(a.from - b.from) })
		return out, nil
	}
	at, err := r.clock.firstPeriod(v.Def.Period, v.From)
	if err != nil {
		return nil, err
	}
	if at.from > v.From {
		out = append(out, r.clock.before(at))
	}
	for ; at.from <= r.asOf && at.from < v.Until; at = r.clock.name(at.kind, at.to) {
		out = append(out, at)
	}
	return out, nil
}

// staleFaults reports periods that the engine says it could not judge, though the plan does not judge them at all.
func (r *run) staleFaults(p *plan.Plan) {
	stale := map[string]NotJudged{}
	for f, noted := range r.faults {
		if f.plan == p.ID {
			stale[f.label] = noted
		}
	}
	for _, label := range sortedKeys(stale) {
		r.report.differ(Difference{Kind: PeriodDiffers, Plan: p.Key, Period: label, Expected: nothing, Found: "not judged: " + stale[label].Code})
	}
}

func faultOf(p *plan.Plan, at period) fault { return fault{p.ID, at.label} }

// judge is one version of a plan on its way through its periods.
type judge struct {
	run      *run
	def      *plan.Def
	metric   *measured
	kind     rule.SubjectKind
	audience audience
	terms    terms
	evaluate func(period, []subject) ([]owed, error)
	fault    error    // why nothing can be judged
	shut     []shutIn // periods of excluded plans that could not be judged
	falls    bool     // the rule may lose what it made due without a correction
	compares bool     // the rule holds its subjects against each other and so has to see them all

	start calendar.Day // of the first period that the version judges
	cuts  []calendar.Day

	nested *judge // of a streak: the rule that has to be met

	carries, yearly bool
	settle          func(total *big.Rat, settled *big.Int) (pays, after *big.Int) // of a rule that carries
	past            []pastPeriod
	soFar           map[rule.Ref]*soFar
	owing           map[rule.Ref]owing
}

// pastPeriod is what everybody had in an earlier period, for a rule that carries.
type pastPeriod struct {
	fiscalYear int
	tally      tally
	at         period
}

func (r *run) prepare(p *plan.Plan, versions []plan.Version, i int) *judge {
	v := &versions[i]
	j := &judge{run: r, cuts: cutsOf(versions), def: &v.Def, metric: r.byKey[v.Def.Metric], kind: v.Def.Subject, start: calendar.MaxDay, soFar: map[rule.Ref]*soFar{}, owing: map[rule.Ref]owing{}}
	if j.kind == "" {
		j.kind = rule.Person
	}
	if v.Def.Earned != "" {
		j.metric = r.earnings()
	}
	if j.metric == nil {
		j.fault = fmt.Errorf("there is no metric %q", v.Def.Metric)
		return j
	}
	if j.fault = j.metric.broken; j.fault != nil {
		return j
	}
	var missing string
	if j.audience, missing = r.roster.audience(v.Def.Audience, j.kind); missing != "" {
		j.fault = fmt.Errorf("the audience names %s, which is not there", missing)
		return j
	}
	j.terms = terms{reward: v.Def.Reward, currency: r.pays, rounding: v.Def.Rounding, additive: j.metric.additive()}
	if j.fault = j.exclude(); j.fault == nil {
		j.fault = j.readShape()
	}
	return j
}

// readShape reads the parameters of the rule.
func (j *judge) readShape() (err error) {
	j.falls, j.compares = slices.Contains(fallible, j.def.Shape), slices.Contains(comparing, j.def.Shape)
	switch j.def.Shape {
	case "every":
		var p everyParams
		p, err = read[everyParams](j.def.Params)
		j.carries, j.yearly, j.settle = p.carries(), p.Since == "year", p.settle
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveEvery(p, at, s) }
	case "reach":
		var p reachParams
		p, err = read[reachParams](j.def.Params)
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveReach(p, at, s) }
	case "rate":
		var p rateParams
		p, err = read[rateParams](j.def.Params)
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveRate(p, at, s) }
	case "rank":
		var p rankParams
		p, err = read[rankParams](j.def.Params)
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveRank(p, at, s) }
	case "clean":
		var p cleanParams
		p, err = read[cleanParams](j.def.Params)
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveClean(p, at, s) }
	case "improve":
		var p improveParams
		p, err = read[improveParams](j.def.Params)
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveImprove(p, at, s) }
	case "versus":
		var p versusParams
		p, err = read[versusParams](j.def.Params)
		if err == nil && p.named() && !j.run.roster.has(p.Against, p.Key) {
			err = fmt.Errorf("there is no %s %q", p.Against, p.Key)
		}
		j.compares = p.Against == "average" || p.Against == "best"
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveVersus(p, at, s) }
	case "score":
		var p scoreParams
		p, err = read[scoreParams](j.def.Params)
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveScore(p, at, s) }
	case "race":
		var p raceParams
		p, err = read[raceParams](j.def.Params)
		j.evaluate = func(_ period, s []subject) ([]owed, error) { return naiveRace(p, j.terms, s) }
	case "nominate":
		var p nominateParams
		p, err = read[nominateParams](j.def.Params)
		for _, key := range p.Jury {
			if err == nil && !j.run.roster.has("person", key) {
				err = fmt.Errorf("there is no juror %q", key)
			}
		}
		if by, ok := j.metric.voter(); err == nil && !ok {
			err = fmt.Errorf("metric %s does not say who votes (%q)", j.metric.def.Key, by)
		}
		j.evaluate = func(at period, s []subject) ([]owed, error) { return j.naiveNominate(p, at, s) }
	case "streak":
		var k *streakJudge
		if k, err = j.streak(); err == nil {
			j.falls, j.evaluate = k.inner.falls, k.evaluate
		}
	default:
		err = fmt.Errorf("there is no rule %q", j.def.Shape)
	}
	return err
}

// judge says what is due in a period. Periods must be asked for in order.
func (j *judge) judge(at period) ([]owed, error) {
	if j.fault != nil {
		return nil, j.fault
	}
	now := j.run.tally(j.metric, j.kind, at)
	j.start = min(j.start, at.from)
	year, _ := j.run.clock.fiscal(at.whole().from)
	var subjects []subject
	var unknown error
	for _, ref := range j.run.roster.covered(j.audience, at) {
		s := now.subject(ref)
		if isRolled(j.def) {
			var err error
			if s, err = j.rolled(ref, at); err != nil {
				return nil, err
			}
		}
		err := j.known(at)
		if err == nil {
			err = j.bringIn(&s, year)
		}
		if err != nil {
			unknown = err
			break
		}
		subjects = append(subjects, s)
	}
	if at.later() && j.carries {
		now = j.run.tally(j.metric, j.kind, at.whole()) // later periods go on from all of it
	}
	j.remember(at.whole(), now)
	if unknown != nil {
		return nil, unknown
	}
	subjects, err := j.admitted(subjects, at)
	if err != nil {
		return nil, err
	}
	return j.around(subjects, at)
}

// fallible are the rules under which what is due may be lost again without a correction, whatever they measure.
var fallible = []string{"rank", "clean", "improve", "versus", "score", "nominate"}

// provisional reports whether what is due in a period still waits for its end: when the plan says so, and where it may
// be lost again without a correction, as ranks, averages and ratios may.
func (j *judge) provisional(at period) bool {
	mayFall := j.def.Judged == plan.PeriodEnd || j.falls || !j.metric.additive() || j.metric.falls() || j.gatesFall() || isRolled(j.def) || len(j.def.Excludes) > 0 ||
		len(j.def.Split) > 0 || j.def.Budget != nil || len(j.def.Ramp) > 0 || j.def.Proration == rule.ProrateAmount || j.def.Proration == rule.ProrateThresholds
	return mayFall && at.to > j.run.asOf
}

package api

import (
	"context"
	"slices"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/target"
)

type targetQuery struct {
	Metric string `query:"metric" doc:"Key of the metric; when absent the one with the most targets, else one that a plan judges"`
	Year   string `query:"year" doc:"Fiscal year; the current one when absent" example:"2026"`
	Parts  string `query:"parts" enum:"half,quarter,month" default:"quarter" doc:"Parts of the year that are shown"`
}

type targetFile struct {
	Metric string `query:"metric" doc:"Key of the metric, for files without such a column"`
	DryRun bool   `query:"dry_run" doc:"Find every problem and keep nothing"`

	RawBody []byte `contentType:"text/csv"`
}

func (s *server) targetRoutes() {
	const tag = "Targets"
	handle(s, tag, "GET", "/targets", "listTargets", "一个指标全年的目标值", "Targets of a metric in a year", s.listTargets)
	handle(s, tag, "PUT", "/targets", "setTargets", "设定目标值，要么全部成功要么不变", "Set targets, all or nothing", s.setTargets, takes[TargetsInput]())
	handle(s, tag, "POST", "/targets/import", "importTargets", "从 CSV 导入目标值，要么全部成功要么不变", "Import targets from CSV, all or nothing", s.importTargets,
		describe("Columns: metric, person or team or department, then period and value (and spread), or a column for each period with its label as the heading: 2026, 2026-Q1, 2026-03."))
}

func (s *server) listTargets(ctx context.Context, in *targetQuery) (*body[TargetGrid], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var out TargetGrid
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		m := v.metrics.Key(in.Metric)
		if in.Metric == "" {
			if m, err = v.aimedAt(tx); err != nil {
				return err
			}
		}
		switch {
		case m == nil && in.Metric == "":
			return notFound("no_metric", "还没有可以设目标值的指标。", "There is no metric yet that could have targets.")
		case m == nil:
			return notFound("unknown_metric", "没有标识为 %q 的指标。", "There is no metric %q.", in.Metric)
		case m.Broken != nil:
			return m.Broken
		}
		out, err = v.targets(tx, language(ctx), m, in)
		return err
	})
	return reply(out), err
}

// aimedAt is the metric whose targets a reader most likely wants to see: the one that has the most of them, else the first
// that a plan judges, else the first of all. Nil where none can have targets.
func (v *viewer) aimedAt(tx *db.Tx) (found *metric.Metric, err error) {
	list, err := target.All(tx)
	if err != nil {
		return nil, err
	}
	weight := map[int64]int{}
	for _, p := range v.list {
		for _, version := range p.Versions {
			if m := v.metrics.Key(version.Def.Metric); m != nil {
				weight[m.ID] = 1
			}
		}
	}
	for _, t := range list {
		weight[t.MetricID] += 2
	}
	for _, m := range v.metrics.List() {
		usable := m.Broken == nil && m.Def.Measure.Kind != metric.Growth && m.Def.Measure.Kind != metric.Attainment
		if usable && (found == nil || weight[m.ID] > weight[found.ID]) {
			found = m
		}
	}
	return found, nil
}

// targets makes the grid of a metric.
func (v *viewer) targets(tx *db.Tx, lang i18n.Lang, m *metric.Metric, in *targetQuery) (TargetGrid, error) {
	cal := v.dir.Organisation.Calendar()
	year := cal.PeriodOf(calendar.Year, v.today)
	if in.Year != "" {
		var ok bool
		if year, ok = cal.Labelled(in.Year); !ok || year.Kind != calendar.Year {
			return TargetGrid{}, problem.Bad("unknown_period", "year", "没有财年 %q", "there is no fiscal year %q", in.Year)
		}
	}
	g := TargetGrid{
		Metric: KeyName{Key: m.Def.Key, Name: m.Def.Name}, Unit: m.Unit(), Currency: m.Currency, Percent: m.Percent() && m.Currency == "",
		Spreads: m.AddsUp(), Year: year.Label, Rows: []TargetRow{}, Editable: auth.Can(v.actor, auth.DesignPlans),
	}
	periods := append([]calendar.Period{year}, cal.Between(calendar.Kind(in.Parts), year.Window)...)
	for _, p := range periods {
		g.Periods = append(g.Periods, TargetPeriod{Label: p.Label, From: p.From.String(), To: (p.To - 1).String(), Begun: p.From <= v.today})
	}
	list, err := target.OfMetric(tx, m.ID)
	if err != nil {
		return g, err
	}
	own := map[targetPlace]*target.Target{}
	for i := range list {
		own[targetPlace{list[i].Subject, list[i].Label}] = &list[i]
	}
	totals := metric.NewTotals(tx, v.dir)
	for _, row := range v.targetRows(lang, year.Window) {
		ref := rule.Ref{Kind: rule.SubjectKind(row.Subject.Kind), ID: row.Subject.ID}
		for _, p := range periods {
			cell, err := v.targetCell(totals, m, ref, p, own[targetPlace{ref, p.Label}])
			if err != nil {
				return g, err
			}
			row.Cells = append(row.Cells, cell)
		}
		g.Rows = append(g.Rows, row)
	}
	return g, nil
}

type targetPlace struct {
	ref   rule.Ref
	label string
}

func (v *viewer) targetCell(totals *metric.Totals, m *metric.Metric, ref rule.Ref, p calendar.Period, own *target.Target) (TargetCell, error) {
	cell := TargetCell{Weights: []string{}, Percent: -1, Prorate: true}
	if own != nil {
		cell.Own, cell.Prorate = true, !own.Whole
		for _, w := range own.Spread {
			cell.Weights = append(cell.Weights, w.String())
		}
	}
	goal, set, err := totals.Target(m, ref, p.Window)
	if err != nil {
		return cell, err
	}
	if set {
		if cell.Value, err = targetText(goal, m); err != nil {
			return cell, err
		}
	}
	if own != nil { // as it was set, before days held
		if cell.Value, err = targetText(own.Value.Frac(), m); err != nil {
			return cell, err
		}
	}
	if p.From > v.today {
		return cell, nil
	}
	reached, has, err := totals.Of(m, ref, p)
	if err != nil || !has {
		return cell, err
	}
	cell.Reached, _ = reached.Text()
	if set && goal.Sign() > 0 {
		if q, err := reached.Div(goal); err == nil {
			if d, err := q.Round(3, money.Down); err == nil && d.Coef < 1<<31 {
				cell.Percent = max(0, int(d.Coef))
			}
		}
	}
	return cell, nil
}

// targetText writes a target for the eye: money in its currency's places, what is counted with one place more than it has,
// since a part of a spread, or one held for some days, may have any number of them.
func targetText(f money.Frac, m *metric.Metric) (string, error) {
	if places, known := money.MinorUnits(m.Currency); known {
		d, err := f.Round(places, money.HalfEven)
		return d.String(), err
	}
	if m.Percent() || !m.AddsUp() {
		text, _ := f.Text()
		return text, nil
	}
	d, err := f.Round(m.Scale+1, money.HalfEven)
	return d.Trim().String(), err
}

// targetRows lists whose targets the caller sees: everybody's for those who design plans or see all awards, else one's own,
// those of the people below, and of the units one belongs to.
func (v *viewer) targetRows(lang i18n.Lang, w calendar.Window) (out []TargetRow) {
	all := auth.Can(v.actor, auth.DesignPlans) || auth.Can(v.actor, auth.SeeAllAwards)
	me := v.actor.PersonID
	mine := v.dir.UnitsOf(me, v.today)
	for _, kind := range []rule.SubjectKind{rule.Department, rule.Team} {
		for _, u := range v.dir.Units() {
			if string(u.Kind) != string(kind) || !all && !slices.Contains(mine, u.ID) {
				continue
			}
			row := TargetRow{Subject: SubjectRef{Kind: string(kind), ID: u.ID, Name: u.Name.In(lang)}, Key: u.Key, Above: []string{}}
			if above, ok := v.dir.Unit(u.ParentID); ok {
				row.Above = append(row.Above, above.Name.In(lang))
			}
			out = append(out, row)
		}
	}
	for _, p := range v.dir.Persons() {
		here := p.Employed().Overlap(w)
		if here.Empty() || !all && p.ID != me && (!auth.Can(v.actor, auth.SeeTeam) || !v.dir.Oversees(me, p.ID, v.today)) {
			continue
		}
		row := TargetRow{Subject: SubjectRef{Kind: string(rule.Person), ID: p.ID, Name: p.Name}, Key: p.Key, Above: []string{}}
		for _, span := range v.dir.SpansOf(p.ID) {
			if u, ok := v.dir.Unit(span.UnitID); ok && !span.Window.Overlap(here).Empty() && !slices.Contains(row.Above, u.Name.In(lang)) {
				row.Above = append(row.Above, u.Name.In(lang))
			}
		}
		out = append(out, row)
	}
	return out
}

func (s *server) setTargets(ctx context.Context, in *raw) (*body[TargetsResult], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	var wanted TargetsInput
	if err := decode(in.RawBody, &wanted); err != nil {
		return nil, err
	}
	if len(wanted.Items) > maxTargetItems {
		return nil, problem.New(problem.TooLarge, "too_many_targets", "items", "一次最多 %d 个目标值", "at most %d targets at once", maxTargetItems)
	}
	return s.keepTargets(ctx, wanted.Items, false)
}

// maxTargetItems bounds the targets that are set at once.
const maxTargetItems = 20_000

func (s *server) keepTargets(ctx context.Context, items []definition.Target, dryRun bool) (*body[TargetsResult], error) {
	done, err := s.definitions().Apply(ctx, actor(ctx), &definition.File{Targets: items}, definition.Options{DryRun: dryRun})
	if p, ok := problem.As(err); ok {
		return nil, underItems(p)
	}
	if err != nil {
		return nil, err
	}
	return reply(TargetsResult{Read: done.Targets, Changed: len(done.Changes)}), nil
}

// underItems says "items" where a definition file says "targets".
func underItems(p *problem.Error) *problem.Error {
	out := *p
	out.Field = strings.Replace(p.Field, "targets[", "items[", 1)
	out.Details = nil
	for _, d := range p.Details {
		out.Details = append(out.Details, underItems(d))
	}
	return &out
}

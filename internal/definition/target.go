package definition

import (
	"strings"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/target"
)

// Target is what a person, a team or a department is to reach by a metric in a period.
type Target struct {
	Metric     string        `json:"metric" doc:"Key of the metric"`
	Person     string        `json:"person,omitempty" doc:"Key of a person; or team, or department"`
	Team       string        `json:"team,omitempty"`
	Department string        `json:"department,omitempty"`
	Period     target.Label  `json:"period" doc:"2026, 2026-H1, 2026-Q1, 2026-03 or 2026-W05"`
	Value      target.Figure `json:"value" doc:"In the metric's unit: 120, 50000.00, 95%"`
	Spread     target.Spread `json:"spread,omitzero" doc:"How it is spread over the parts of its period: even (by days) or a list of weights for its halves, quarters or months"`
	Remove     bool          `json:"remove,omitempty" doc:"Takes the target away; the value does not matter then"`
	Prorate    *bool         `json:"prorate,omitempty" doc:"false: due in full also where the person was there for only a part of the period"`
}

func (a *applying) targets(f *File) error {
	a.out.Targets = len(f.Targets)
	var found []*problem.Error
	for i, t := range f.Targets {
		changed, err := a.target(t)
		if err != nil {
			if p, ok := problem.As(err); ok && mendable(p) {
				found = append(found, flat(at(err, "targets", i))...)
				continue
			}
			return err
		}
		a.note(changed, i18n.T("目标值", "target"), strings.Join([]string{t.Metric, t.Person + t.Team + t.Department, string(t.Period)}, " "))
	}
	return problem.Join(found)
}

func (a *applying) target(t Target) (bool, error) {
	dir, err := a.People.Directory(a.tx)
	if err != nil {
		return false, err
	}
	set, err := a.Metrics.All(a.tx)
	if err != nil {
		return false, err
	}
	m := set.Key(t.Metric)
	if m == nil {
		return false, problem.Bad("unknown_metric", "metric", "没有标识为 %q 的指标", "there is no metric %q", t.Metric)
	}
	ref, err := owner(dir, t)
	if err != nil {
		return false, err
	}
	wanted := target.Target{
		MetricID: m.ID, Subject: ref, Label: string(t.Period), Value: t.Value.Decimal, Spread: t.Spread, Whole: t.Prorate != nil && !*t.Prorate,
	}
	if t.Remove {
		return target.Remove(a.tx, a.Records, a.actor, wanted)
	}
	return target.Save(a.tx, a.Records, dir, a.actor, wanted)
}

// owner finds whose target it is: exactly one is named.
func owner(dir *people.Directory, t Target) (ref rule.Ref, err error) {
	named := 0
	for _, key := range []string{t.Person, t.Team, t.Department} {
		if key != "" {
			named++
		}
	}
	if named != 1 {
		return ref, problem.Bad("one_owner", "person", "请写明 person、team、department 中的一个", "name one of person, team and department")
	}
	if t.Person != "" {
		p, ok := dir.PersonByKey(t.Person)
		if !ok {
			return ref, problem.Bad("unknown_person", "person", "没有标识为 %q 的人员", "there is no person %q", t.Person)
		}
		return rule.Ref{Kind: rule.Person, ID: p.ID}, nil
	}
	kind, key := people.Team, t.Team
	if t.Department != "" {
		kind, key = people.Department, t.Department
	}
	u, ok := dir.UnitByKey(kind, key)
	if !ok {
		return ref, problem.Bad("unknown_unit", string(kind), "没有标识为 %q 的团队或部门", "there is no team or department %q", key)
	}
	return rule.Ref{Kind: rule.SubjectKind(kind), ID: u.ID}, nil
}

// exportTargets writes every target by the keys of its metric and its owner.
func (s *Stores) exportTargets(tx *db.Tx, dir *people.Directory) ([]Target, error) {
	set, err := s.Metrics.All(tx)
	if err != nil {
		return nil, err
	}
	list, err := target.All(tx)
	if err != nil {
		return nil, err
	}
	var out []Target
	for _, t := range list {
		m := set.ID(t.MetricID)
		if m == nil {
			continue
		}
		d := Target{Metric: m.Def.Key, Period: target.Label(t.Label), Value: target.Figure{Decimal: t.Value}, Spread: t.Spread}
		if t.Whole {
			d.Prorate = new(bool)
		}
		if p, ok := dir.Person(t.Subject.ID); ok && t.Subject.Kind == rule.Person {
			d.Person = p.Key
		} else if u, ok := dir.Unit(t.Subject.ID); ok && u.Kind == people.Team {
			d.Team = u.Key
		} else if ok {
			d.Department = u.Key
		}
		out = append(out, d)
	}
	return out, nil
}

package definition

import (
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/plan"
)

// Export gathers an organisation's definitions as a file that Apply would make again.
func (s *Stores) Export(tx *db.Tx) (*File, error) {
	dir, err := s.People.Directory(tx)
	if err != nil {
		return nil, err
	}
	o := dir.Organisation
	f := &File{Organisation: &Organisation{
		Name: o.Name, TimeZone: o.TimeZone, FiscalStartMonth: o.FiscalStartMonth, Currency: o.Currency, Language: string(o.Language),
	}}
	if !o.Working.IsZero() {
		f.Organisation.Working = &o.Working
	}
	if o.ClawbackLimit != "" {
		f.Organisation.ClawbackLimit = &o.ClawbackLimit
	}
	if o.FourEyes {
		f.Organisation.FourEyes = &o.FourEyes
	}
	for _, u := range dir.Units() {
		unit := Unit{Key: u.Key, Name: u.Name}
		if parent, ok := dir.Unit(u.ParentID); ok {
			unit.Parent = parent.Key
		}
		if u.Kind == people.Team {
			f.Teams = append(f.Teams, unit)
		} else {
			f.Departments = append(f.Departments, unit)
		}
	}
	for _, p := range dir.Persons() {
		f.Persons = append(f.Persons, exportPerson(dir, &p))
	}
	schema, err := s.Records.Schema(tx)
	if err != nil {
		return nil, err
	}
	for _, object := range schema.Objects {
		f.Objects = append(f.Objects, object.Def())
	}
	metrics, err := s.Metrics.All(tx)
	if err != nil {
		return nil, err
	}
	rates, err := s.Metrics.Rates(tx)
	if err != nil {
		return nil, err
	}
	f.Rates = rates.List()
	for _, m := range metrics.List() {
		f.Metrics = append(f.Metrics, m.Def)
	}
	if f.Targets, err = s.exportTargets(tx, dir); err != nil {
		return nil, err
	}
	plans, err := s.Plans.All(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		f.Plans = append(f.Plans, exportPlan(p))
	}
	return f, nil
}

// exportPlan writes the newest published version, or else the draft, in review or not, without its day: applying the file
// must not publish it.
func exportPlan(p *plan.Plan) plan.Def {
	published := p.Published()
	if len(published) == 0 {
		def := p.Draft().Def
		def.EffectiveFrom = nil
		return def
	}
	last := published[len(published)-1]
	def := last.Def
	def.EffectiveFrom = &last.From
	if last.Until < calendar.MaxDay {
		def.EffectiveUntil = &last.Until
	}
	return def
}

func exportPerson(dir *people.Directory, p *people.Person) Person {
	out := Person{Key: p.Key, Email: p.Email, JoinedOn: p.JoinedOn, LeftOn: p.LeftOn}
	if len(p.Positions) == 0 {
		out.Position = p.Position
	}
	for _, h := range p.Positions {
		out.Positions = append(out.Positions, Held(h))
	}
	if p.Name != p.Key {
		out.Name = p.Name
	}
	for _, span := range dir.SpansOf(p.ID) {
		unit, ok := dir.Unit(span.UnitID)
		if !ok {
			continue
		}
		m := Membership{Unit: unit.Key, Lead: span.Lead}
		m.From, m.To = days(span.Window)
		if unit.Kind == people.Team {
			out.Teams = append(out.Teams, m)
		} else {
			out.Departments = append(out.Departments, m)
		}
	}
	for _, span := range dir.ManagersOf(p.ID) {
		if manager, ok := dir.Person(span.ManagerID); ok {
			m := Manager{Person: manager.Key}
			m.From, m.To = days(span.Window)
			out.Managers = append(out.Managers, m)
		}
	}
	return out
}

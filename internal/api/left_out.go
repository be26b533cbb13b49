package api

import (
	"cmp"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

// Bounds of what a person is told of the own records that do not count.
const (
	maxLeftOutNamed = 20 // records of one reason; their number is told
	maxAsked        = 3  // names of whom to ask

	// maxOwnLeftOut bounds the records of a metric that are looked through for a person's own, the newest first: a page that everybody
	// opens every day must not wait for a bad import of others.
	maxOwnLeftOut = 1_000
)

// leftOut gathers a person's records that metrics leave out, over the plans that they would count for.
type leftOut struct {
	*viewer
	tx     *db.Tx
	person int64
	boxes  boxes
	ground metric.Ground
	known  map[int64][]metric.Omitted
	found  map[leftOutKey][]metric.Omitted
}

type leftOutKey struct {
	metric int64
	reason metric.Reason
}

func (v *viewer) leftOutOf(tx *db.Tx, person int64) (*leftOut, error) {
	ground, err := v.s.metrics.Ground(tx, v.dir)
	return &leftOut{
		viewer: v, tx: tx, person: person, boxes: boxesOf(v.list, v.metrics), ground: ground,
		known: map[int64][]metric.Omitted{}, found: map[leftOutKey][]metric.Omitted{},
	}, err
}

// look adds the person's records that a plan would count in a period.
func (l *leftOut) look(r *plan.Ready, w calendar.Window) error {
	for _, m := range l.metrics.List() {
		if m.Object() == nil || !r.Reads(m) || l.boxes.has(m.Def.Object) {
			continue
		}
		all, known := l.known[m.ID]
		if !known {
			var err error
			if all, _, err = m.ReadOmitted(l.tx, &l.ground, maxOwnLeftOut); err != nil {
				return err
			}
			all = slices.DeleteFunc(all, func(o metric.Omitted) bool { return !slices.Contains(o.Persons, l.person) })
			l.known[m.ID] = all
		}
		for i := range all {
			key := leftOutKey{m.ID, all[i].Reason}
			same := func(o metric.Omitted) bool { return o.Record.ID == all[i].Record.ID }
			if all[i].Within(w) && !slices.ContainsFunc(l.found[key], same) {
				l.found[key] = append(l.found[key], all[i])
			}
		}
	}
	return nil
}

// shape tells what was found, by metric and reason, with whom to ask.
func (l *leftOut) shape() ([]OwnLeftOut, error) {
	out := []OwnLeftOut{}
	if !auth.Can(l.actor, auth.ReadRecords) {
		return out, nil
	}
	for key, list := range l.found {
		m := l.metrics.ID(key.metric)
		advice, err := l.advice(key.reason)
		if err != nil {
			return nil, err
		}
		shown := OwnLeftOut{
			Metric: KeyName{Key: m.Def.Key, Name: m.Def.Name}, Reason: key.reason.Name(), Code: string(key.reason), Count: int64(len(list)),
			Records: []RecordLink{}, Advice: advice,
		}
		for i := range list {
			if lack := list[i].Detail; lack != "" && !slices.Contains(shown.Lacks, lack) && len(shown.Lacks) < maxLeftOutNamed {
				shown.Lacks = append(shown.Lacks, lack)
			}
			if len(shown.Records) < maxLeftOutNamed {
				shown.Records = append(shown.Records, recordLink(m.Object(), list[i].Record))
			}
		}
		slices.Sort(shown.Lacks)
		out = append(out, shown)
	}
	slices.SortFunc(out, func(a, b OwnLeftOut) int {
		return cmp.Or(cmp.Compare(a.Metric.Key, b.Metric.Key), cmp.Compare(a.Code, b.Code))
	})
	return out, nil
}

func recordLink(o *record.Object, r *record.Record) RecordLink {
	return RecordLink{Object: o.Key, ID: r.ID, Title: recordTitle(o, r)}
}

// recordLinks names records of an object, in the order of their ids.
func (s *server) recordLinks(tx *db.Tx, o *record.Object, ids []int64) ([]RecordLink, error) {
	out := []RecordLink{}
	if o == nil || len(ids) == 0 {
		return out, nil
	}
	found, err := s.records.Load(tx, o, ids)
	for i := range found {
		out = append(out, recordLink(o, &found[i]))
	}
	slices.SortFunc(out, func(a, b RecordLink) int { return cmp.Compare(a.ID, b.ID) })
	return out, err
}

// advice says how a reason is mended, and by whom where it is not the person.
func (l *leftOut) advice(reason metric.Reason) (i18n.Text, error) {
	switch reason {
	case metric.NoRate:
		names, err := l.withRole(auth.Finance)
		if err != nil || names == "" {
			return i18n.T("请财务或管理员补上汇率，补上后自动计入。", "Ask finance or an administrator to add the rate; the record counts as soon as it is there."), err
		}
		return i18n.Format("请财务（%s）补上汇率，补上后自动计入。", "Ask finance (%s) to add the rate; the record counts as soon as it is there.", names), nil
	case metric.TooLarge:
		return i18n.T("数值超出范围：打开记录核对；没有错就找管理员。", "The value is beyond bounds: open the record and look; if it is right, ask an administrator."), nil
	}
	if id, ok := l.dir.ManagerOf(l.person, l.today); ok {
		if p, ok := l.dir.Person(id); ok {
			return i18n.Format("打开记录补上或改正，改对后自动计入；拿不准就问主管（%s）。",
				"Open the record and put it right: it counts at once. If in doubt, ask your manager %s.", p.Name), nil
		}
	}
	return i18n.T("打开记录补上或改正，改对后自动计入。", "Open the record and put it right: it counts at once."), nil
}

// withRole names the first people with a role.
func (l *leftOut) withRole(role auth.Role) (string, error) {
	accounts, err := l.s.auth.Accounts(l.tx)
	if err != nil {
		return "", err
	}
	var names string
	var count int
	for _, a := range accounts {
		if p, ok := personOf(l.dir, a); ok && slices.Contains(a.Roles, role) && count < maxAsked {
			if count++; names != "" {
				names += ", "
			}
			names += p.Name
		}
	}
	return names, nil
}

func personOf(dir *people.Directory, a auth.Account) (*people.Person, bool) {
	if a.Disabled || a.PersonID == 0 {
		return nil, false
	}
	return dir.Person(a.PersonID)
}

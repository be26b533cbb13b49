package intake

import (
	"context"
	"errors"
	"fmt"

	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// made is what a batch created because it was missing.
type made struct {
	persons map[string]int64
	records map[*index]map[string]int64
	refused map[reference]*problem.Error // by column and text: what could not be created
}

// flush writes the rows of the batch in one transaction and counts what became of them.
func (l *load) flush(ctx context.Context) error {
	rows := l.batch
	l.batch = l.batch[:0]
	if len(rows) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	var outcomes []record.Outcome
	var created *made
	err := l.db.Write(ctx, func(tx *db.Tx) (err error) {
		created = &made{persons: map[string]int64{}, records: map[*index]map[string]int64{}, refused: map[reference]*problem.Error{}}
		if l.defines {
			if _, err := l.define(tx); err != nil {
				return err
			}
		}
		if err := l.createMissing(tx, rows, created); err != nil {
			return err
		}
		ops := make([]record.Op, len(rows))
		for i, p := range rows {
			ops[i] = l.op(p, created)
		}
		if outcomes, err = l.records.Apply(tx, l.opts.Actor, l.object, ops); err == nil && l.opts.DryRun {
			return errDryRun
		}
		return err
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return err
	}
	if err := l.remember(ctx, created); err != nil {
		return err
	}
	for i, p := range rows {
		if err := l.count(p, &outcomes[i], created); err != nil {
			return err
		}
	}
	if l.opts.Progress != nil {
		l.report.pace(l.begun)
		l.opts.Progress(l.report)
	}
	return nil
}

// op is the operation of a row. What it refers to and could not be created stays as a name that Apply will not find.
func (l *load) op(p *pending, created *made) record.Op {
	op := record.Op{Kind: record.Upsert, ExternalID: p.external, Input: p.input}
	if l.mapping.OnConflict == OnSkip {
		op.Kind = record.Create
	}
	for _, ref := range p.refs {
		c := &l.columns[ref.column]
		id := created.persons[ref.text]
		if c.target != nil {
			if id = created.records[c.target][ref.text]; id == 0 {
				id = c.target.find(ref.text)
			}
		}
		switch {
		case id > 0:
			p.input[c.field.Key] = id
		case l.opts.DryRun && c.self && created.refused[ref] == nil:
			delete(p.input, c.field.Key) // a row of this file that a real run would have written by now
		default:
			p.input[c.field.Key] = ref.text
		}
	}
	return op
}

// createMissing makes the persons and related records that the rows name and that are not there.
func (l *load) createMissing(tx *db.Tx, rows []*pending, created *made) error {
	wanted := map[*index][]string{}
	columns := map[*index]int{}
	asked := map[reference]bool{}
	for _, p := range rows {
		for _, ref := range p.refs {
			c := &l.columns[ref.column]
			if !c.CreateMissing || asked[ref] {
				continue
			}
			asked[ref] = true
			if c.target != nil {
				if c.target.find(ref.text) == 0 {
					wanted[c.target] = append(wanted[c.target], ref.text)
					columns[c.target] = ref.column
				}
				continue
			}
			if created.persons[ref.text] != 0 {
				continue
			}
			person, _, err := l.people.SavePerson(tx, l.opts.Actor, people.Person{Name: ref.text})
			if wrong, ok := problem.As(err); ok && wrong.Kind != problem.Unavailable {
				created.refused[ref] = wrong
				continue
			}
			if err != nil {
				return err
			}
			created.persons[ref.text] = person.ID
		}
	}
	for x, names := range wanted {
		if err := l.createRelated(tx, x, columns[x], names, created); err != nil {
			return err
		}
	}
	return nil
}

// createRelated makes minimal records of a related object: a name, which is the external id too.
func (l *load) createRelated(tx *db.Tx, x *index, column int, names []string, created *made) error {
	created.records[x] = map[string]int64{}
	ops := make([]record.Op, 0, len(names))
	distinct := map[string]bool{}
	kept := names[:0]
	for _, name := range names {
		if distinct[name] {
			continue
		}
		distinct[name] = true
		op := record.Op{Kind: record.Create, ExternalID: name, Input: map[string]any{}}
		if len([]rune(name)) > record.MaxExternalID {
			op.ExternalID = ""
		}
		if field := x.naming(); field != "" && x.match != byID {
			op.Input[field] = name
		}
		ops, kept = append(ops, op), append(kept, name)
	}
	outcomes, err := l.records.Apply(tx, l.opts.Actor, x.object, ops)
	if err != nil {
		return err
	}
	for i := range outcomes {
		if outcomes[i].Status == record.Failed {
			created.refused[reference{column: column, text: kept[i]}] = outcomes[i].Problem
			continue
		}
		created.records[x][kept[i]] = outcomes[i].ID
	}
	return nil
}

// remember makes what was created known to the rows that follow. What a dry run created is gone again.
func (l *load) remember(ctx context.Context, created *made) error {
	if l.opts.DryRun {
		for name := range created.persons {
			if !l.names["person\x00"+name] {
				l.names["person\x00"+name] = true
				l.report.Persons++
			}
		}
		for x, list := range created.records {
			for name := range list {
				if key := x.object.Key + "\x00" + name; !l.names[key] {
					l.names[key] = true
					l.report.Related++
				}
			}
		}
		return nil
	}
	l.report.Persons += int64(len(created.persons))
	for x, list := range created.records {
		for name, id := range list {
			x.name(name, id)
			l.report.Related++
		}
	}
	if len(created.persons) == 0 {
		return nil
	}
	return l.db.Read(ctx, func(tx *db.Tx) (err error) {
		l.dir, err = l.people.Directory(tx)
		return err
	})
}

// count notes what became of a row.
func (l *load) count(p *pending, out *record.Outcome, created *made) error {
	if out.Status == record.Failed && l.mapping.OnConflict == OnSkip && isTaken(out.Problem) {
		l.report.Done++
		l.report.Unchanged++
		return nil
	}
	if out.Status != record.Failed && l.opts.DryRun {
		if twice := l.uniqueTwice(p); twice != nil {
			return l.reject(*twice)
		}
	}
	switch out.Status {
	case record.Failed:
		return l.reject(l.problemsOf(p, out.Problem, created)...)
	case record.Created:
		l.report.Created++
	case record.Updated:
		l.report.Updated++
	default:
		l.report.Unchanged++
	}
	l.report.Done++
	l.indexSelf(p, out.ID)
	return nil
}

func isTaken(p *problem.Error) bool {
	return p != nil && len(p.Details) == 0 && (p.Code == "not_unique" && p.Field == "external_id" || p.Code == "record_deleted")
}

// problemsOf says in which columns of the file the problems of a refused row are.
func (l *load) problemsOf(p *pending, wrong *problem.Error, created *made) []Problem {
	var out []Problem
	for _, each := range flat(wrong) {
		found := Problem{Line: p.line, Code: each.Code, Reason: each.Message}
		if each.Field == "external_id" {
			found.Column, found.Value = l.mapping.Key, p.external
		}
		for i := range l.columns {
			if l.columns[i].field.Key != each.Field {
				continue
			}
			found.Column, found.Value = l.columns[i].name, cut(p.shown[i], maxShown)
			for _, ref := range p.refs {
				if why := created.refused[ref]; ref.column == i && why != nil {
					found.Code = why.Code
					reason := problem.Bad("", "", "无法新建 %s：%s", "%s could not be created: %s", clip(ref.text), why.Message)
					found.Reason = reason.Message
				}
			}
		}
		out = append(out, found)
	}
	return out
}

// uniqueTwice finds a unique value that an earlier row of a dry run has: its batch was undone, so Apply cannot know.
func (l *load) uniqueTwice(p *pending) *Problem {
	for i := range l.columns {
		c := &l.columns[i]
		v := p.input[c.field.Key]
		if !c.field.Unique || v == nil {
			continue
		}
		if l.uniques[c.field.Key] == nil {
			l.uniques[c.field.Key] = map[string]int{}
		}
		key := fmt.Sprint(v)
		if line, taken := l.uniques[c.field.Key][key]; taken {
			wrong := problem.Bad("not_unique", "", "“%s”的值 %s 在第 %d 行已出现，请换一个。", "%s has to be unique, and line %[3]d has %[2]s already. Use another value.", c.field.Name, clip(p.shown[i]), line)
			return &Problem{Line: p.line, Column: c.name, Value: p.shown[i], Code: wrong.Code, Reason: wrong.Message}
		}
		l.uniques[c.field.Key][key] = p.line
	}
	return nil
}

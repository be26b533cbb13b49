package intake

import (
	"context"
)

// Rows may refer to other rows of the same file, above or below: accounts to the accounts they belong to. Such a row waits
// until all others are loaded, and those that wait for each other are loaded from the top of the tree down.

// waits reports whether a row refers to a record of its own object that is not there yet.
func (l *load) waits(p *pending) bool {
	for _, ref := range p.refs {
		if l.columns[ref.column].self && l.columns[ref.column].target.find(ref.text) == 0 {
			return true
		}
	}
	return false
}

// indexSelf makes a loaded row known to the rows that refer to it.
func (l *load) indexSelf(p *pending, id int64) {
	for i := range l.columns {
		c := &l.columns[i]
		if !c.self {
			continue
		}
		name, _ := p.input[c.target.naming()].(string)
		if l.opts.DryRun {
			l.names[p.external], l.names[name] = true, true
			continue
		}
		if c.target.match == "" || c.target.match == "external_id" {
			c.target.external[p.external] = id
		}
		if name != "" {
			c.target.name(name, id)
		}
	}
}

// finishWaiting loads the waiting rows in rounds. When a round brings nothing forward, what is still missing is created if
// the mapping says so, and is a problem otherwise.
func (l *load) finishWaiting(ctx context.Context) error {
	last := false
	for len(l.waiting) > 0 {
		rows := l.waiting
		l.waiting = nil
		progressed := false
		for _, p := range rows {
			missing := l.missing(p)
			if missing != nil && !last {
				l.waiting = append(l.waiting, p)
				continue
			}
			progressed = true
			if missing != nil && !l.columns[missing.column].CreateMissing {
				c := &l.columns[missing.column]
				wrong := unknownRecord(c, missing.text)
				if err := l.reject(Problem{Line: p.line, Column: c.name, Value: cut(p.shown[missing.column], maxShown), Code: wrong.Code, Reason: wrong.Message}); err != nil {
					return err
				}
				continue
			}
			l.batch = append(l.batch, p)
			if len(l.batch) == BatchRows {
				if err := l.flush(ctx); err != nil {
					return err
				}
			}
		}
		if err := l.flush(ctx); err != nil {
			return err
		}
		last = !progressed
	}
	return nil
}

// missing is the first reference of a row to a record of its own object that is still not there.
func (l *load) missing(p *pending) *reference {
	for i := range p.refs {
		ref := &p.refs[i]
		c := &l.columns[ref.column]
		if c.self && c.target.find(ref.text) == 0 && !(l.opts.DryRun && l.names[ref.text]) {
			return ref
		}
	}
	return nil
}

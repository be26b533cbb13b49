package plan

import (
	"encoding/json"
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/problem"
)

// ended is what the change log keeps of an end: the day, and when each version that it cut short stopped before.
type ended struct {
	Did   string                 `json:"did"`
	Until calendar.Day           `json:"until"`
	Was   map[int64]calendar.Day `json:"was,omitempty"` // by number of version; the last day there is where it was open
}

// End stops the plan: periods that begin on or after a day are no longer judged. Days already judged stay judged, and what has ended
// stays ended, unless retroactive says that the past is meant: then the day may lie anywhere, and awards of the periods that begin on
// or after it go.
func (s *Store) End(tx *db.Tx, actor, key string, until calendar.Day, retroactive bool) error {
	p, err := s.ByKey(tx, key)
	if err != nil {
		return err
	}
	published := p.Published()
	if len(published) == 0 {
		return problem.New(problem.Conflict, "not_published", "plan", "方案还没有发布", "the plan is not published yet")
	}
	today, err := s.today(tx)
	if err != nil {
		return err
	}
	last := published[len(published)-1]
	switch {
	case retroactive:
	case until < today:
		return problem.New(problem.Conflict, "retroactive", "until",
			"结束日早于今天（%s），会收回已经评判过的周期的奖励。确实要追溯时请声明 retroactive。",
			"the end lies before today (%s) and would take back awards of periods already judged. Say retroactive if you mean it.", today)
	case last.Until < today:
		return problem.New(problem.Conflict, "already_ended", "until", "方案已于 %s 结束；可以撤销结束，或发布新版本重新开始",
			"the plan ended on %s already: take the end back, or publish a new version to start it again", last.Until)
	}
	log := ended{Did: "end", Until: until, Was: map[int64]calendar.Day{}}
	for _, v := range published {
		if v.Until > until || v.No == last.No { // versions that ended earlier are left alone
			log.Was[v.No] = v.Until
		}
	}
	return s.stop(tx, actor, p, log, func(calendar.Day) calendar.Day { return until })
}

// Resume takes the plan's end back: its versions judge again as they did before.
func (s *Store) Resume(tx *db.Tx, actor, key string) error {
	p, err := s.ByKey(tx, key)
	if err != nil {
		return err
	}
	noEnd := problem.New(problem.Conflict, "not_ended", "", "方案没有可以撤销的结束；写在方案里的结束日请改方案", "the plan has no end to take back: one that is written in the plan is changed there")
	published := p.Published()
	if len(published) == 0 {
		return noEnd
	}
	last := published[len(published)-1]
	if last.Until == last.Def.until() {
		return noEnd
	}
	was, err := s.lastEnd(tx, p)
	if err != nil {
		return err
	}
	if _, known := was[last.No]; !known { // ended before the log told what it cut short
		was = map[int64]calendar.Day{last.No: last.Def.until()}
	}
	if was[last.No] == last.Until {
		was[last.No] = last.Def.until() // ended twice on the same day
	}
	return s.stop(tx, actor, p, ended{Did: "resume", Until: was[last.No], Was: was}, func(was calendar.Day) calendar.Day { return was })
}

// lastEnd is what the newest end of a plan cut short.
func (s *Store) lastEnd(tx *db.Tx, p *Plan) (map[int64]calendar.Day, error) {
	changes, err := s.records.History(tx, "@plan", p.ID, 0, maxHistory)
	if err != nil {
		return nil, fmt.Errorf("read the history of a plan: %w", err)
	}
	for i := range changes {
		var log ended
		if err := json.Unmarshal(changes[i].After, &log); err == nil && log.Did == "end" {
			return log.Was, nil
		}
	}
	return nil, nil
}

// stop writes when versions stop being judged, and logs it.
func (s *Store) stop(tx *db.Tx, actor string, p *Plan, log ended, until func(was calendar.Day) calendar.Day) error {
	for no, was := range log.Was {
		_, err := tx.Exec(`UPDATE plan_version SET effective_until = $1 WHERE plan_id = $2 AND status = 'published' AND no = $3`,
			int64(until(was)), p.ID, no)
		if err != nil {
			return fmt.Errorf("end plan: %w", err)
		}
	}
	text, err := json.Marshal(log)
	if err != nil {
		return fmt.Errorf("end plan: %w", err)
	}
	return s.logText(tx, actor, p.ID, text)
}

// until is the day on which a definition itself ends; calendar.MaxDay when it is open.
func (d *Def) until() calendar.Day {
	if d.EffectiveUntil == nil {
		return calendar.MaxDay
	}
	return *d.EffectiveUntil
}

// Stopped reports whether the plan has an end that can be taken back.
func (p *Plan) Stopped() bool {
	published := p.Published()
	if len(published) == 0 {
		return false
	}
	last := &published[len(published)-1]
	return last.Until != last.Def.until()
}

// Restate brings a plan in line with a definition that has its days, as a file writes it: one that says what the newest version says
// but for its last day ends the plan or lets it go on, any other is published. It reports whether anything changed.
func (s *Store) Restate(tx *db.Tx, actor string, def Def, retroactive bool) (changed bool, err error) {
	last, err := s.newest(tx, def.Key)
	if err != nil {
		return false, err
	}
	if ends, err := def.onlyEnds(last); err != nil || !ends {
		if err != nil {
			return false, err
		}
		_, changed, err = s.Publish(tx, actor, def, *def.EffectiveFrom, retroactive)
		return changed, err
	}
	if def.until() == last.Until {
		return false, nil
	}
	err = s.End(tx, actor, def.Key, def.until(), retroactive)
	if p, ok := problem.As(err); ok {
		p.Field = "effective_until"
		return false, p
	}
	return err == nil, err
}

// ReachesBack reports whether Restate would change what periods already judged are judged by.
func (s *Store) ReachesBack(tx *db.Tx, def Def) (bool, error) {
	last, err := s.newest(tx, def.Key)
	if err != nil || last == nil || def.EffectiveFrom == nil {
		return false, err
	}
	today, err := s.today(tx)
	if err != nil {
		return false, err
	}
	ends, err := def.onlyEnds(last)
	if err != nil {
		return false, err
	}
	if ends {
		return def.until() != last.Until && (def.until() < today || last.Until < today), nil
	}
	same, err := sameDef(last.Def, def)
	return err == nil && !same && (*def.EffectiveFrom <= last.From || *def.EffectiveFrom < today), err
}

// newest is the newest published version of a plan, or nil.
func (s *Store) newest(tx *db.Tx, key string) (*Version, error) {
	p, err := s.ByKey(tx, key)
	if err != nil {
		if problem.IsCode(err, "unknown_plan") {
			err = nil
		}
		return nil, err
	}
	published := p.Published()
	if len(published) == 0 {
		return nil, nil
	}
	return &published[len(published)-1], nil
}

// onlyEnds reports whether a definition says what a version says but for its last day.
func (d Def) onlyEnds(v *Version) (bool, error) {
	if v == nil || d.EffectiveFrom == nil || v.Def.until() == d.until() {
		return false, nil
	}
	was := v.Def
	was.EffectiveUntil, d.EffectiveUntil = nil, nil
	return sameDef(was, d)
}

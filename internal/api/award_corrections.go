package api

import (
	"bytes"
	"encoding/json"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/record"
)

// maxCorrections bounds the changes of records that an opened adjustment lists.
const maxCorrections = 100

// corrections finds what an adjustment corrects: what the change log says, since the period was closed, of the records behind it
// and of those that brought it about (which may count no longer). Changes of fields that the plan does not read are left out.
func (w *awardShaper) corrections(a *award.Award, ev *engine.Evidence, out *AwardDetail) error {
	out.Corrections = []AwardCorrection{}
	if a.Origin == "" || ev.Plan == nil || out.Hidden || !auth.Can(w.actor, auth.ReadRecords) {
		return nil
	}
	since, err := closedAtSeq(w.tx, w.s.records, a)
	if err != nil || since == 0 {
		return err
	}
	touched := map[string][]int64{}
	for _, o := range objectsOf(ev.Plan.Metric) {
		for _, p := range ev.Points {
			touched[o.Key] = append(touched[o.Key], p.RecordID)
		}
	}
	events, err := award.History(w.tx, a.ID)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Cause.RecordID != 0 {
			touched[e.Cause.Object] = append(touched[e.Cause.Object], e.Cause.RecordID)
		}
	}
	name, err := w.s.actorNames(w.tx, language(w.ctx))
	if err != nil {
		return err
	}
	for key, ids := range touched {
		o, err := w.s.records.Object(key)
		if err != nil || w.boxes.has(key) { // not a record, or a ballot
			continue
		}
		slices.Sort(ids)
		changes, err := w.s.records.ChangesOf(w.tx, key, slices.Compact(ids), since, maxCorrections+1)
		if err != nil {
			return err
		}
		words, err := w.cellWords(w.tx, o, changes)
		if err != nil {
			return err
		}
		for i := range changes {
			c := &changes[i]
			fields := words.changed(c, func(field string) bool { return w.reads(ev, key, field) })
			if len(fields) == 0 && c.Kind == record.ChangeUpdate {
				continue
			}
			out.Corrections = append(out.Corrections, AwardCorrection{
				Seq: c.Seq, At: instant(c.At), By: name(c.Actor), Kind: c.Kind, Object: KeyName{Key: o.Key, Name: o.Name},
				Record: Named{ID: c.RecordID, Name: w.title(award.Cause{Object: key, RecordID: c.RecordID})}, Fields: fields,
			})
		}
	}
	slices.SortFunc(out.Corrections, func(x, y AwardCorrection) int { return int(x.Seq - y.Seq) })
	if out.MoreCorrections = len(out.Corrections) > maxCorrections; out.MoreCorrections {
		out.Corrections = out.Corrections[:maxCorrections]
	}
	return nil
}

// reads reports whether one of the metrics that the plan reads may read a field of an object.
func (w *awardShaper) reads(ev *engine.Evidence, object, field string) bool {
	for _, m := range w.metrics.List() {
		if ev.Plan.Reads(m) && m.Def.Mentions(object, field) {
			return true
		}
	}
	return false
}

// closedAtSeq is the place in the change log at which the period that an adjustment corrects was closed; 0 when it is open again.
func closedAtSeq(tx *db.Tx, records *record.Store, a *award.Award) (int64, error) {
	all, err := closing.List(tx)
	if err != nil {
		return 0, err
	}
	var by *closing.Closing // the first that ended on or after the period's end: the first closing closes what lies before it too
	for i := range all {
		if c := &all[i]; c.Closed() && c.Period.To >= a.OriginTo && (by == nil || c.Period.To < by.Period.To) {
			by = c
		}
	}
	if by == nil {
		return 0, nil
	}
	happened, err := records.History(tx, "@closing", by.ID, 0, 10)
	for _, c := range happened {
		if c.Kind == "close" {
			return c.Seq, nil
		}
	}
	return 0, err
}

// changed tells the fields of a change that differ and are wanted, in the object's order.
func (c *cellWords) changed(one *record.Change, wanted func(field string) bool) []CorrectedField {
	out := []CorrectedField{}
	var before, after map[string]json.RawMessage
	_ = json.Unmarshal(one.Before, &before) // absent is empty
	_ = json.Unmarshal(one.After, &after)
	for i := range c.object.Fields {
		f := &c.object.Fields[i]
		was, is := before[f.Key], after[f.Key]
		if bytes.Equal(was, is) || !wanted(f.Key) {
			continue
		}
		field := CorrectedField{Key: f.Key, Name: f.Name}
		for _, side := range []struct {
			raw json.RawMessage
			to  **i18n.Text
		}{{was, &field.Before}, {is, &field.After}} {
			if text, ok := c.text(f, side.raw); ok {
				*side.to = &text
			}
		}
		out = append(out, field)
	}
	return out
}

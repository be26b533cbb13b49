package record_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/record"
)

// TestBatchesEqualSingleSteps runs the same operations on two objects, in batches on one and one by one on the other:
// outcomes and records must be alike, and the log must lead to the records by itself.
func TestBatchesEqualSingleSteps(t *testing.T) {
	fields := func(self string) []record.FieldDef {
		return []record.FieldDef{
			{Key: "name", Type: "text", Required: true},
			{Key: "code", Type: "text", Unique: true},
			{Key: "size", Type: "number", Unique: true},
			{Key: "parent", Type: "relation", Target: self},
			{Key: "no", Type: "autonumber"},
		}
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		objects := [2]*record.Object{}
		for i, key := range []string{"batched", "stepped"} {
			objects[i] = f.define(record.ObjectDef{Key: key, Fields: fields(key)})
		}
		rapid.Check(t, func(r *rapid.T) {
			var began int64
			f.write(func(tx *db.Tx) (err error) {
				for _, clear := range []string{"DELETE FROM o_batched", "DELETE FROM o_stepped", "UPDATE field SET next_number = 1"} {
					if _, err := tx.Exec(clear); err != nil {
						return err
					}
				}
				began, err = f.store.LastSeq(tx)
				return err
			})
			external := rapid.SampledFrom([]string{"A", "B", "C", "D"})
			var ops []record.Op
			for range rapid.IntRange(1, 40).Draw(r, "operations") {
				op := record.Op{
					Kind:       rapid.SampledFrom([]record.OpKind{record.Create, record.Upsert, record.Upsert, record.Update, record.Delete, record.Restore}).Draw(r, "kind"),
					ExternalID: external.Draw(r, "external id"),
					IfVersion:  rapid.SampledFrom([]int64{0, 0, 0, 0, 1, 2, 3}).Draw(r, "version"),
					Input:      map[string]any{},
				}
				draw := func(key string, options ...any) {
					if v := rapid.SampledFrom(append(options, "")).Draw(r, key); v != "" {
						op.Input[key] = v
					}
				}
				draw("name", "x", "y", "z", "x", nil)
				draw("code", "k", "l", "m", nil)
				draw("size", 1, 2, 3, nil)
				draw("parent", "A", "B", "C", nil)
				draw("no", "", "", "", "", "", "", 1)
				if op.Kind == record.Update && rapid.Bool().Draw(r, "rename") {
					op.ID = int64(rapid.IntRange(1, 2).Draw(r, "base")) // its external id becomes op.ExternalID
				}
				ops = append(ops, op)
			}
			// two records are there before; an ID stands for one of them
			var own [2][]record.Op
			for i, o := range objects {
				base := f.save(o, record.Op{Kind: record.Create, ExternalID: "A", Input: input("a")}, record.Op{Kind: record.Create, ExternalID: "B", Input: with("parent", "A")})
				own[i] = append(own[i], ops...)
				for n := range ops {
					if ops[n].ID != 0 {
						own[i][n].ID = base[ops[n].ID-1].ID
					}
				}
			}
			var batches, steps []record.Outcome
			for rest := own[0]; len(rest) > 0; {
				n := rapid.IntRange(1, len(rest)).Draw(r, "batch")
				batches = append(batches, f.save(objects[0], rest[:n]...)...)
				rest = rest[n:]
			}
			for _, op := range own[1] {
				steps = append(steps, f.save(objects[1], op)...)
			}
			for i := range ops {
				if outcome(batches[i]) != outcome(steps[i]) || batches[i].Version != steps[i].Version {
					r.Fatalf("operation %d %v: %s at %d in a batch, %s at %d alone", i, ops[i], outcome(batches[i]), batches[i].Version, outcome(steps[i]), steps[i].Version)
				}
			}
			a, b := f.state(objects[0]), f.state(objects[1])
			if asJSON(t, a) != asJSON(t, b) {
				r.Fatalf("batches led to\n%s\nsteps to\n%s", asJSON(t, a), asJSON(t, b))
			}
			for i, o := range objects {
				if log := f.replay(o, began); asJSON(t, log) != asJSON(t, [2]any{a, b}[i]) {
					r.Fatalf("the log leads to\n%s\nthe records are\n%s", asJSON(t, log), asJSON(t, a))
				}
			}
		})
		for i, c := range f.changes() {
			if c.Seq != int64(i+1) {
				t.Fatalf("entry %d of the log has number %d", i+1, c.Seq)
			}
		}
	})
}

// state is every record of an object by external id; references are told by the external id they lead to.
func (f *fixture) state(o *record.Object) map[string]map[string]any {
	names := map[string]string{}
	var list []record.Record
	for _, deleted := range []bool{false, true} {
		list = append(list, f.list(o, record.Query{Limit: record.MaxLimit, Deleted: deleted}).Records...)
	}
	for _, r := range list {
		names[fmt.Sprint(r.ID)] = r.ExternalID
	}
	out := map[string]map[string]any{}
	for _, r := range list {
		row := map[string]any{"deleted": r.Deleted, "version": r.Version}
		for i, v := range r.Values {
			if v.IsNull() {
				continue
			}
			row[o.Fields[i].Key] = v.String()
			if o.Fields[i].Type == record.TypeRelation {
				row[o.Fields[i].Key] = names[fmt.Sprint(v.Ref())]
			}
		}
		out[r.ExternalID] = row
	}
	return out
}

// replay is the same as the change log alone tells it, from after a number.
func (f *fixture) replay(o *record.Object, after int64) map[string]map[string]any {
	byID := map[int64]map[string]any{}
	names := map[string]string{}
	f.read(func(tx *db.Tx) error {
		for {
			page, err := f.store.Changes(tx, after, 500)
			if err != nil || len(page) == 0 {
				return err
			}
			for _, c := range page {
				after = c.Seq
				if c.Object != o.Key {
					continue
				}
				row := byID[c.RecordID]
				switch c.Kind { // both tell the whole record
				case record.ChangeCreate:
					row = map[string]any{"version": int64(0)}
				case record.ChangeRestore:
					row = map[string]any{"version": row["version"]}
				}
				byID[c.RecordID] = row
				row["version"] = row["version"].(int64) + 1
				row["deleted"] = c.Kind == record.ChangeDelete
				var fields map[string]any
				if c.After != nil {
					if err := json.Unmarshal(c.After, &fields); err != nil {
						return err
					}
				}
				for key, v := range fields {
					if v == nil {
						delete(row, key)
						continue
					}
					row[key] = fmt.Sprint(v)
				}
			}
		}
	})
	for id, row := range byID {
		names[fmt.Sprint(id)] = row["external_id"].(string)
	}
	out := map[string]map[string]any{}
	for _, row := range byID {
		if parent, ok := row["parent"]; ok {
			row["parent"] = names[parent.(string)]
		}
		name := row["external_id"].(string)
		delete(row, "external_id")
		out[name] = row
	}
	return out
}

func TestHistoryOfARecordIsReadBackwards(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		id := f.create(f.deal, "", input("0"))
		for i := range 5 {
			f.create(f.deal, "", input("other"))
			f.save(f.deal, record.Op{Kind: record.Update, ID: id, Input: input(fmt.Sprint(i + 1))})
		}
		f.write(func(tx *db.Tx) error {
			seq, err := f.store.AppendChange(tx, record.Change{Actor: tester, Object: "@person", RecordID: id, Kind: record.ChangeCreate, After: json.RawMessage(`{"a":"\"\\"}`)})
			if err != nil {
				return err
			}
			last, err := f.store.LastSeq(tx)
			if last != seq {
				t.Errorf("appended %d, the last is %d", seq, last)
			}
			return err
		})
		f.read(func(tx *db.Tx) error {
			var got []string
			var before int64
			for {
				page, err := f.store.History(tx, "deal", id, before, 2)
				if err != nil {
					return err
				}
				for _, c := range page {
					got = append(got, string(c.After))
					before = c.Seq
				}
				if len(page) < 2 {
					break
				}
			}
			want := `[{"name":"5"} {"name":"4"} {"name":"3"} {"name":"2"} {"name":"1"} {"name":"0","no":"1"}]`
			if fmt.Sprint(got) != want {
				t.Errorf("history is %v, want %s", got, want)
			}
			return nil
		})
	})
}

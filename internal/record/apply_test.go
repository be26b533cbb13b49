package record_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/problem"
	"laurel/internal/record"
)

func TestLifeOfARecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		id := f.create(f.deal, "A-1", map[string]any{"name": "第一单", "amount": "100", "owner": "E1"})
		steps := []struct {
			name    string
			op      record.Op
			outcome string
			version int64
		}{
			{"create it again", record.Op{Kind: record.Create, ExternalID: "A-1", Input: input("x")}, "failed not_unique", 1},
			{"say what is so already", record.Op{Kind: record.Update, ID: id, Input: map[string]any{"amount": "100.00"}}, "unchanged", 1},
			{"upsert what is so already", record.Op{Kind: record.Upsert, ExternalID: "A-1", Input: input("第一单")}, "unchanged", 1},
			{"upsert a change", record.Op{Kind: record.Upsert, ExternalID: "A-1", Input: map[string]any{"amount": "200"}}, "updated", 2},
			{"change it at an old version", record.Op{Kind: record.Update, ID: id, IfVersion: 1, Input: input("y")}, "failed version_conflict", 2},
			{"change it at its version", record.Op{Kind: record.Update, ExternalID: "A-1", IfVersion: 2, Input: input("y")}, "updated", 3},
			{"empty a field", record.Op{Kind: record.Update, ID: id, Input: map[string]any{"amount": nil}}, "updated", 4},
			{"empty a required field", record.Op{Kind: record.Update, ID: id, Input: map[string]any{"name": ""}}, "failed required", 4},
			{"give it another external id", record.Op{Kind: record.Update, ID: id, ExternalID: "A-2"}, "updated", 5},
			{"restore what is not deleted", record.Op{Kind: record.Restore, ID: id}, "unchanged", 5},
			{"delete it at an old version", record.Op{Kind: record.Delete, ID: id, IfVersion: 4}, "failed version_conflict", 5},
			{"delete it", record.Op{Kind: record.Delete, ID: id, IfVersion: 5}, "deleted", 6},
			{"delete it again", record.Op{Kind: record.Delete, ID: id}, "unchanged", 6},
			{"change what is deleted", record.Op{Kind: record.Update, ID: id, Input: input("z")}, "failed record_deleted", 6},
			{"upsert what is deleted", record.Op{Kind: record.Upsert, ExternalID: "A-2", Input: input("z")}, "failed record_deleted", 6},
			{"create over what is deleted", record.Op{Kind: record.Create, ExternalID: "A-2", Input: input("z")}, "failed record_deleted", 6},
			{"restore it with a change", record.Op{Kind: record.Restore, ID: id, Input: map[string]any{"amount": "7"}}, "restored", 7},
			{"change what never was", record.Op{Kind: record.Update, ID: 1 << 40, Input: input("z")}, "failed not_found", 0},
			{"delete what never was", record.Op{Kind: record.Delete, ExternalID: "A-1"}, "failed not_found", 0},
		}
		for _, s := range steps {
			out := f.save(f.deal, s.op)[0]
			if outcome(out) != s.outcome || out.Version != s.version {
				t.Errorf("%s: %s at version %d, want %s at %d", s.name, outcome(out), out.Version, s.outcome, s.version)
			}
		}
		var kinds []string
		for _, c := range f.changes() {
			if c.Object == "deal" {
				kinds = append(kinds, fmt.Sprintf("%s %s→%s", c.Kind, c.Before, c.After))
			}
		}
		want := []string{
			`create →{"external_id":"A-1","name":"第一单","amount":{"amount":"100.00","currency":"CNY"},"owner":901,"no":"1"}`,
			`update {"amount":{"amount":"100.00","currency":"CNY"}}→{"amount":{"amount":"200.00","currency":"CNY"}}`,
			`update {"name":"第一单"}→{"name":"y"}`,
			`update {"amount":{"amount":"200.00","currency":"CNY"}}→{"amount":null}`,
			`update {"external_id":"A-1"}→{"external_id":"A-2"}`,
			`delete {"external_id":"A-2","name":"y","owner":901,"no":"1"}→`,
			`restore →{"external_id":"A-2","name":"y","amount":{"amount":"7.00","currency":"CNY"},"owner":901,"no":"1"}`,
		}
		if got := strings.Join(kinds, "\n"); got != strings.Join(want, "\n") {
			t.Errorf("the log says\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
	})
}

func TestBatchReportsEachRowAndSeesItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		out := f.save(f.deal,
			record.Op{Kind: record.Upsert, ExternalID: "A", Input: input("one")},
			record.Op{Kind: record.Upsert, ExternalID: "A", Input: input("two")},
			record.Op{Kind: record.Upsert, ExternalID: "A", Input: input("two")},
			record.Op{Kind: record.Create, Input: map[string]any{"amount": "1"}}, // no name
			record.Op{Kind: record.Create, ExternalID: "B", Input: with("parent", "A")},
			record.Op{Kind: record.Create, ExternalID: "C", Input: with("parent", map[string]any{"external_id": "D"})}, // not yet there
			record.Op{Kind: record.Create, ExternalID: "D", Input: input("d")},
			record.Op{Kind: record.Delete, ExternalID: "D"},
			record.Op{Kind: record.Create, ExternalID: "E", Input: with("parent", "D")}, // no longer there
			record.Op{Kind: record.Create, ExternalID: "F", Input: with("code", "k")},
			record.Op{Kind: record.Create, ExternalID: "G", Input: with("code", "k")},
			record.Op{Kind: record.Update, ExternalID: "F", Input: map[string]any{"code": "l"}},
			record.Op{Kind: record.Create, ExternalID: "G", Input: with("code", "k")},
			record.Op{Kind: "explode", ExternalID: "A"},
			record.Op{Kind: record.Upsert, Input: input("x")},
			record.Op{Kind: record.Create, ExternalID: strings.Repeat("x", 201), Input: input("x")},
		)
		wantOutcomes(t, out, "created", "updated", "unchanged", "failed required", "created", "failed unknown_record", "created", "deleted",
			"failed unknown_record", "created", "failed not_unique", "updated", "created", "failed bad_operation", "failed required", "failed too_long")
		if out[3].Problem.Row != 4 || out[3].Problem.Field != "name" {
			t.Errorf("row %d field %s, want 4 name", out[3].Problem.Row, out[3].Problem.Field)
		}
		if out[0].ID != out[1].ID || out[1].Version != 2 {
			t.Errorf("the second upsert is %+v, the first %+v", out[1], out[0])
		}
		a := f.get(f.deal, out[0].ID)
		if field(t, f.deal, a, "name").Text() != "two" || a.Version != 2 {
			t.Errorf("A is %v", a)
		}
		if b := f.get(f.deal, out[4].ID); field(t, f.deal, b, "parent").Ref() != a.ID {
			t.Errorf("B points to %s", field(t, f.deal, b, "parent"))
		}
		if no := field(t, f.deal, f.get(f.deal, out[12].ID), "no").String(); no != "5" { // A B D F G: failures take no number
			t.Errorf("G is number %s, want 5", no)
		}
	})
}

func TestUniqueValuesMayPassBetweenRecordsOfABatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		a, b := f.create(f.deal, "A", with("code", "x")), f.create(f.deal, "B", with("code", "y"))
		set := func(id int64, code any) record.Op {
			return record.Op{Kind: record.Update, ID: id, Input: map[string]any{"code": code}}
		}
		wantOutcomes(t, f.save(f.deal, set(a, "y")), "failed not_unique")
		wantOutcomes(t, f.save(f.deal, set(a, nil), set(b, "x"), set(a, "y")), "updated", "updated", "updated")
		if x, y := field(t, f.deal, f.get(f.deal, a), "code").Text(), field(t, f.deal, f.get(f.deal, b), "code").Text(); x != "y" || y != "x" {
			t.Errorf("A has %s, B has %s", x, y)
		}
		wantOutcomes(t, f.save(f.deal, record.Op{Kind: record.Delete, ID: a}, set(b, "y"), record.Op{Kind: record.Restore, ID: a}),
			"deleted", "updated", "failed not_unique")
		wantOutcomes(t, f.save(f.deal, record.Op{Kind: record.Restore, ID: a, Input: map[string]any{"code": "z"}}), "restored")
	})
}

func TestAtomicBatchIsSavedWholeOrNotAtAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		before := len(f.changes())
		ops := []record.Op{{Kind: record.Create, Input: input("a")}, {Kind: record.Create, Input: with("won", "maybe")}}
		out, err := f.store.Save(context.Background(), tester, f.deal, ops, true)
		if codes(err) != "wrong_type" {
			t.Errorf("the error is %v", err)
		}
		wantOutcomes(t, out, "created", "failed wrong_type")
		if total := f.list(f.deal, record.Query{}).Total; total != 0 || len(f.changes()) != before {
			t.Errorf("%d records and %d changes were left", total, len(f.changes())-before)
		}
		if id := f.create(f.deal, "", input("b")); field(t, f.deal, f.get(f.deal, id), "no").String() != "1" {
			t.Error("the undone batch kept an automatic number")
		}
	})
}

func TestBatchOverItsLimitIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		_, err := f.store.Save(context.Background(), tester, f.deal, make([]record.Op, record.MaxBatch+1), false)
		if !problem.IsCode(err, "batch_too_large") {
			t.Error(err)
		}
	})
}

func TestManyRecordsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		ops := make([]record.Op, 1500)
		for i := range ops {
			ops[i] = record.Op{Kind: record.Upsert, ExternalID: fmt.Sprint("X-", i), Input: map[string]any{"name": fmt.Sprint("n", i), "code": fmt.Sprint("c", i), "hours": i, "owner": "E1"}}
		}
		for i, o := range f.save(f.deal, ops...) {
			if o.Status != record.Created {
				t.Fatalf("row %d: %s", i, outcome(o))
			}
		}
		for i, o := range f.save(f.deal, ops...) { // the same again
			if o.Status != record.Unchanged {
				t.Fatalf("row %d again: %s", i, outcome(o))
			}
		}
		for i := range ops {
			ops[i].Input["hours"] = i + 1
		}
		var ids []int64
		for i, o := range f.save(f.deal, ops...) {
			if o.Status != record.Updated || o.Version != 2 {
				t.Fatalf("row %d changed: %s", i, outcome(o))
			}
			ids = append(ids, o.ID)
		}
		f.read(func(tx *db.Tx) error {
			loaded, err := f.store.Load(tx, f.deal, ids)
			if err != nil {
				return err
			}
			if len(loaded) != len(ids) {
				t.Errorf("loaded %d of %d", len(loaded), len(ids))
			}
			n := 0
			return f.store.Scan(tx, f.deal, func(r *record.Record) error {
				if want := fmt.Sprintf("%d.00", n+1); r.Values[3].String() != want {
					t.Fatalf("record %d has %s hours, want %s", r.ID, r.Values[3], want)
				}
				n++
				return nil
			})
		})
	})
}

func TestARelationMayOutliveItsRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		parent := f.create(f.deal, "P", input("p"))
		child := f.create(f.deal, "C", with("parent", "P"))
		f.save(f.deal, record.Op{Kind: record.Delete, ID: parent})
		wantOutcomes(t, f.save(f.deal,
			record.Op{Kind: record.Update, ID: child, Input: map[string]any{"name": "still", "parent": parent}},
			record.Op{Kind: record.Create, Input: with("parent", parent)}), "updated", "failed unknown_record")
	})
}

func TestTypedBatchOfAnOldDefinitionIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		old := f.get(f.deal, f.create(f.deal, "", input("x")))
		wider := deal
		wider.Fields = append([]record.FieldDef{{Key: "first", Type: "text"}}, deal.Fields...)
		f.define(wider)
		_, err := f.store.Save(context.Background(), tester, f.deal, []record.Op{{Kind: record.Create, Values: old.Values}}, false)
		if !problem.IsCode(err, "definition_changed") {
			t.Error(err)
		}
		wantOutcomes(t, f.save(f.deal, record.Op{Kind: record.Create, Input: with("first", "1")}), "created")
	})
}

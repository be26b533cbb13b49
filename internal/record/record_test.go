package record_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/value"
)

const tester = "account:1"

// deal has a field of every type.
var deal = record.ObjectDef{
	Key: "deal", Name: i18n.T("商机", "deal"), Title: "name",
	Fields: []record.FieldDef{
		{Key: "name", Type: "text", Required: true},
		{Key: "code", Type: "text", Unique: true},
		{Key: "notes", Type: "longtext"},
		{Key: "hours", Type: "number", Scale: 2},
		{Key: "amount", Type: "money", Currency: "CNY"},
		{Key: "discount", Type: "percent", Scale: 4},
		{Key: "signed_on", Type: "date"},
		{Key: "met_at", Type: "datetime"},
		{Key: "won", Type: "bool"},
		{Key: "stage", Type: "choice", Choices: []record.Choice{{Key: "open", Name: i18n.T("进行中", "Open")}, {Key: "won", Name: i18n.T("赢单", "Won")}, {Key: "it's \"lost\"", Name: i18n.T("输单", "Lost")}}},
		{Key: "tags", Type: "choices", Choices: []record.Choice{{Key: "vip"}, {Key: "new"}, {Key: "VIP"}, {Key: "a,b"}}},
		{Key: "owner", Type: "person"},
		{Key: "parent", Type: "relation", Target: "deal"},
		{Key: "no", Type: "autonumber"},
	},
}

// fixture is a store with the object deal and two persons, E1 (id 901) and E2 (id 902).
type fixture struct {
	t     testing.TB
	db    *db.DB
	store *record.Store
	deal  *record.Object
}

func setUp(t testing.TB, d *db.DB) *fixture {
	t.Helper()
	store, err := record.Open(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, db: d, store: store}
	f.write(func(tx *db.Tx) error {
		for id, key := range map[int64]string{901: "E1", 902: "E2"} {
			if _, err := tx.Exec("INSERT INTO person (id, key, name, email, position, version) VALUES ($1, $2, $3, '', '', 1)", id, key, "张"+key); err != nil {
				return err
			}
		}
		return nil
	})
	f.deal = f.define(deal)
	return f
}

func (f *fixture) write(fn func(*db.Tx) error) {
	f.t.Helper()
	if err := f.db.Write(context.Background(), fn); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) read(fn func(*db.Tx) error) {
	f.t.Helper()
	if err := f.db.Read(context.Background(), fn); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) define(def record.ObjectDef) (o *record.Object) {
	f.t.Helper()
	f.write(func(tx *db.Tx) (err error) {
		o, _, err = f.store.Define(tx, tester, def)
		return err
	})
	return o
}

func (f *fixture) tryDefine(def record.ObjectDef) (changed bool, err error) {
	f.t.Helper()
	err = f.db.Write(context.Background(), func(tx *db.Tx) (err error) {
		_, changed, err = f.store.Define(tx, tester, def)
		return err
	})
	return changed, err
}

func (f *fixture) save(o *record.Object, ops ...record.Op) []record.Outcome {
	f.t.Helper()
	out, err := f.store.Save(context.Background(), tester, o, ops, false)
	if err != nil {
		f.t.Fatal(err)
	}
	return out
}

// create makes one record that must succeed and returns its id.
func (f *fixture) create(o *record.Object, externalID string, input map[string]any) int64 {
	f.t.Helper()
	out := f.save(o, record.Op{Kind: record.Create, ExternalID: externalID, Input: input})[0]
	if out.Status != record.Created {
		f.t.Fatalf("create %v: %v", input, out.Problem)
	}
	return out.ID
}

func (f *fixture) get(o *record.Object, id int64) (rec *record.Record) {
	f.t.Helper()
	f.read(func(tx *db.Tx) (err error) {
		rec, err = f.store.Get(tx, o, id)
		return err
	})
	return rec
}

func (f *fixture) list(o *record.Object, q record.Query) (page record.Page) {
	f.t.Helper()
	f.read(func(tx *db.Tx) (err error) {
		page, err = f.store.List(tx, o, q)
		return err
	})
	return page
}

func (f *fixture) listError(o *record.Object, q record.Query) error {
	f.t.Helper()
	return f.db.Read(context.Background(), func(tx *db.Tx) error {
		_, err := f.store.List(tx, o, q)
		return err
	})
}

func (f *fixture) changes() (list []record.Change) {
	f.t.Helper()
	f.read(func(tx *db.Tx) (err error) {
		list, err = f.store.Changes(tx, 0, record.MaxChanges)
		return err
	})
	return list
}

func input(name string) map[string]any { return map[string]any{"name": name} }

// with is an input with a name and one field more.
func with(key string, v any) map[string]any { return map[string]any{"name": "x", key: v} }

func field(t testing.TB, o *record.Object, r *record.Record, key string) value.Value {
	t.Helper()
	i, ok := o.Index(key)
	if !ok {
		t.Fatalf("no field %s", key)
	}
	return r.Values[i]
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// codes are the codes of a problem and its details.
func codes(err error) string {
	p, ok := problem.As(err)
	if !ok {
		if err == nil {
			return ""
		}
		return "not a problem: " + err.Error()
	}
	out := []string{p.Code}
	for _, d := range p.Details {
		out = append(out, d.Code)
	}
	return strings.Join(out, " ")
}

// outcome tells an outcome in short: "created", "failed not_unique".
func outcome(o record.Outcome) string {
	if o.Problem == nil {
		return string(o.Status)
	}
	return string(o.Status) + " " + codes(o.Problem)
}

func wantOutcomes(t testing.TB, got []record.Outcome, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d outcomes, want %d", len(got), len(want))
	}
	for i := range got {
		if outcome(got[i]) != want[i] {
			t.Errorf("outcome %d: %s (%v), want %s", i, outcome(got[i]), got[i].Problem, want[i])
		}
	}
}

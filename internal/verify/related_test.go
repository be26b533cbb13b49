package verify_test

import (
	"fmt"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/record"
)

// accountFields are of the object that deals point to, and that has parents among its own.
var accountFields = []record.FieldDef{
	{Key: "sector", Type: "choice", Choices: []record.Choice{{Key: "tech"}, {Key: "retail"}, {Key: "farm"}}},
	{Key: "parent", Type: "relation", Target: "account"},
	{Key: "manager", Type: "person"},
	{Key: "since", Type: "date"},
	{Key: "size", Type: "number", Scale: 1},
}

const accountCount = 8

// accountsOp changes accounts, found by their external ids.
type accountsOp struct{ Ops []recordOp }

func (o accountsOp) do(w *world) error {
	object, err := w.records.Object("account")
	if err != nil {
		return err
	}
	for _, one := range o.Ops { // one by one: what is refused of one must not keep the others back
		values, err := w.withLive(one.Values, "parent")
		if err != nil {
			return err
		}
		op := record.Op{Kind: one.Kind, ExternalID: one.External, Input: values}
		_, err = w.records.Save(w.ctx, "test", object, []record.Op{op}, false)
		if err := refused(err); err != nil {
			return err
		}
	}
	return nil
}

// withLive takes a relation to an account out of some values if the account is not there: no record may point to it.
func (w *world) withLive(values map[string]any, relation string) (map[string]any, error) {
	external, given := values[relation].(string)
	if !given {
		return values, nil
	}
	object, err := w.records.Object("account")
	if err != nil {
		return nil, err
	}
	live := false
	err = w.db.Read(w.ctx, func(tx *db.Tx) error {
		rec, err := w.records.GetByExternalID(tx, object, external)
		live = err == nil && !rec.Deleted
		return refused(err)
	})
	out := map[string]any{}
	for k, v := range values {
		if k != relation || live {
			out[k] = v
		}
	}
	return out, err
}

func drawAccounts(t *rapid.T, least, most int) accountsOp {
	var o accountsOp
	for range number(t, "accounts", least, most) {
		op := recordOp{
			Kind:     pick(t, "kind", record.Upsert, record.Upsert, record.Upsert, record.Upsert, record.Update, record.Delete, record.Restore),
			External: fmt.Sprintf("a%d", number(t, "account", 0, accountCount-1)),
		}
		if op.Kind != record.Delete {
			op.Values = map[string]any{}
			for _, f := range []struct {
				key  string
				draw func() any
			}{
				{"sector", func() any { return pick(t, "sector", "tech", "tech", "retail", "farm") }},
				{"parent", func() any { return fmt.Sprintf("a%d", number(t, "parent", 0, accountCount-1)) }},
				{"manager", func() any { return fmt.Sprintf("p%d", number(t, "manager", 0, personCount-1)) }},
				{"since", func() any { return (newYear + calendar.Day(pick(t, "since", 31, 31, 31, 0, 10, 59, 75))).String() }},
				{"size", func() any { return pick(t, "size", "0", "1.5", "2", "10") }},
			} {
				switch {
				case op.Kind == record.Update && often(t, "keep "+f.key, 60):
				case often(t, "no "+f.key, 8):
					op.Values[f.key] = nil
				default:
					op.Values[f.key] = f.draw()
				}
			}
		}
		o.Ops = append(o.Ops, op)
	}
	return o
}

// accountFieldsOp defines the accounts without one of their fields, or with all of them.
type accountFieldsOp struct{ Without string }

func (o accountFieldsOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error { return w.defineAccounts(tx, o.Without) })
}

func (w *world) defineAccounts(tx *db.Tx, without string) error {
	var kept []record.FieldDef
	for _, f := range accountFields {
		if f.Key != without {
			kept = append(kept, f)
		}
	}
	_, _, err := w.records.Define(tx, "test", record.ObjectDef{Key: "account", Name: i18n.Same("Account"), Fields: kept})
	return err
}

// followed are conditions over relations.
var followed = []string{
	`account.sector == "tech"`, `account.parent.sector == "tech" || account.sector != "retail"`, `account.parent.parent.size > 1`,
	`account.sector == null`, `account.since >= "2026-01-01" && amount >= 0`, `account.sector in ["tech", "farm"] && status == "won"`,
}

// drawCredit gives a metric several persons, now and then the same one in two roles.
func drawCredit(t *rapid.T, def *metric.Def) {
	def.Person = ""
	persons := pick(t, "persons", []string{"owner", "helper"}, []string{"helper", "owner", "account.manager"}, []string{"owner", "account.manager"}, []string{"owner"})
	fixed := map[int][]metric.Share{1: {"100%"}, 2: {"70%", "0.3"}, 3: {"33.33%", "33.33 %", "0.3334"}}[len(persons)]
	kind := pick(t, "shares", "fixed", "field", "none", "mixed")
	for i, p := range persons {
		c := metric.Credit{Person: p}
		switch {
		case kind == "fixed", kind == "mixed" && i == 0 && len(persons) > 1:
			c.Share = fixed[i]
		case kind != "none":
			c.ShareField = "part"
		}
		def.Credit = append(def.Credit, c)
	}
	if def.Measure.Kind == metric.Count {
		def.CountBy = pick(t, "count by", "", metric.CountEach, metric.CountShare, metric.CountShare)
	}
}

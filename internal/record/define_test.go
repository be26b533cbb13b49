package record_test

import (
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// shop is a small object that the tests of definitions change.
func shop(fields ...record.FieldDef) record.ObjectDef {
	return record.ObjectDef{Key: "shop", Name: i18n.T("门店", "shop"), Fields: append([]record.FieldDef{{Key: "name", Type: "text"}}, fields...)}
}

func TestDefinitionComesBackAsGiven(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		if changed, err := f.tryDefine(deal); err != nil || changed {
			t.Errorf("the same definition again: changed %v, %v", changed, err)
		}
		o, err := f.store.Object("deal")
		if err != nil || asJSON(t, o.Def()) != asJSON(t, f.deal.Def()) {
			t.Errorf("object deal is %s, %v", asJSON(t, o.Def()), err)
		}
		if changed, err := f.tryDefine(o.Def()); err != nil || changed {
			t.Errorf("its own definition: changed %v, %v", changed, err)
		}
		if _, err := f.store.Object("nothing"); !problem.IsCode(err, "unknown_object") {
			t.Errorf("an unknown object: %v", err)
		}
		last := f.changes()[0]
		if last.Kind != record.ChangeDefine || last.Object != "@object" || last.RecordID != o.ID {
			t.Errorf("the log says %+v", last)
		}
	})
}

func TestBadDefinitionsAreRefused(t *testing.T) {
	many := make([]record.FieldDef, 201)
	for i := range many {
		many[i] = record.FieldDef{Key: "f" + strings.Repeat("x", i%40) + string(rune('a'+i%26)) + string(rune('a'+i/26)), Type: "text"}
	}
	choices := make([]record.Choice, 501)
	for i := range choices {
		choices[i].Key = strings.Repeat("x", 1+i%90) + string(rune('a'+i/90))
	}
	cases := []struct {
		name string
		def  record.ObjectDef
		code string
	}{
		{"no key", record.ObjectDef{Fields: shop().Fields}, "bad_key"},
		{"a key with a quote", record.ObjectDef{Key: `a"; DROP TABLE x; --`, Fields: shop().Fields}, "bad_key"},
		{"a key too long", record.ObjectDef{Key: strings.Repeat("a", 42), Fields: shop().Fields}, "bad_key"},
		{"no fields", record.ObjectDef{Key: "shop"}, "out_of_range"},
		{"too many fields", record.ObjectDef{Key: "shop", Fields: many}, "out_of_range"},
		{"capital letters", shop(record.FieldDef{Key: "Name", Type: "text"}), "bad_key"},
		{"a word of the expression language", shop(record.FieldDef{Key: "in", Type: "text"}), "reserved_key"},
		{"a column of every record", shop(record.FieldDef{Key: "version", Type: "text"}), "reserved_key"},
		{"a field twice", shop(record.FieldDef{Key: "name", Type: "text"}), "duplicate_field"},
		{"an unknown type", shop(record.FieldDef{Key: "a", Type: "colour"}), "unknown_type"},
		{"a text with a currency", shop(record.FieldDef{Key: "a", Type: "text", Currency: "CNY"}), "option_not_taken"},
		{"a unique long text", shop(record.FieldDef{Key: "a", Type: "longtext", Unique: true}), "option_not_taken"},
		{"money without a currency", shop(record.FieldDef{Key: "a", Type: "money"}), "unknown_currency"},
		{"money of no country", shop(record.FieldDef{Key: "a", Type: "money", Currency: "XXQ"}), "unknown_currency"},
		{"too many places", shop(record.FieldDef{Key: "a", Type: "number", Scale: 13}), "out_of_range"},
		{"a choice without choices", shop(record.FieldDef{Key: "a", Type: "choice"}), "out_of_range"},
		{"too many choices", shop(record.FieldDef{Key: "a", Type: "choice", Choices: choices}), "out_of_range"},
		{"a choice twice", shop(record.FieldDef{Key: "a", Type: "choice", Choices: []record.Choice{{Key: "x"}, {Key: "x"}}}), "duplicate_choice"},
		{"a lone comma", shop(record.FieldDef{Key: "a", Type: "choices", Choices: []record.Choice{{Key: ","}}}), "bad_choice"},
		{"a relation to nothing", shop(record.FieldDef{Key: "a", Type: "relation", Target: "nothing"}), "unknown_object"},
		{"a relation without a target", shop(record.FieldDef{Key: "a", Type: "relation"}), "required"},
		{"an unknown title", record.ObjectDef{Key: "shop", Title: "x", Fields: shop().Fields}, "unknown_field"},
		{"a name too long", record.ObjectDef{Key: "shop", Name: i18n.Same(strings.Repeat("名", 201)), Fields: shop().Fields}, "too_long"},
		{"several faults", shop(record.FieldDef{Key: "a", Type: "colour"}, record.FieldDef{Key: "b", Type: "money"}), "unknown_type unknown_currency"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		for _, c := range cases {
			if _, err := f.tryDefine(c.def); codes(err) != c.code {
				t.Errorf("%s: %v, want %s", c.name, err, c.code)
			}
		}
		if n := len(f.store.Objects()); n != 1 {
			t.Errorf("%d objects, want deal only", n)
		}
	})
}

func TestDefinitionMayChangeWhatLosesNothing(t *testing.T) {
	color := func(keys ...string) record.FieldDef {
		f := record.FieldDef{Key: "color", Type: "choice"}
		for _, k := range keys {
			f.Choices = append(f.Choices, record.Choice{Key: k})
		}
		return f
	}
	tags := func(keys ...string) record.FieldDef {
		f := color(keys...)
		f.Key, f.Type = "tags", "choices"
		return f
	}
	text := func(unique bool) record.FieldDef { return record.FieldDef{Key: "code", Type: "text", Unique: unique} }
	number := func(scale uint8) record.FieldDef { return record.FieldDef{Key: "size", Type: "number", Scale: scale} }
	before := shop(color("red", "blue"), tags("a", "ab"), text(false), number(1), record.FieldDef{Key: "unused", Type: "text"})
	cases := []struct {
		name   string
		fields []record.FieldDef // after name
		code   string
	}{
		{"a choice more", []record.FieldDef{color("red", "blue", "green")}, ""},
		{"an unused choice less", []record.FieldDef{color("red")}, ""},
		{"a used choice less", []record.FieldDef{color("blue")}, "choice_in_use"},
		{"an unused one of several less", []record.FieldDef{tags("ab")}, ""},
		{"a used one of several less", []record.FieldDef{tags("a")}, "choice_in_use"},
		{"another scale with data", []record.FieldDef{number(2)}, "field_has_data"},
		{"another type with data", []record.FieldDef{{Key: "size", Type: "text"}}, "field_has_data"},
		{"another type without data", []record.FieldDef{{Key: "unused", Type: "date"}}, ""},
		{"an automatic number in place of nothing", []record.FieldDef{{Key: "unused", Type: "autonumber"}}, ""},
		{"a text made long", []record.FieldDef{{Key: "code", Type: "longtext"}}, ""},
		{"a text made unique with doubles", []record.FieldDef{text(true)}, "not_unique"},
		{"a number made unique", []record.FieldDef{{Key: "size", Type: "number", Scale: 1, Unique: true}}, ""},
		{"required from now on", []record.FieldDef{{Key: "unused", Type: "text", Required: true}}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				f := setUp(t, d)
				o := f.define(before)
				first := f.create(o, "1", map[string]any{"name": "a", "color": "red", "tags": []any{"ab"}, "code": "same", "size": "1.5"})
				f.create(o, "2", map[string]any{"name": "b", "code": "same"})
				_, err := f.tryDefine(shop(c.fields...))
				if codes(err) != c.code {
					t.Fatalf("%v, want %q", err, c.code)
				}
				o, _ = f.store.Object("shop")
				if err != nil {
					if len(o.Fields) != 6 {
						t.Errorf("a refused definition left %d fields", len(o.Fields))
					}
					return
				}
				f.create(o, "3", map[string]any{"name": "c", c.fields[0].Key: example(c.fields[0])})
				if got := f.get(o, first); got.ExternalID != "1" || got.Values[0].Text() != "a" {
					t.Errorf("the first record is now %v", got)
				}
				f.define(before2(o)) // everything hidden comes back with its data
				o, _ = f.store.Object("shop")
				got := f.get(o, first)
				if c := field(t, o, got, "color"); c.Text() != "red" {
					t.Errorf("colour came back as %s", c)
				}
				if c := field(t, o, got, "tags"); c.String() != field(t, o, got, "tags").String() || len(c.List()) != 1 {
					t.Errorf("tags came back as %s", c)
				}
			})
		})
	}
}

// before2 is the object with the fields that it has, and those of the test that are hidden.
func before2(o *record.Object) record.ObjectDef {
	def := o.Def()
	for _, f := range []record.FieldDef{
		{Key: "color", Type: "choice", Choices: []record.Choice{{Key: "red"}}},
		{Key: "tags", Type: "choices", Choices: []record.Choice{{Key: "ab"}}},
	} {
		if _, there := o.Index(f.Key); !there {
			def.Fields = append(def.Fields, f)
		}
	}
	return def
}

// example is an input that a field of the tests accepts.
func example(f record.FieldDef) any {
	switch f.Type {
	case "number":
		return "7"
	case "date":
		return "2026-01-01"
	case "choice", "choices":
		return f.Choices[0].Key
	case "autonumber":
		return nil
	}
	return "text"
}

func TestHiddenFieldKeepsItsDataWhenRowsAreRewritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		whole := shop(record.FieldDef{Key: "secret", Type: "text"}, record.FieldDef{Key: "no", Type: "autonumber"}, record.FieldDef{Key: "yes", Type: "bool"})
		o := f.define(whole)
		var ops []record.Op
		for i := range 30 {
			ops = append(ops, record.Op{Kind: record.Upsert, ExternalID: string(rune('a' + i)), Input: map[string]any{"name": "n", "secret": "s", "yes": true}})
		}
		f.save(o, ops...)
		o = f.define(shop())
		for i := range ops {
			ops[i].Input = map[string]any{"name": "m"}
		}
		ops = append(ops, record.Op{Kind: record.Create, Input: input("made while hidden")})
		out := f.save(o, ops...)
		o = f.define(whole)
		for i := range 30 {
			got := f.get(o, out[i].ID)
			if field(t, o, got, "secret").Text() != "s" || field(t, o, got, "no").Decimal().Coef != int64(i+1) || !field(t, o, got, "yes").Bool() {
				t.Fatalf("record %d is now %v", i, got)
			}
		}
		if no := field(t, o, f.get(o, out[30].ID), "no").String(); no != "31" {
			t.Errorf("the record made meanwhile has number %s, want 31", no)
		}
	})
}

func TestObjectsMayPointToEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		a := record.ObjectDef{Key: "a", Fields: []record.FieldDef{{Key: "b", Type: "relation", Target: "b"}}}
		b := record.ObjectDef{Key: "b", Fields: []record.FieldDef{{Key: "a", Type: "relation", Target: "a"}}}
		f.write(func(tx *db.Tx) error {
			objects, changed, err := f.store.DefineAll(tx, tester, []record.ObjectDef{a, b})
			if err != nil {
				return err
			}
			if !changed[0] || !changed[1] {
				t.Error("nothing changed")
			}
			out, err := f.store.Apply(tx, tester, objects[0], []record.Op{{Kind: record.Create, ExternalID: "1", Input: map[string]any{}}})
			wantOutcomes(t, out, "created")
			return err
		})
		o, err := f.store.Object("b")
		if err != nil {
			t.Fatal(err)
		}
		f.create(o, "", map[string]any{"a": "1"})
	})
}

func TestAnotherProcessNoticesDefinitions(t *testing.T) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			here := setUp(t, dbtest.Reopen(t, url, org))
			there := dbtest.Reopen(t, url, org)
			store, err := record.Open(t.Context(), there)
			if err != nil {
				t.Fatal(err)
			}
			other := &fixture{t: t, db: there, store: store}
			old, err := store.Object("deal")
			if err != nil {
				t.Fatal(err)
			}
			here.define(shop())
			wider := deal
			wider.Fields = append(append([]record.FieldDef(nil), deal.Fields...), record.FieldDef{Key: "fresh", Type: "text"})
			here.define(wider)
			if _, err := store.Object("shop"); err != nil {
				t.Errorf("the new object: %v", err)
			}
			wantOutcomes(t, other.save(old, record.Op{Kind: record.Create, Input: with("fresh", "1")}), "created")
			if o, err := store.Object("deal"); err != nil || len(o.Fields) != len(wider.Fields) {
				t.Errorf("after a write the old object is still given: %v", err)
			}
		})
	}
}

func TestARolledBackDefinitionIsForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if _, _, err := f.store.Define(tx, tester, shop(record.FieldDef{Key: "a", Type: "text"})); err != nil {
				return err
			}
			return problem.Bad("no", "", "不", "no")
		})
		if !problem.IsCode(err, "no") {
			t.Fatal(err)
		}
		if _, err := f.store.Object("shop"); !problem.IsCode(err, "unknown_object") {
			t.Errorf("the object that never was: %v", err)
		}
		o := f.define(shop(record.FieldDef{Key: "b", Type: "text"}))
		f.create(o, "", map[string]any{"b": "1"})
	})
}

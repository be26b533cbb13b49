package record_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/record"
	"laurel/internal/value"
)

// names lists the names of the records that a query finds, in order.
func (f *fixture) names(q record.Query) string {
	f.t.Helper()
	var names []string
	for _, r := range f.list(f.deal, q).Records {
		names = append(names, r.Values[0].Text())
	}
	return strings.Join(names, " ")
}

func TestConditions(t *testing.T) {
	cases := []struct {
		name  string
		where record.Condition
		want  string
	}{
		{"text equal, of this case", record.Condition{Field: "name", Op: record.Eq, Value: "a"}, "a"},
		{"text not equal", record.Condition{Field: "code", Op: record.Ne, Value: "K_1"}, "b c B"},
		{"text less bytewise", record.Condition{Field: "name", Op: record.Lt, Value: "a"}, "B"},
		{"text contains, of either case", record.Condition{Field: "code", Op: record.Contains, Value: "k"}, "a b"},
		{"underscore is itself", record.Condition{Field: "code", Op: record.Contains, Value: "_"}, "a"},
		{"percent is itself", record.Condition{Field: "notes", Op: record.Contains, Value: "0%"}, "a"},
		{"exclamation is itself", record.Condition{Field: "notes", Op: record.Contains, Value: "!"}, "b"},
		{"chinese", record.Condition{Field: "notes", Op: record.Contains, Value: "桂冠"}, "c"},
		{"starts", record.Condition{Field: "code", Op: record.Starts, Value: "kx"}, "b"},
		{"empty", record.Condition{Field: "code", Op: record.Empty}, "c B"},
		{"not empty", record.Condition{Field: "code", Op: record.NotEmpty}, "a b"},
		{"equal to nothing", record.Condition{Field: "code", Op: record.Eq}, "c B"},
		{"not equal to nothing", record.Condition{Field: "code", Op: record.Ne, Value: ""}, "a b"},
		{"less than nothing", record.Condition{Field: "code", Op: record.Lt}, ""},
		{"number at least", record.Condition{Field: "hours", Op: record.Ge, Value: "9"}, "b c"},
		{"money", record.Condition{Field: "amount", Op: record.Lt, Value: map[string]any{"amount": "10", "currency": "CNY"}}, "a"},
		{"percent", record.Condition{Field: "discount", Op: record.Eq, Value: "5%"}, "a"},
		{"date", record.Condition{Field: "signed_on", Op: record.Le, Value: "2026-01-31"}, "a b"},
		{"time", record.Condition{Field: "met_at", Op: record.Gt, Value: "2026-01-01T00:00:00+08:00"}, "a"},
		{"yes", record.Condition{Field: "won", Op: record.Eq, Value: true}, "a"},
		{"not yes", record.Condition{Field: "won", Op: record.Ne, Value: true}, "b c B"},
		{"choice", record.Condition{Field: "stage", Op: record.In, Value: []any{"won", "进行中"}}, "a b"},
		{"in with nothing", record.Condition{Field: "stage", Op: record.In, Value: []any{"won", nil}}, "a c B"},
		{"in no list at all", record.Condition{Field: "stage", Op: record.In, Value: []any{}}, ""},
		{"an element, of this case", record.Condition{Field: "tags", Op: record.Contains, Value: "vip"}, "a"},
		{"an element with a comma", record.Condition{Field: "tags", Op: record.Contains, Value: "a,b"}, "b"},
		{"any element", record.Condition{Field: "tags", Op: record.In, Value: []any{"VIP", "new"}}, "a b c"},
		{"exactly these elements", record.Condition{Field: "tags", Op: record.Eq, Value: []any{"new", "vip"}}, "a"},
		{"person by key", record.Condition{Field: "owner", Op: record.Eq, Value: "E1"}, "a b"},
		{"persons", record.Condition{Field: "owner", Op: record.In, Value: []any{"E1", 902}}, "a b c"},
		{"relation", record.Condition{Field: "parent", Op: record.Eq, Value: "A"}, "b"},
		{"automatic number", record.Condition{Field: "no", Op: record.Gt, Value: 3}, "B"},
		{"external id", record.Condition{Field: "external_id", Op: record.Eq, Value: "A"}, "a"},
		{"ids", record.Condition{Field: "id", Op: record.In, Value: []int64{0, 1}}, ""},
		{"created", record.Condition{Field: "created_at", Op: record.Lt, Value: "2000-01-01T00:00:00Z"}, ""},
	}
	bad := []struct {
		query record.Query
		code  string
	}{
		{record.Query{Conditions: []record.Condition{{Field: "nope", Op: record.Eq}}}, "unknown_field"},
		{record.Query{Conditions: []record.Condition{{Field: `id" OR 1=1`, Op: record.Eq}}}, "unknown_field"},
		{record.Query{Conditions: []record.Condition{{Field: "hours", Op: record.Contains, Value: "1"}}}, "bad_condition"},
		{record.Query{Conditions: []record.Condition{{Field: "won", Op: record.Lt, Value: true}}}, "bad_condition"},
		{record.Query{Conditions: []record.Condition{{Field: "name", Op: "= 1 --", Value: "x"}}}, "bad_condition"},
		{record.Query{Conditions: []record.Condition{{Field: "hours", Op: record.Eq, Value: "x"}}}, "wrong_type"},
		{record.Query{Conditions: []record.Condition{{Field: "owner", Op: record.Eq, Value: "E9"}}}, "unknown_person"},
		{record.Query{Conditions: []record.Condition{{Field: "name", Op: record.In, Value: "x"}}}, "wrong_type"},
		{record.Query{Conditions: make([]record.Condition, 21)}, "out_of_range"},
		{record.Query{Sort: []record.Sort{{Field: "tags"}}}, "bad_sort"},
		{record.Query{Sort: make([]record.Sort, 4)}, "out_of_range"},
		{record.Query{Limit: 501}, "out_of_range"},
		{record.Query{Cursor: "nonsense"}, "bad_cursor"},
		{record.Query{Search: "\xff"}, "bad_encoding"},
		{record.Query{Filter: "hours >"}, "expr_syntax"},
		{record.Query{Filter: "nope > 1"}, "expr_unknown_field"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		f.create(f.deal, "A", map[string]any{"name": "a", "code": "K_1", "notes": "50% off", "hours": 1, "amount": 9, "discount": "5%", "signed_on": "2026-01-01",
			"met_at": "2025-12-31T16:00:01Z", "won": true, "stage": "won", "tags": []any{"vip", "new"}, "owner": "E1"})
		f.create(f.deal, "B", map[string]any{"name": "b", "code": "kx1", "notes": "wow!", "hours": 9, "amount": 10, "signed_on": "2026-01-31",
			"met_at": "2025-12-31T16:00:00Z", "won": false, "stage": "open", "tags": []any{"VIP", "a,b"}, "owner": "E1", "parent": "A"})
		f.create(f.deal, "", map[string]any{"name": "c", "notes": "桂冠", "hours": 10, "signed_on": "2026-02-01", "tags": []any{"new"}, "owner": "E2"})
		f.create(f.deal, "", map[string]any{"name": "B"})
		for _, c := range cases {
			if got := f.names(record.Query{Conditions: []record.Condition{c.where}}); got != c.want {
				t.Errorf("%s: found %q, want %q", c.name, got, c.want)
			}
		}
		for _, c := range bad {
			if err := f.listError(f.deal, c.query); codes(err) != c.code {
				t.Errorf("%+v: %v, want %s", c.query, err, c.code)
			}
		}
		for text, want := range map[string]string{"OFF": "a", "桂": "c", "张e1": "a b", "进行": "b", "it's": "", "K_": "a", " ": "a b c B"} {
			if got := f.names(record.Query{Search: text}); got != want {
				t.Errorf("search %q: found %q, want %q", text, got, want)
			}
		}
		for formula, want := range map[string]string{`hours > 5 && owner != null`: "b c", `"vip" in tags || !has(stage)`: "a c B"} {
			page := f.list(f.deal, record.Query{Filter: formula})
			if got := f.names(record.Query{Filter: formula}); got != want || page.Total != int64(len(page.Records)) {
				t.Errorf("filter %s: found %q of %d, want %q", formula, got, page.Total, want)
			}
		}
		both := record.Query{Filter: "hours > 0", Conditions: []record.Condition{{Field: "owner", Op: record.Eq, Value: "E1"}}, Sort: []record.Sort{{Field: "hours", Desc: true}}, Limit: 1}
		page := f.list(f.deal, both)
		if got := f.names(both); got != "b" || page.Next == "" || page.Total != -1 {
			t.Errorf("first page of a filter: %q, next %q, total %d", got, page.Next, page.Total)
		}
		both.Cursor = page.Next
		if got := f.names(both); got != "a" {
			t.Errorf("second page of a filter: %q", got)
		}
		both.Sort = nil
		if err := f.listError(f.deal, both); codes(err) != "bad_cursor" {
			t.Errorf("cursor of another order: %v", err)
		}
		f.save(f.deal, record.Op{Kind: record.Delete, ExternalID: "A"})
		if live, gone := f.names(record.Query{}), f.names(record.Query{Deleted: true}); live != "b c B" || gone != "a" {
			t.Errorf("live %q, deleted %q", live, gone)
		}
	})
}

// TestPagesAreTheSortedList compares pages by cursor with a plain sort of the same records.
func TestPagesAreTheSortedList(t *testing.T) {
	sortable := []string{"name", "hours", "amount", "signed_on", "met_at", "won", "stage", "owner", "no", "id", "external_id", "updated_at"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		rapid.Check(t, func(r *rapid.T) {
			var clear []record.Op
			for _, rec := range f.list(f.deal, record.Query{Limit: record.MaxLimit}).Records {
				clear = append(clear, record.Op{Kind: record.Delete, ID: rec.ID})
			}
			f.save(f.deal, clear...)
			var ops []record.Op
			for i := range rapid.IntRange(0, 25).Draw(r, "records") {
				in := map[string]any{"name": rapid.SampledFrom([]string{"a", "B", "b", "é", "桂", "😀", "a b", "Z"}).Draw(r, "name")}
				draw := func(key string, options ...any) {
					if v := rapid.SampledFrom(append(options, nil)).Draw(r, key); v != nil {
						in[key] = v
					}
				}
				draw("hours", -1, 0, "2.5", 10)
				draw("amount", "-3", "3", "20")
				draw("signed_on", "2026-01-01", "1960-05-05")
				draw("met_at", "2026-01-01T00:00:00Z", "1960-05-05T00:00:00.000001Z")
				draw("won", true, false)
				draw("stage", "open", "won", `it's "lost"`)
				draw("owner", 901, 902)
				op := record.Op{Kind: record.Create, Input: in}
				if rapid.Bool().Draw(r, "keyed") {
					op.ExternalID = fmt.Sprintf("%d-%d", i%3, len(f.changes())+i)
				}
				ops = append(ops, op)
			}
			f.save(f.deal, ops...)
			var sorts []record.Sort
			for range rapid.IntRange(0, 3).Draw(r, "sorts") {
				sorts = append(sorts, record.Sort{Field: rapid.SampledFrom(sortable).Draw(r, "sort"), Desc: rapid.Bool().Draw(r, "desc")})
			}
			var want []record.Record
			f.read(func(tx *db.Tx) error {
				return f.store.Scan(tx, f.deal, func(rec *record.Record) error {
					want = append(want, *rec.Clone())
					return nil
				})
			})
			slices.SortFunc(want, func(a, b record.Record) int { return compare(f.deal, sorts, &a, &b) })
			var got []record.Record
			q := record.Query{Sort: sorts, Limit: rapid.IntRange(1, 7).Draw(r, "limit")}
			for {
				page := f.list(f.deal, q)
				if page.Total != int64(len(want)) {
					r.Fatalf("total %d, want %d", page.Total, len(want))
				}
				got = append(got, page.Records...)
				if page.Next == "" || len(got) > len(want) {
					break
				}
				q.Cursor = page.Next
			}
			if len(got) != len(want) {
				r.Fatalf("%d records by pages, want %d", len(got), len(want))
			}
			for i := range got {
				if got[i].ID != want[i].ID {
					r.Fatalf("place %d has record %d, want %d", i, got[i].ID, want[i].ID)
				}
			}
		})
	})
}

func compare(o *record.Object, sorts []record.Sort, a, b *record.Record) int {
	for _, s := range sorts {
		x, y := sortValue(o, a, s.Field), sortValue(o, b, s.Field)
		if x.IsNull() || y.IsNull() {
			if x.IsNull() && y.IsNull() {
				continue
			}
			if x.IsNull() {
				return 1
			}
			return -1
		}
		c := 0
		switch x.Kind() {
		case value.Text:
			c = strings.Compare(x.Text(), y.Text())
		case value.Bool:
			c = cmp.Compare(fmt.Sprint(x.Bool()), fmt.Sprint(y.Bool()))
		case value.Number, value.Money:
			c = x.Decimal().Cmp(y.Decimal())
		default:
			c = cmp.Compare(x.Ref()+x.Micros()+int64(x.Day()), y.Ref()+y.Micros()+int64(y.Day()))
		}
		if s.Desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(a.ID, b.ID)
}

func sortValue(o *record.Object, r *record.Record, key string) value.Value {
	if i, ok := o.Index(key); ok {
		return r.Values[i]
	}
	switch key {
	case "external_id":
		if r.ExternalID == "" {
			return value.Nothing
		}
		return value.OfText(r.ExternalID)
	case "updated_at":
		return value.OfTime(r.Updated)
	}
	return value.OfRef(r.ID)
}

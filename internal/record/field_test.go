package record_test

import (
	"encoding/json"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/record"
	"laurel/internal/value"
)

func TestInputComesBackAsItWasMeant(t *testing.T) {
	cases := []struct {
		name, field string
		in          any
		want        string // JSON of what is read back
	}{
		{"quotes, emoji and a formula", "name", `=cmd|' /C calc'!A0 "🎉" O'Brien; DROP TABLE`, `"=cmd|' /C calc'!A0 \"🎉\" O'Brien; DROP TABLE"`},
		{"1,000 characters of three bytes", "name", strings.Repeat("桂", 1000), `"` + strings.Repeat("桂", 1000) + `"`},
		{"empty text is no value", "code", "", `null`},
		{"null", "code", nil, `null`},
		{"long text of 1 MiB", "notes", strings.Repeat("a", 1<<20), `"` + strings.Repeat("a", 1<<20) + `"`},
		{"number as text", "hours", "12.5", `"12.50"`},
		{"number literal", "hours", json.Number("-0.05"), `"-0.05"`},
		{"number as int", "hours", 7, `"7.00"`},
		{"number as int64", "hours", int64(-7), `"-7.00"`},
		{"number with blanks around", "hours", " 3 ", `"3.00"`},
		{"number with zeros beyond the scale", "hours", "1.50000000000000000", `"1.50"`},
		{"largest number", "hours", "92233720368547758.07", `"92233720368547758.07"`},
		{"smallest number", "hours", "-92233720368547758.08", `"-92233720368547758.08"`},
		{"money as text", "amount", "1234.5", `{"amount":"1234.50","currency":"CNY"}`},
		{"money as object", "amount", map[string]any{"amount": json.Number("0.01"), "currency": "CNY"}, `{"amount":"0.01","currency":"CNY"}`},
		{"money object without a currency", "amount", map[string]any{"amount": "9"}, `{"amount":"9.00","currency":"CNY"}`},
		{"money object without an amount", "amount", map[string]any{"amount": nil, "currency": "CNY"}, `null`},
		{"negative money", "amount", json.Number("-5"), `{"amount":"-5.00","currency":"CNY"}`},
		{"percent with a sign", "discount", "12.5%", `"0.1250"`},
		{"percent with a blank", "discount", "12.5 %", `"0.1250"`},
		{"percent as a fraction", "discount", json.Number("0.125"), `"0.1250"`},
		{"date", "signed_on", "2024-02-29", `"2024-02-29"`},
		{"first date", "signed_on", "0001-01-01", `"0001-01-01"`},
		{"last date", "signed_on", "9999-12-31", `"9999-12-31"`},
		{"time in a zone", "met_at", "2026-03-31T08:00:00+08:00", `"2026-03-31T00:00:00Z"`},
		{"time to the microsecond", "met_at", "2026-03-31T00:00:00.123456Z", `"2026-03-31T00:00:00.123456Z"`},
		{"yes", "won", true, `true`},
		{"no is not nothing", "won", false, `false`},
		{"yes as text", "won", "TRUE", `true`},
		{"choice by key", "stage", "won", `"won"`},
		{"choice with quotes", "stage", `it's "lost"`, `"it's \"lost\""`},
		{"choice by its only name", "stage", "赢单", `"won"`},
		{"choices in the order of the definition, once", "tags", []any{"a,b", "vip", "a,b"}, `["vip","a,b"]`},
		{"one choice of several as text", "tags", "new", `["new"]`},
		{"empty choices are no value", "tags", []any{}, `null`},
		{"person by id", "owner", 901, `901`},
		{"person by key", "owner", "E2", `902`},
		{"person by key in a map", "owner", map[string]any{"key": "E2"}, `902`},
		{"person by id in a map", "owner", map[string]any{"id": json.Number("901")}, `901`},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		for _, c := range cases {
			id := f.create(f.deal, "", with(c.field, c.in))
			got := field(t, f.deal, f.get(f.deal, id), c.field)
			if asJSON(t, got) != c.want {
				t.Errorf("%s: got %.200s, want %.200s", c.name, asJSON(t, got), c.want)
			}
			if enc := string(record.AppendValue(nil, got)); !sameJSON(t, enc, c.want) {
				t.Errorf("%s: encoded %.200s, want %.200s", c.name, enc, c.want)
			}
			// what was read can be sent back, and is no change
			var back any
			decoder := json.NewDecoder(strings.NewReader(asJSON(t, got)))
			decoder.UseNumber()
			if err := decoder.Decode(&back); err != nil {
				t.Fatal(err)
			}
			ops := []record.Op{
				{Kind: record.Update, ID: id, Input: map[string]any{c.field: back}},
				{Kind: record.Update, ID: id, Values: f.get(f.deal, id).Values},
			}
			wantOutcomes(t, f.save(f.deal, ops...), "unchanged", "unchanged")
		}
	})
}

func sameJSON(t testing.TB, a, b string) bool {
	t.Helper()
	var x, y any
	if err := json.Unmarshal([]byte(a), &x); err != nil {
		t.Errorf("%.100s: %v", a, err)
	}
	if err := json.Unmarshal([]byte(b), &y); err != nil {
		t.Fatal(err)
	}
	return asJSON(t, x) == asJSON(t, y)
}

func TestBadInputIsRefusedWithItsField(t *testing.T) {
	cases := []struct {
		name, field string
		in          any
		code        string
	}{
		{"unknown field", "named", "x", "unknown_field"},
		{"unknown field with quotes", `"; DROP TABLE "o_deal`, "x", "unknown_field"},
		{"text too long", "code", strings.Repeat("桂", 501), "too_long"},
		{"number for a text", "code", 5, "wrong_type"},
		{"broken UTF-8", "code", "a\xffb", "bad_encoding"},
		{"null character", "notes", "a\x00b", "bad_encoding"},
		{"long text over 1 MiB", "notes", strings.Repeat("a", 1<<20+1), "too_long"},
		{"word for a number", "hours", "many", "wrong_type"},
		{"thousands separators are for import", "hours", "1,000", "wrong_type"},
		{"exponent", "hours", json.Number("1e3"), "wrong_type"},
		{"two points", "hours", "5.0.0", "wrong_type"},
		{"float", "hours", 1.5, "wrong_type"},
		{"yes for a number", "hours", true, "wrong_type"},
		{"number with too many places", "hours", "0.001", "too_precise"},
		{"number with very many places", "hours", "0.0000000000000001", "too_precise"},
		{"number out of range", "hours", "92233720368547758.08", "out_of_range"},
		{"huge number", "hours", strings.Repeat("9", 60), "out_of_range"},
		{"endless number", "hours", strings.Repeat("9", 1<<20), "wrong_type"},
		{"money in another currency", "amount", map[string]any{"amount": "1", "currency": "USD"}, "wrong_currency"},
		{"money with a fraction of a fen", "amount", "0.001", "too_precise"},
		{"money out of range", "amount", "92233720368547758.08", "out_of_range"},
		{"money object with a stranger", "amount", map[string]any{"amount": "1", "cents": "2"}, "wrong_type"},
		{"percent of words", "discount", "all %", "wrong_type"},
		{"percent with too many places", "discount", "0.001%", "too_precise"},
		{"day that is not", "signed_on", "2026-02-30", "wrong_type"},
		{"date as people type it is for import", "signed_on", "2026/3/5", "wrong_type"},
		{"time without a zone", "met_at", "2026-03-31T08:00:00", "wrong_type"},
		{"yes in words is for import", "won", "yes", "wrong_type"},
		{"unknown choice", "stage", "nope", "unknown_choice"},
		{"unknown one of several", "tags", []any{"vip", "nope"}, "unknown_choice"},
		{"number among choices", "tags", []any{5}, "wrong_type"},
		{"unknown person id", "owner", 5, "unknown_person"},
		{"unknown person key", "owner", "E9", "unknown_person"},
		{"negative person", "owner", -1, "wrong_type"},
		{"person id with a fraction", "owner", json.Number("1.5"), "wrong_type"},
		{"person by two names", "owner", map[string]any{"id": 901, "key": "E1"}, "wrong_type"},
		{"relation to nothing", "parent", "A-9", "unknown_record"},
		{"relation to no id", "parent", 5, "unknown_record"},
		{"relation by a broken name", "parent", "\xff", "bad_encoding"},
		{"automatic number", "no", 7, "read_only"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		for _, c := range cases {
			out := f.save(f.deal, record.Op{Kind: record.Create, Input: with(c.field, c.in)})[0]
			if outcome(out) != "failed "+c.code {
				t.Errorf("%s: %s, want %s", c.name, outcome(out), c.code)
				continue
			}
			if out.Problem.Field != c.field || out.Problem.Row != 1 {
				t.Errorf("%s: at field %q row %d", c.name, out.Problem.Field, out.Problem.Row)
			}
			for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
				if text := out.Problem.Message.In(lang); text == "" || len(text) > 600 || strings.Contains(text, "%!") {
					t.Errorf("%s: says %q in %s", c.name, text, lang)
				}
			}
		}
		if n := f.list(f.deal, record.Query{}).Total; n != 0 {
			t.Errorf("%d records were left behind", n)
		}
	})
}

func TestEveryProblemOfAnInputIsListed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		out := f.save(f.deal, record.Op{Kind: record.Create, Input: map[string]any{"hours": "x", "won": 3, "owner": "E9", "zzz": 1}})
		wantOutcomes(t, out, "failed wrong_type wrong_type unknown_field")
	})
}

func TestTypedValuesAreJudgedAsInputIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		try := func(key string, v value.Value) string {
			values := make([]value.Value, len(f.deal.Fields))
			values[0] = value.OfText("x")
			i, _ := f.deal.Index(key)
			values[i] = v
			return outcome(f.save(f.deal, record.Op{Kind: record.Create, Values: values})[0])
		}
		for _, c := range []struct {
			key  string
			v    value.Value
			want string
		}{
			{"code", value.OfText(""), "created"},
			{"code", value.OfText("\xff"), "failed bad_encoding"},
			{"hours", value.OfText("5"), "failed wrong_type"},
			{"stage", value.OfText("nope"), "failed unknown_choice"},
			{"stage", value.OfText("赢单"), "failed unknown_choice"},
			{"tags", value.OfList([]string{"a,b", "vip"}), "created"},
			{"owner", value.OfRef(901), "created"},
			{"owner", value.OfRef(5), "failed unknown_person"},
			{"parent", value.OfRef(901), "failed unknown_record"},
			{"signed_on", value.OfDate(1 << 30), "failed out_of_range"},
			{"no", value.OfRef(1), "failed wrong_type"},
		} {
			if got := try(c.key, c.v); got != c.want {
				t.Errorf("%s %s: %s, want %s", c.key, c.v, got, c.want)
			}
		}
		short := f.save(f.deal, record.Op{Kind: record.Create, Values: []value.Value{value.OfText("x")}})
		wantOutcomes(t, short, "failed wrong_type")
	})
}

package value

import (
	"encoding/json"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/money"
)

func TestJSONAndString(t *testing.T) {
	instant := time.Date(2026, 3, 31, 8, 0, 0, 0, time.UTC).UnixMicro()
	cases := []struct {
		name       string
		v          Value
		json, text string
	}{
		{"nothing", Nothing, `null`, ""},
		{"truth", OfBool(true), `true`, "true"},
		{"false", OfBool(false), `false`, "false"},
		{"number keeps its places and is a string", OfNumber(money.MustDecimal("12.50")), `"12.50"`, "12.50"},
		{"money", OfMoney(money.Amount{Minor: -1250, Currency: "CNY"}), `{"amount":"-12.50","currency":"CNY"}`, "-12.50 CNY"},
		{"money without minor units", OfMoney(money.Amount{Minor: 1250, Currency: "JPY"}), `{"amount":"1250","currency":"JPY"}`, "1250 JPY"},
		{"date", OfDate(calendar.DayOf(2026, 3, 31)), `"2026-03-31"`, "2026-03-31"},
		{"date before 1970", OfDate(calendar.DayOf(1969, 12, 31)), `"1969-12-31"`, "1969-12-31"},
		{"instant", OfTime(instant), `"2026-03-31T08:00:00Z"`, "2026-03-31T08:00:00Z"},
		{"instant with microseconds", OfTime(instant + 1), `"2026-03-31T08:00:00.000001Z"`, "2026-03-31T08:00:00.000001Z"},
		{"text", OfText(`a "b" 金`), `"a \"b\" 金"`, `a "b" 金`},
		{"list", OfList([]string{"a", "b"}), `["a","b"]`, "a, b"},
		{"empty list is not null", OfList(nil), `[]`, ""},
		{"reference", OfRef(7), `7`, "7"},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := json.Marshal(c.v)
			if err != nil || string(got) != c.json || c.v.String() != c.text {
				t.Errorf("got %s and %q (%v), want %s and %q", got, c.v.String(), err, c.json, c.text)
			}
			for j, o := range cases {
				if same := c.v.Equal(o.v); same != (i == j) {
					t.Errorf("equal to %s: %v", o.name, same)
				}
			}
		})
	}
}

func TestEqual(t *testing.T) {
	cases := []struct {
		name string
		a, b Value
		want bool
	}{
		{"numbers by value, not by places", OfNumber(money.MustDecimal("1.5")), OfNumber(money.MustDecimal("1.50")), true},
		{"number is not money", OfNumber(money.MustDecimal("1.50")), OfMoney(money.Amount{Minor: 150, Currency: "CNY"}), false},
		{"other currency", OfMoney(money.Amount{Minor: 1, Currency: "CNY"}), OfMoney(money.Amount{Minor: 1, Currency: "USD"}), false},
		{"order of a list counts", OfList([]string{"a", "b"}), OfList([]string{"b", "a"}), false},
		{"empty text is not nothing", OfText(""), Nothing, false},
		{"zero is not false", OfNumber(money.Decimal{}), OfBool(false), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.a.Equal(c.b) != c.want || c.b.Equal(c.a) != c.want {
				t.Errorf("want %v", c.want)
			}
		})
	}
}

func TestAccessorOfAnotherKindIsZero(t *testing.T) {
	v := OfMoney(money.Amount{Minor: 150, Currency: "CNY"})
	if v.Text() != "" || v.Ref() != 0 || v.Day() != 0 || v.Bool() || v.List() != nil || v.Micros() != 0 {
		t.Error("money shows through another accessor")
	}
	if v.Decimal() != money.MustDecimal("1.50") {
		t.Errorf("natural units: %s", v.Decimal())
	}
	if OfText("x").Amount() != (money.Amount{}) || OfRef(3).Decimal() != (money.Decimal{}) {
		t.Error("text or reference shows through as a figure")
	}
}

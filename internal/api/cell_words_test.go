package api

import (
	"encoding/json"
	"testing"
	"time"

	"laurel/internal/i18n"
	"laurel/internal/record"
)

func TestCellWords(t *testing.T) {
	stage := []record.Choice{{Key: "won", Name: i18n.T("赢单", "Won")}, {Key: "lost", Name: i18n.T("丢单", "Lost")}}
	words := &cellWords{labels: Labels{"owner": {"7": "张伟"}}, zone: time.FixedZone("CST", 8*3600)}
	cases := []struct {
		field  record.Field
		raw    string
		zh, en string // both empty: nothing is there
	}{
		{record.Field{Type: record.TypeMoney}, `{"amount":"-1234567.50","currency":"CNY"}`, "-¥1,234,567.50", "-¥1,234,567.50"},
		{record.Field{Type: record.TypeNumber}, `"9007199254740993.5"`, "9,007,199,254,740,993.5", "9,007,199,254,740,993.5"},
		{record.Field{Type: record.TypePercent}, `"0.1250"`, "12.5 %", "12.5%"},
		{record.Field{Type: record.TypePercent}, `"1"`, "100 %", "100%"},
		{record.Field{Type: record.TypeDate}, `"2026-03-05"`, "2026-03-05", "2026-03-05"},
		{record.Field{Type: record.TypeDateTime}, `"2026-03-05T16:30:00Z"`, "2026-03-06 00:30", "2026-03-06 00:30"},
		{record.Field{Type: record.TypeBool}, `true`, "是", "yes"},
		{record.Field{Type: record.TypeChoice, Choices: stage}, `"won"`, "赢单", "Won"},
		{record.Field{Type: record.TypeChoice, Choices: stage}, `"gone"`, "gone", "gone"},
		{record.Field{Type: record.TypeChoices, Choices: stage}, `["won","lost"]`, "赢单和丢单", "Won and Lost"},
		{record.Field{Key: "owner", Type: record.TypePerson}, `7`, "张伟", "张伟"},
		{record.Field{Key: "owner", Type: record.TypePerson}, `8`, "#8", "#8"},
		{record.Field{Type: record.TypeText}, `"12"`, "12", "12"},
		{record.Field{Type: record.TypeText}, `null`, "", ""},
		{record.Field{Type: record.TypeText}, ``, "", ""},
	}
	for _, c := range cases {
		got, ok := words.text(&c.field, json.RawMessage(c.raw))
		if ok != (c.zh != "") || got.ZH != c.zh || got.EN != c.en {
			t.Errorf("%s %s: %q, %q (%v)", c.field.Type, c.raw, got.ZH, got.EN, ok)
		}
	}
}

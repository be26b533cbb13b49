package intake

import (
	"fmt"
	"testing"
	"time"

	"laurel/internal/record"
)

func shanghai(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// cellCase is a cell as typed, and what it becomes: a value, or the code of its problem after "!".
type cellCase struct{ text, want string }

func readAll(t *testing.T, r reading, kind CellKind, cases []cellCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s %s %q", r.typ, r.order, c.text), func(t *testing.T) {
			v, p := r.read(Cell{Text: c.text, Kind: kind})
			got := fmt.Sprint(v)
			if p != nil {
				got = "!" + p.Code
				if p.Message.ZH == "" || p.Message.EN == "" {
					t.Errorf("%s has no words in both languages", p.Code)
				}
			}
			if v == nil && p == nil {
				got = "nothing"
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	readAll(t, reading{typ: record.TypeNumber}, Typed, []cellCase{
		{"0", "0"}, {"-0", "0"}, {"0.00", "0.00"}, {"7", "7"}, {"007", "7"}, {"+7", "7"}, {"-7", "-7"}, {"- 7", "-7"}, {" 7 ", "7"},
		{"\u00a07\u3000", "7"}, {"\ufeff7", "7"}, {"７", "7"}, {"１２３．５", "123.5"}, {"－７", "-7"}, {"−7", "-7"}, {"１，２３４", "1234"},
		{"1234.50", "1234.50"}, {".5", "0.5"}, {"-.5", "-0.5"}, {"5.", "5"}, {"0.125", "0.125"},
		{"1,234", "1234"}, {"1,234.50", "1234.50"}, {"12,345,678", "12345678"}, {"-1,234", "-1234"}, {"1 234 567", "1234567"}, {"1 234.5", "1234.5"},
		{"1\u00a0234", "1234"}, {"1\u202f234", "1234"}, {"1'234.50", "1234.50"}, {"(1,234.50)", "-1234.50"}, {"( 5 )", "-5"}, {"（5）", "-5"}, {"5-", "-5"}, {"1,234.50-", "-1234.50"},
		{"1.2万", "12000"}, {"1.23456万", "12345.6"}, {"３万", "30000"}, {"3亿", "300000000"}, {"-3亿", "-300000000"}, {"0.5亿", "50000000"}, {"1.5 万", "15000"}, {"2千", "2000"},
		{"1,200万", "12000000"}, {"3百万", "3000000"}, {"1.2千万", "12000000"}, {"2万亿", "2000000000000"}, {"0.05万", "500"}, {"1萬", "10000"}, {"2億", "200000000"}, {"(2万)", "-20000"},
		{"", "nothing"}, {"  ", "nothing"}, {"\u3000", "nothing"},
		{"-", "!not_a_number"}, {"—", "!not_a_number"}, {"N/A", "!not_a_number"}, {"abc", "!not_a_number"}, {"12abc", "!not_a_number"}, {"1.2.3", "!ambiguous_number"},
		{"1,23", "!ambiguous_number"}, {"1,2345", "!ambiguous_number"}, {"1,23,456", "!ambiguous_number"}, {"12,34.5", "!ambiguous_number"}, {",5", "!ambiguous_number"}, {"1234,567", "!ambiguous_number"},
		{"1.234,50", "!ambiguous_number"}, {"1.234.567", "!ambiguous_number"}, {"1.234.567,89", "!ambiguous_number"}, {"1 23", "!not_a_number"},
		{"1.23E+15", "!digits_lost"}, {"1E5", "!digits_lost"}, {"1.2e-3", "!digits_lost"},
		{"--5", "!not_a_number"}, {"+-5", "!not_a_number"}, {"-(5)", "!not_a_number"}, {"(-5)", "!not_a_number"}, {"(5", "!not_a_number"}, {"5)", "!not_a_number"}, {"-5-", "!not_a_number"},
		{"5 6", "!not_a_number"}, {"5/6", "!not_a_number"}, {"5%", "!percent_in_number"}, {"¥5", "!currency_in_number"}, {"5元", "!currency_in_number"}, {"1.2万元", "!currency_in_number"},
		{"三百", "!not_a_number"}, {"1万2千", "!not_a_number"}, {"12k", "!not_a_number"}, {"1.2M", "!not_a_number"}, {"0x1F", "!not_a_number"}, {"１２，３", "!ambiguous_number"}, {".", "!not_a_number"}, {"万", "!not_a_number"},
		{"9999999999999999999999999999999999999999999999999999999999999999999999", "!out_of_range"}, {"=1+1", "!not_a_number"}, {"TRUE", "!not_a_number"}, {"NaN", "!not_a_number"}, {"∞", "!not_a_number"},
	})
	readAll(t, reading{typ: record.TypeNumber, decimalComma: true}, Typed, []cellCase{
		{"1,234", "!ambiguous_number"}, {"1,234,567", "1234567"}, {"1,234.5", "1234.5"}, {"1234", "1234"},
	})
	readAll(t, reading{typ: record.TypeNumber, nulls: true}, Typed, []cellCase{
		{"-", "nothing"}, {"—", "nothing"}, {"--", "nothing"}, {"N/A", "nothing"}, {"n/a", "nothing"}, {"#N/A", "nothing"}, {"无", "nothing"}, {"NULL", "nothing"}, {"－", "nothing"}, {"0", "0"}, {"none", "nothing"}, {"nope", "!not_a_number"},
	})
}

func TestMoney(t *testing.T) {
	readAll(t, reading{typ: record.TypeMoney, currency: "CNY"}, Typed, []cellCase{
		{"¥1,234.50", "1234.50"}, {"￥1,234.50", "1234.50"}, {"-¥5", "-5"}, {"¥-5", "-5"}, {"¥ 5", "5"}, {"(¥5)", "-5"}, {"¥(5)", "!not_a_number"}, {"5元", "5"}, {"5 元", "5"}, {"5元整", "5"}, {"RMB 5", "5"}, {"CNY5", "5"}, {"5 CNY", "5"},
		{"1.5 万元", "15000"}, {"1.5万", "15000"}, {"3亿元", "300000000"}, {"人民币5", "5"}, {"¥1.2万", "12000"}, {"1234", "1234"}, {"￥５００", "500"}, {"¥5 CNY", "5"}, {"CN¥5", "5"},
		{"$5", "!wrong_currency"}, {"€5", "!wrong_currency"}, {"USD 5", "!wrong_currency"}, {"5美元", "!wrong_currency"}, {"5%", "!percent_in_money"}, {"HK$5", "!wrong_currency"}, {"¥5 USD", "!not_a_number"}, {"¥1,23", "!ambiguous_number"}, {"¥", "!not_a_number"}, {"XYZ 5", "!not_a_number"},
	})
	readAll(t, reading{typ: record.TypeMoney, currency: "USD"}, Typed, []cellCase{
		{"$5", "5"}, {"-$5", "-5"}, {"$-5", "-5"}, {"($5.00)", "-5.00"}, {"US$5", "5"}, {"USD 5", "5"}, {"5 USD", "5"}, {"$1,234,567.89", "1234567.89"}, {"5美元", "5"}, {"¥5", "!wrong_currency"}, {"5元", "!wrong_currency"}, {"A$5", "!wrong_currency"}, {"$1.234,50", "!ambiguous_number"},
	})
	readAll(t, reading{typ: record.TypeMoney, currency: "JPY"}, Typed, []cellCase{{"¥500", "500"}, {"JP¥500", "500"}, {"500日元", "500"}, {"CN¥500", "!wrong_currency"}})
	readAll(t, reading{typ: record.TypeMoney, currency: "EUR"}, Typed, []cellCase{{"€5", "5"}, {"5 €", "5"}, {"EUR5", "5"}, {"5,00 €", "!ambiguous_number"}, {"£5", "!wrong_currency"}})
}

func TestPercentages(t *testing.T) {
	readAll(t, reading{typ: record.TypePercent}, Typed, []cellCase{
		{"12.5%", "12.5%"}, {"12.5 %", "12.5%"}, {"１２％", "12%"}, {"-3%", "-3%"}, {"150%", "150%"}, {"0.125", "0.125"}, {"1", "1"}, {"0", "0"}, {"-0.5", "-0.5"}, {"1.0", "1.0"},
		{"12.5", "!ambiguous_percentage"}, {"1.5", "!ambiguous_percentage"}, {"-2", "!ambiguous_percentage"}, {"¥5", "!not_a_percentage"}, {"5万", "!not_a_percentage"}, {"high", "!not_a_number"}, {"1,5%", "!ambiguous_number"},
	})
	readAll(t, reading{typ: record.TypePercent}, Percent, []cellCase{{"0.125", "0.125"}, {"1.5", "1.5"}, {"0.30000000000000004", "0.3"}})
}

func TestDates(t *testing.T) {
	one := []cellCase{ // one reading in any column
		{"2026-03-05", "2026-03-05"}, {"2026-3-5", "2026-03-05"}, {"2026/3/5", "2026-03-05"}, {"2026.3.5", "2026-03-05"}, {"2026年3月5日", "2026-03-05"}, {"2026 年 3 月 5 日", "2026-03-05"}, {"2026年03月05号", "2026-03-05"},
		{"２０２６／３／５", "2026-03-05"}, {"２０２６年３月５日", "2026-03-05"}, {"20260305", "2026-03-05"}, {" 2026-3-5 ", "2026-03-05"}, {"2026 - 3 - 5", "2026-03-05"}, {"2024-02-29", "2024-02-29"},
		{"5 March 2026", "2026-03-05"}, {"5-Mar-2026", "2026-03-05"}, {"Mar 5, 2026", "2026-03-05"}, {"March 5 2026", "2026-03-05"}, {"5th Mar 2026", "2026-03-05"}, {"05-MAR-2026", "2026-03-05"},
		{"2026-03-05 00:00:00", "2026-03-05"}, {"2026-03-05 23:59", "2026-03-05"}, {"2026-03-05T08:00:00", "2026-03-05"}, {"2026-03-05T23:00:00Z", "2026-03-06"}, {"2026-03-05T01:00:00+09:00", "2026-03-05"}, {"2026年3月5日 下午2:30", "2026-03-05"},
		{"", "nothing"}, {"2026-02-30", "!no_such_day"}, {"2025-02-29", "!no_such_day"}, {"2026-13-01", "!no_such_day"}, {"2026年0月5日", "!no_such_day"}, {"2026-00-10", "!no_such_day"}, {"31 Feb 2026", "!no_such_day"},
		{"26/3/5", "!ambiguous_date"}, {"3/5/26", "!ambiguous_date"}, {"5-Mar-26", "!ambiguous_date"}, {"26年3月5日", "!ambiguous_date"}, {"2026-03", "!incomplete_date"}, {"2026年3月", "!incomplete_date"}, {"2026/3", "!incomplete_date"},
		{"2026", "!not_a_date"}, {"46086", "!not_a_date"}, {"hello", "!not_a_date"}, {"2026-03-05x", "!not_a_date"}, {"2026-03-05 25:00", "!not_a_time"}, {"2026-03-05 noon", "!not_a_time"}, {"20261399", "!not_a_date"}, {"05032026", "!not_a_date"},
		{"3月5日", "!not_a_date"}, {"-", "!not_a_date"}, {"1/2/3/4", "!not_a_date"}, {"2026-3-5-7", "!not_a_date"}, {"12026-03-05", "!not_a_date"}, {"yesterday", "!not_a_date"}, {"12.5%", "!not_a_date"}, {"¥5", "!not_a_date"},
	}
	for _, order := range []Order{NoOrder, MDY, DMY, YMD} {
		readAll(t, reading{typ: record.TypeDate, order: order, zone: shanghai(t)}, Typed, one)
	}
	readAll(t, reading{typ: record.TypeDate, order: MDY}, Typed, []cellCase{
		{"3/5/2026", "2026-03-05"}, {"03/05/2026", "2026-03-05"}, {"12/31/2026", "2026-12-31"}, {"3-5-2026", "2026-03-05"}, {"3.5.2026", "2026-03-05"}, {"3/5/2026 14:30", "2026-03-05"}, {"13/5/2026", "!no_such_day"}, {"2/30/2026", "!no_such_day"}, {"0/5/2026", "!no_such_day"},
	})
	readAll(t, reading{typ: record.TypeDate, order: DMY}, Typed, []cellCase{
		{"3/5/2026", "2026-05-03"}, {"31/12/2026", "2026-12-31"}, {"31.12.2026", "2026-12-31"}, {"12/31/2026", "!no_such_day"}, {"30/2/2026", "!no_such_day"},
	})
	for _, order := range []Order{NoOrder, YMD} {
		readAll(t, reading{typ: record.TypeDate, order: order}, Typed, []cellCase{
			{"3/5/2026", "!ambiguous_date"}, {"13/5/2026", "!ambiguous_date"}, {"5/13/2026", "!ambiguous_date"}, {"3.5.2026", "!ambiguous_date"},
		})
	}
	readAll(t, reading{typ: record.TypeDate, serials: true}, Typed, []cellCase{{"46086", "2026-03-05"}, {"46086.75", "2026-03-05"}, {"2026", "!not_a_date"}, {"99999", "!not_a_date"}, {"20260305", "2026-03-05"}})
}

func TestTimes(t *testing.T) {
	readAll(t, reading{typ: record.TypeDateTime, zone: shanghai(t)}, Typed, []cellCase{
		{"2026-03-05 14:30", "2026-03-05T06:30:00Z"}, {"2026/3/5 14:30:05", "2026-03-05T06:30:05Z"}, {"2026-03-05 14:30:05.250", "2026-03-05T06:30:05.25Z"}, {"2026-03-05", "2026-03-04T16:00:00Z"},
		{"2026年3月5日 14时30分", "2026-03-05T06:30:00Z"}, {"2026年3月5日14:30", "2026-03-05T06:30:00Z"}, {"2026-03-05 2:30 PM", "2026-03-05T06:30:00Z"}, {"2026-03-05 12:00 AM", "2026-03-04T16:00:00Z"}, {"2026-03-05 12:15 pm", "2026-03-05T04:15:00Z"},
		{"2026-03-05 下午2:30", "2026-03-05T06:30:00Z"}, {"2026-03-05 上午9:05", "2026-03-05T01:05:00Z"}, {"2026-03-05T08:00:00Z", "2026-03-05T08:00:00Z"}, {"2026-03-05T08:00:00+08:00", "2026-03-05T00:00:00Z"}, {"2026-03-05 08:00:00 -0500", "2026-03-05T13:00:00Z"},
		{"2026-03-05 24:00", "!not_a_time"}, {"2026-03-05 14:60", "!not_a_time"}, {"2026-03-05 13:00 AM", "!not_a_time"}, {"2026-03-05 14", "!not_a_time"}, {"2026-03-05 1:2:3:4", "!not_a_time"}, {"3/5/2026 14:30", "!ambiguous_date"}, {"14:30", "!not_a_date"},
	})
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, reading{typ: record.TypeDateTime, zone: newYork}, Typed, []cellCase{
		{"2026-03-08 02:30", "!no_such_time"}, {"2026-03-08 03:30", "2026-03-08T07:30:00Z"}, {"2026-03-08 01:30", "2026-03-08T06:30:00Z"}, {"2026-11-01 01:30", "!ambiguous_time"}, {"2026-11-01 01:30 -05:00", "2026-11-01T06:30:00Z"}, {"2026-11-01 02:30", "2026-11-01T07:30:00Z"},
	})
}

func TestYesAndNo(t *testing.T) {
	readAll(t, reading{typ: record.TypeBool}, Typed, []cellCase{
		{"是", "true"}, {"否", "false"}, {"yes", "true"}, {"NO", "false"}, {"Y", "true"}, {"n", "false"}, {"TRUE", "true"}, {"false", "false"}, {"1", "true"}, {"0", "false"}, {"１", "true"}, {"√", "true"}, {"×", "false"}, {"有", "true"}, {"无", "false"},
		{"", "nothing"}, {"maybe", "!not_yes_or_no"}, {"2", "!not_yes_or_no"}, {"x", "!not_yes_or_no"}, {"是的吧", "!not_yes_or_no"},
	})
	readAll(t, reading{typ: record.TypeBool}, Truth, []cellCase{{"TRUE", "true"}, {"FALSE", "false"}})
}

// What a workbook stores is binary floating point written with up to 17 digits; 15 of them are what was typed.
func TestStoredNumbers(t *testing.T) {
	readAll(t, reading{typ: record.TypeNumber}, Number, []cellCase{
		{"1234.5", "1234.5"}, {"1234.5600000000001", "1234.56"}, {"0.30000000000000004", "0.3"}, {"-0.30000000000000004", "-0.3"}, {"2.9999999999999996", "3"}, {"99999999999999.99", "100000000000000"}, {"1.2E-3", "0.0012"}, {"1E+15", "1000000000000000"}, {"1.5e3", "1500"}, {"0", "0"}, {"-0", "0"}, {"5.5511151231257827E-17", "0.0000000000000000555111512312578"}, {"1E-40", "0"},
		{"1E+99", "!not_a_number"}, {"x", "!not_a_number"}, {"1.10101199003077E+17", "110101199003077000"},
	})
	readAll(t, reading{typ: record.TypeText}, Number, []cellCase{
		{"13800138000", "13800138000"}, {"1.3800138E+10", "13800138000"}, {"0.5", "0.5"}, {"123456789012345", "123456789012345"}, {"1.1010119900307701E+17", "!digits_lost"}, {"12345678901234567", "!digits_lost"},
	})
	readAll(t, reading{typ: record.TypeDate, zone: time.UTC}, Moment, []cellCase{
		{"46086", "2026-03-05"}, {"46086.5", "2026-03-05"}, {"1", "1900-01-01"}, {"59", "1900-02-28"}, {"60", "!not_a_date"}, {"61", "1900-03-01"}, {"2958465", "9999-12-31"}, {"2958466", "!not_a_date"}, {"0.5", "!not_a_date"}, {"-1", "!not_a_date"},
	})
	readAll(t, reading{typ: record.TypeDateTime, zone: time.UTC}, Moment, []cellCase{
		{"46086.604166666664", "2026-03-05T14:30:00Z"}, {"46086.999999999", "2026-03-06T00:00:00Z"}, {"46086.25", "2026-03-05T06:00:00Z"},
	})
	readAll(t, reading{typ: record.TypeDate, serials: true}, Number, []cellCase{{"46086", "2026-03-05"}, {"2026", "!not_a_date"}})
	readAll(t, reading{typ: record.TypeDate}, Number, []cellCase{{"20260305", "2026-03-05"}, {"46086", "!not_a_date"}})
	readAll(t, reading{typ: record.TypeText}, Moment, []cellCase{{"46086", "2026-03-05"}, {"46086.604166666664", "2026-03-05 14:30:00"}})
	readAll(t, reading{typ: record.TypeText}, Percent, []cellCase{{"0.125", "12.5%"}, {"1", "100%"}, {"-0.05", "-5%"}})
	readAll(t, reading{typ: record.TypeNumber}, Fault, []cellCase{{"#N/A", "!cell_error"}, {"#DIV/0!", "!cell_error"}})
	readAll(t, reading{typ: record.TypeMoney, currency: "CNY"}, Number, []cellCase{{"1234.5600000000001", "1234.56"}, {"0.1", "0.1"}})
	readAll(t, reading{typ: record.TypeMoney, currency: "CNY"}, Moment, []cellCase{{"46086", "!not_a_number"}})
}

func TestWorkbooksThatCountFrom1904(t *testing.T) {
	for serial, want := range map[string]string{"44624": "46086", "44624.5": "46086.5", "0": "1462"} {
		if got := from1904(serial); got != want {
			t.Errorf("from1904(%s) = %s, want %s", serial, got, want)
		}
	}
}

func TestTextKeepsWhatWasTyped(t *testing.T) {
	readAll(t, reading{typ: record.TypeText}, Typed, []cellCase{
		{" 张伟 ", "张伟"}, {"=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"}, {"007", "007"}, {"1.23E+15", "1.23E+15"}, {"a\nb", "a\nb"}, {"😀", "😀"}, {"-", "-"}, {"ＡＢＣ", "ＡＢＣ"},
	})
	readAll(t, reading{typ: record.TypeChoices}, Typed, []cellCase{{"a; b，c、d", "[a b c d]"}, {"a", "[a]"}, {";", "[]"}})
}

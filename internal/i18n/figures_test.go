package i18n

import "testing"

func TestFigures(t *testing.T) {
	deals := T("个", "deals")
	cases := []struct {
		name   string
		got    Text
		zh, en string
	}{
		{"thousands", Same(Grouped("1234567.5")), "1,234,567.5", "1,234,567.5"},
		{"three digits and a minus need no separator", Same(Grouped("-123")), "-123", "-123"},
		{"negative thousands", Same(Integer(-1234)), "-1,234", "-1,234"},
		{"a percentage is set apart in Chinese only", Percent("12.5"), "12.5 %", "12.5%"},
		{"one is singular", Count("1", deals), "1 个", "1 deal"},
		{"several are plural", Count("1,200", deals), "1,200 个", "1,200 deals"},
		{"none is plural", Count("0", deals), "0 个", "0 deals"},
		{"no unit", Count("3", Text{}), "3", "3"},
		{"irregular endings", Count("1", T("家", "companies")), "1 家", "1 company"},
		{"once", Times(1), "1 次", "once"},
		{"many times", Times(1000), "1,000 次", "1,000 times"},
		{"list of one", List(Same("甲")), "甲", "甲"},
		{"list of three", List(T("甲", "a"), T("乙", "b"), T("丙", "c")), "甲、乙和丙", "a, b and c"},
		{"list that ends in Latin", List(T("短信", "SMS"), T("CRM", "CRM")), "短信和 CRM", "SMS and CRM"},
		{"quoted", Quote(T("销冠", "Star")), "“销冠”", "“Star”"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.got.ZH != c.zh || c.got.EN != c.en {
				t.Errorf("got %q / %q, want %q / %q", c.got.ZH, c.got.EN, c.zh, c.en)
			}
		})
	}
}

func TestGlueSpacesChineseFromLatin(t *testing.T) {
	cases := []struct {
		want   string
		pieces []string
	}{
		{"奖励 ¥500；余数作废", []string{"奖励", "¥500", "；余数作废"}},
		{"前 5 % 的人", []string{"前", "5 %", "的人"}},
		{"季度 CRM 使用", []string{"季度", "CRM 使用"}},
		{"季度销售额", []string{"季度", "", "销售额"}},
		{"少 -3 个", []string{"少", "-3", "个"}},
	}
	for _, c := range cases {
		if got := Glue(c.pieces...); got != c.want {
			t.Errorf("Glue(%q) = %q, want %q", c.pieces, got, c.want)
		}
	}
}

func TestEnglishWords(t *testing.T) {
	for name, want := range map[string]string{
		"New customers": "new customers", "CRM use": "CRM use", "NPS": "NPS", "A deal": "a deal", "iPhones sold": "iPhones sold",
		"WeChat leads": "WeChat leads", "": "",
	} {
		if got := Inline(name); got != want {
			t.Errorf("Inline(%q) = %q, want %q", name, got, want)
		}
	}
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 21: "21st", 112: "112th"} {
		if got := Ordinal(n); got != want {
			t.Errorf("Ordinal(%d) = %q, want %q", n, got, want)
		}
	}
}

package i18n

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// None is how a missing value is written in both languages.
const None = "—"

// Grouped writes a plain decimal with thousands separators: -1234567.50 becomes -1,234,567.50.
func Grouped(figure string) string {
	sign, digits := "", figure
	if rest, negative := strings.CutPrefix(figure, "-"); negative {
		sign, digits = "-", rest
	}
	whole, places, pointed := strings.Cut(digits, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if pointed {
		b.WriteString("." + places)
	}
	return b.String()
}

// Integer writes a count with thousands separators.
func Integer(n int64) string { return Grouped(strconv.FormatInt(n, 10)) }

// Percent writes a figure that already counts in percent: "12.5" is 12.5 % in Chinese and 12.5% in English.
func Percent(figure string) Text { return T(figure+" %", figure+"%") }

// Count writes a figure with its unit: 2 个 / 2 deals. The English unit is given in the plural. Without a unit it is the figure alone.
func Count(figure string, unit Text) Text {
	out := Same(figure)
	if unit.ZH != "" {
		out.ZH = Glue(figure, " ", unit.ZH)
	}
	if unit.EN != "" {
		name := unit.EN
		if figure == "1" || figure == "-1" {
			name = Singular(name)
		}
		out.EN = figure + " " + name
	}
	return out
}

// Times says how often: 1 次 / once, 2 次 / twice, 5 次 / 5 times.
func Times(n int64) Text {
	en := Integer(n) + " times"
	switch n {
	case 1:
		en = "once"
	case 2:
		en = "twice"
	}
	return T(Integer(n)+" 次", en)
}

// Ordinal is the English ordinal of a place: 1st, 2nd, 3rd, 11th.
func Ordinal(n int) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return Integer(int64(n)) + ending
}

// Quote puts a name in quotation marks.
func Quote(name Text) Text { return T("“"+name.In(ZH)+"”", "“"+name.In(EN)+"”") }

// List joins texts in a sentence: 甲、乙和丙 / a, b and c.
func List(items ...Text) Text {
	if len(items) == 0 {
		return Text{}
	}
	last := items[len(items)-1]
	if len(items) == 1 {
		return T(last.In(ZH), last.In(EN))
	}
	var zh, en strings.Builder
	for i, item := range items[:len(items)-1] {
		if i > 0 {
			zh.WriteString("、")
			en.WriteString(", ")
		}
		zh.WriteString(item.In(ZH))
		en.WriteString(item.In(EN))
	}
	return T(Glue(zh.String(), "和", last.In(ZH)), en.String()+" and "+last.In(EN))
}

// Glue joins pieces of Chinese text and puts a space where Chinese characters meet Latin letters, digits or signs of
// money, as in 奖励 ¥500. Spaces inside the pieces stay as they are.
func Glue(pieces ...string) string {
	var b strings.Builder
	last := rune(' ')
	for _, p := range pieces {
		if p == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(p)
		if han(last) && western(first) || western(last) && han(first) {
			b.WriteByte(' ')
		}
		b.WriteString(p)
		last, _ = utf8.DecodeLastRuneInString(p)
	}
	return b.String()
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func western(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '%' || r == '-') || unicode.Is(unicode.Sc, r)
}

// Inline is an English name as it stands within a sentence: its first letter is lower-cased unless it belongs to an
// abbreviation (CRM use, NPS, A/B tests) or the word is a name written with further capitals.
func Inline(name string) string {
	word, _, _ := strings.Cut(name, " ")
	first, size := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return name
	}
	rest := word[size:]
	if rest == "" && word != "A" || strings.ContainsFunc(rest, unicode.IsUpper) {
		return name
	}
	return string(unicode.ToLower(first)) + name[size:]
}

// Singular is the singular of a regular English plural; other words stay as they are.
func Singular(plural string) string {
	for _, ending := range [][2]string{{"ies", "y"}, {"ches", "ch"}, {"shes", "sh"}, {"sses", "ss"}, {"xes", "x"}, {"ss", "ss"}, {"s", ""}} {
		if stem, ok := strings.CutSuffix(plural, ending[0]); ok && len(stem) > 1 {
			return stem + ending[1]
		}
	}
	return plural
}

package intake

import (
	"strings"

	"golang.org/x/text/width"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// numeral is a number as somebody typed it, understood.
type numeral struct {
	text     string // plain decimal: -1234.50
	currency string // ISO 4217 code; "$" or "¥" where several currencies share the sign; empty: none written
	percent  bool
	scaled   bool // 万, 亿 …
	grouped  bool // commas between thousands and no point: 1,234 could be 1.234 where the comma is the point
	padded   bool // zeros in front: 007
}

// fault is why a text is not a number. It is a small value because a survey meets it millions of times.
type fault uint8

const (
	understood fault = iota
	notNumber
	commaUnclear // 1,23: a decimal comma or a slip in the thousands
	pointUnclear // 1.234,50: a decimal comma
	digitsLost   // 1.23E+15 in a text file: the digits behind were cut off
	numberLong
)

const maxNumeral = 64 // characters of a number

// problem says a fault in words.
func (f fault) problem(shown string) *problem.Error {
	switch f {
	case commaUnclear:
		return problem.Bad("ambiguous_number", "", "%s 中的逗号可能是小数点，也可能是千分位写错了。请写成 1234.50 或 1,234.50。",
			"In %s the comma may be a decimal point or a slip in the thousands. Write 1234.50 or 1,234.50.", shown)
	case pointUnclear:
		return problem.Bad("ambiguous_number", "", "%s 像是用逗号作小数点。请写成 1234.50 或 1,234.50。",
			"%s seems to use a comma as its decimal point. Write 1234.50 or 1,234.50.", shown)
	case digitsLost:
		return problem.Bad("digits_lost", "", "%s 是科学计数法，原来的数字可能已丢失。请把该列设为文本或数值格式后重新导出。",
			"%s is in scientific notation, so digits may be lost. Export the column again as text or plain numbers.", shown)
	case numberLong:
		return problem.Bad("out_of_range", "", "%s 太长，不是可用的数字。", "%s is too long for a number.", shown)
	}
	return problem.Bad("not_a_number", "", "%s 不是数字。请写成 1234.50、1,234.50、¥1,234.50 或 1.2万 这样的形式。",
		"%s is not a number. Write it like 1234.50, 1,234.50, ¥1,234.50 or 12.5%%.", shown)
}

// fold turns full-width characters into ordinary ones and trims blanks of every kind.
func fold(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	return tidy(width.Fold.String(s))
}

// tidy trims blanks, also those without a width, from both ends.
func tidy(s string) string {
	return strings.Trim(s, " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff")
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// currencySigns are what people write before or behind an amount, the longer before the shorter.
var currencySigns = []struct{ sign, code string }{
	{"US$", "USD"}, {"HK$", "HKD"}, {"NT$", "TWD"}, {"CN¥", "CNY"}, {"JP¥", "JPY"}, {"A$", "AUD"}, {"C$", "CAD"}, {"S$", "SGD"},
	{"¥", "¥"}, {"$", "$"}, {"€", "EUR"}, {"£", "GBP"}, {"₩", "KRW"}, {"₹", "INR"}, {"RMB", "CNY"},
	{"人民币", "CNY"}, {"美元", "USD"}, {"欧元", "EUR"}, {"英镑", "GBP"}, {"港元", "HKD"}, {"港币", "HKD"}, {"日元", "JPY"}, {"新台币", "TWD"},
}

// units are the words of ten thousand and above, by decimal places, the longer before the shorter.
var units = []struct {
	word   string
	places int
}{
	{"万亿", 12}, {"萬億", 12}, {"千亿", 11}, {"百亿", 10}, {"十亿", 9}, {"千万", 7}, {"百万", 6}, {"十万", 5},
	{"亿", 8}, {"億", 8}, {"万", 4}, {"萬", 4}, {"千", 3},
}

// readNumeral reads a number as people type it: signs, parentheses for negative, currencies, thousands, percent, 万 and
// 亿. What can be read in two ways is a fault.
func readNumeral(s string) (numeral, fault) {
	var n numeral
	if !hasDigit(s) {
		return n, notNumber
	}
	if s = fold(s); len(s) > maxNumeral {
		return n, numberLong
	}
	s = strings.ReplaceAll(s, "\u2212", "-")
	negative, signed := false, false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative, signed, s = true, true, tidy(s[1:len(s)-1])
	}
	sign := func() bool {
		if s == "" || s[0] != '-' && s[0] != '+' {
			return true
		}
		if signed {
			return false
		}
		negative, signed, s = s[0] == '-', true, tidy(s[1:])
		return true
	}
	if !sign() || !n.takePrefix(&s) || !sign() || !n.takeSuffixes(&s) {
		return n, notNumber
	}
	if strings.HasSuffix(s, "-") && !signed { // 1,234.50- as ledgers write it
		negative, s = true, tidy(s[:len(s)-1])
	}
	digits, why := n.digits(s)
	if why != understood {
		return n, why
	}
	n.text = digits
	if negative && strings.Trim(digits, "0.") != "" {
		n.text = "-" + digits
	}
	return n, understood
}

func hasDigit(s string) bool {
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			return true
		}
	}
	return false
}

// takePrefix takes a currency from the front.
func (n *numeral) takePrefix(s *string) bool {
	for _, c := range currencySigns {
		if rest, ok := strings.CutPrefix(*s, c.sign); ok {
			n.currency, *s = c.code, tidy(rest)
			return *s != ""
		}
	}
	if len(*s) > 3 {
		if _, ok := money.MinorUnits((*s)[:3]); ok {
			n.currency, *s = (*s)[:3], tidy((*s)[3:])
		}
	}
	return *s != ""
}

// takeSuffixes takes percent, currency and unit words from the end: 1.5 万元, 12.5%, 300 USD.
func (n *numeral) takeSuffixes(s *string) bool {
	if rest, ok := strings.CutSuffix(*s, "%"); ok {
		n.percent, *s = true, tidy(rest)
		return n.currency == ""
	}
	currency := ""
	for _, c := range currencySigns {
		if rest, ok := strings.CutSuffix(*s, c.sign); ok {
			currency, *s = c.code, tidy(rest)
			break
		}
	}
	if currency == "" && len(*s) > 3 {
		if _, ok := money.MinorUnits((*s)[len(*s)-3:]); ok {
			currency, *s = (*s)[len(*s)-3:], tidy((*s)[:len(*s)-3])
		}
	}
	if currency == "" {
		for _, yuan := range []string{"元整", "元", "圆"} {
			if rest, ok := strings.CutSuffix(*s, yuan); ok {
				currency, *s = "元", tidy(rest)
				break
			}
		}
	}
	switch {
	case currency == "":
	case n.currency == "":
		n.currency = currency
	case n.currency != currency && !(currency == "元" || n.currency == "$" && strings.HasSuffix(currency, "D") || n.currency == "¥" && (currency == "CNY" || currency == "JPY")):
		return false
	case currency != "元":
		n.currency = currency // the code says more than the sign
	}
	return *s != ""
}

// digits reads digits with thousands and places, and a unit behind them.
func (n *numeral) digits(s string) (string, fault) {
	shift := 0
	for _, u := range units {
		if rest, ok := strings.CutSuffix(s, u.word); ok {
			shift, s = u.places, tidy(rest)
			n.scaled = true
			break
		}
	}
	if i := strings.IndexAny(s, "eE"); i > 0 && strings.Trim(s[:i], "0123456789.") == "" && strings.Trim(s[i+1:], "+-0123456789") == "" {
		return "", digitsLost
	}
	whole, places, pointed := strings.Cut(s, ".")
	switch {
	case strings.Contains(places, "."), strings.Contains(places, ","):
		if strings.Trim(s, "0123456789.,") == "" {
			return "", pointUnclear
		}
		return "", notNumber
	case pointed && whole == "" && places == "", strings.Trim(places, "0123456789") != "":
		return "", notNumber
	}
	whole, why := n.group(whole)
	if why != understood {
		return "", why
	}
	n.grouped = n.grouped && !pointed
	n.padded = len(whole) > 1 && whole[0] == '0'
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	return shiftPoint(whole, places, shift), understood
}

// group takes the thousands separators out of a whole number: commas, blanks or apostrophes, each behind three digits.
func (n *numeral) group(s string) (string, fault) {
	if s == "" || strings.Trim(s, "0123456789") == "" {
		return s, understood
	}
	var sep string
	for _, candidate := range []string{",", "\u00a0", "\u202f", "\u2009", " ", "'", "’"} {
		if strings.Contains(s, candidate) {
			sep = candidate
			break
		}
	}
	if sep == "" {
		return "", notNumber
	}
	parts := strings.Split(s, sep)
	good := len(parts[0]) >= 1 && len(parts[0]) <= 3
	for i, p := range parts {
		if strings.Trim(p, "0123456789") != "" {
			return "", notNumber
		}
		good = good && (i == 0 || len(p) == 3)
	}
	if !good {
		if sep == "," {
			return "", commaUnclear
		}
		return "", notNumber
	}
	n.grouped = sep == "," && len(parts) == 2
	return strings.Join(parts, ""), understood
}

// shiftPoint moves the point of a decimal to the right.
func shiftPoint(whole, places string, by int) string {
	for ; by > 0; by-- {
		next := byte('0')
		if places != "" {
			next, places = places[0], places[1:]
		}
		if whole == "0" {
			whole = ""
		}
		whole += string(next)
	}
	if places == "" {
		return whole
	}
	return whole + "." + places
}

// dollars are the currencies that are written with a plain $.
var dollars = map[string]bool{
	"USD": true, "AUD": true, "CAD": true, "HKD": true, "SGD": true, "NZD": true, "TWD": true, "MXN": true, "ARS": true, "CLP": true, "COP": true,
}

// means reports whether a currency as it was written may be the given one.
func (n *numeral) means(currency string) bool {
	switch n.currency {
	case "", currency:
		return true
	case "¥":
		return currency == "CNY" || currency == "JPY"
	case "元":
		return currency == "CNY" || currency == "HKD" || currency == "TWD"
	case "$":
		return dollars[currency]
	}
	return false
}

var wrongCurrency = i18n.T("%s 的货币与字段的货币 %s 不同。请先换算，或改用另一个字段。",
	"%s is in another currency than the field, which is kept in %s. Convert it first or use another field.")

package intake

import (
	"strconv"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// Order is the order of day, month and year in a column.
type Order string

// The orders; none is a question that only a person can answer.
const (
	NoOrder Order = ""
	YMD     Order = "ymd"
	MDY     Order = "mdy"
	DMY     Order = "dmy"
)

// dayShape is how a date is written.
type dayShape uint8

const (
	noDay      dayShape = iota
	yearFirst           // 2026-3-5, 2026年3月5日, 20260305, 5 Mar 2026: only one reading
	yearLast            // 3/5/2026: the order must be known
	twoDigits           // 26/3/5: the century is missing
	incomplete          // 2026-03, 2026年3月
)

// writtenDay is a date as it was typed. Of yearLast, a and b are the first two numbers.
type writtenDay struct {
	shape            dayShape
	year, month, day int
	a, b             int
	rest             string // what stands behind: a time
}

// readDay recognises the forms of dates that people type; the numbers are not judged yet.
func readDay(s string) writtenDay {
	if s == "" || len(s) > maxNumeral || !hasDigit(s) {
		return writtenDay{}
	}
	s = fold(s)
	if d := readChinese(s); d.shape != noDay {
		return d
	}
	if d := readMonthName(s); d.shape != noDay {
		return d
	}
	first, after := leadingNumber(s)
	if first == "" {
		return writtenDay{}
	}
	if len(first) == 8 && (after == "" || after[0] == ' ' || after[0] == 'T') {
		d := writtenDay{shape: yearFirst, year: number(first[:4]), month: number(first[4:6]), day: number(first[6:]), rest: tidy(after)}
		if d.year < 1900 || d.year > 2199 || !d.valid() {
			return writtenDay{}
		}
		return d
	}
	after = tidy(after)
	if after == "" || !strings.ContainsRune("-/.", rune(after[0])) {
		return writtenDay{}
	}
	sep := after[:1]
	second, after := leadingNumber(tidy(after[1:]))
	if second == "" || len(second) > 2 {
		return writtenDay{}
	}
	after = tidy(after)
	if !strings.HasPrefix(after, sep) {
		if after == "" && len(first) == 4 && sep != "." {
			return writtenDay{shape: incomplete}
		}
		return writtenDay{}
	}
	third, rest := leadingNumber(tidy(after[1:]))
	if rest != "" && rest[0] != ' ' && rest[0] != 'T' {
		return writtenDay{}
	}
	rest = tidy(rest)
	switch {
	case len(first) == 4 && (len(third) == 1 || len(third) == 2):
		return writtenDay{shape: yearFirst, year: number(first), month: number(second), day: number(third), rest: rest}
	case len(first) <= 2 && len(third) == 4:
		return writtenDay{shape: yearLast, a: number(first), b: number(second), year: number(third), rest: rest}
	case len(first) <= 2 && (len(third) == 1 || len(third) == 2):
		return writtenDay{shape: twoDigits}
	}
	return writtenDay{}
}

// readChinese reads 2026年3月5日, also with 号 and blanks between.
func readChinese(s string) writtenDay {
	year, after := leadingNumber(s)
	after, ok := strings.CutPrefix(tidy(after), "年")
	if !ok {
		return writtenDay{}
	}
	if len(year) == 2 {
		return writtenDay{shape: twoDigits}
	}
	if len(year) != 4 {
		return writtenDay{}
	}
	month, after := leadingNumber(tidy(after))
	after, ok = strings.CutPrefix(tidy(after), "月")
	if !ok || len(month) == 0 || len(month) > 2 {
		return writtenDay{shape: incomplete}
	}
	day, after := leadingNumber(tidy(after))
	if day == "" {
		return writtenDay{shape: incomplete}
	}
	after = tidy(after)
	for _, word := range []string{"日", "号"} {
		after = strings.TrimPrefix(after, word)
	}
	if len(day) > 2 {
		return writtenDay{}
	}
	return writtenDay{shape: yearFirst, year: number(year), month: number(month), day: number(day), rest: tidy(after)}
}

var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// readMonthName reads 5 March 2026, 5-Mar-2026 and March 5, 2026: a month by name has only one reading.
func readMonthName(s string) writtenDay {
	if !strings.ContainsAny(s, "abcdefghijlmnoprstuvyADFJMNOS") {
		return writtenDay{}
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' || r == '/' })
	if len(words) < 3 {
		return writtenDay{}
	}
	day, name := words[0], words[1]
	if monthOf(name) == 0 {
		day, name = words[1], words[0]
	}
	month := monthOf(name)
	if day = strings.TrimRight(day, "stndrh"); month == 0 || len(day) == 0 || len(day) > 2 || strings.Trim(day, "0123456789") != "" || strings.Trim(words[2], "0123456789") != "" {
		return writtenDay{}
	}
	switch len(words[2]) {
	case 2:
		return writtenDay{shape: twoDigits}
	case 4:
		at := strings.LastIndex(s, words[2])
		if len(words) > 3 {
			at = strings.Index(s, words[2])
		}
		return writtenDay{shape: yearFirst, year: number(words[2]), month: month, day: number(day), rest: tidy(s[at+4:])}
	}
	return writtenDay{}
}

func monthOf(word string) int {
	word = strings.ToLower(word)
	for i, name := range monthNames {
		full := strings.ToLower(time.Month(i + 1).String())
		if word == name || word == full || word == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

func leadingNumber(s string) (digits, after string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// number reads at most eight digits.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func (d writtenDay) valid() bool {
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= daysIn(d.year, d.month)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// fits reports whether a date with the year last can be read in an order.
func (d writtenDay) fits(o Order) bool {
	return d.in(o).valid()
}

// in is the date read in an order.
func (d writtenDay) in(o Order) writtenDay {
	d.month, d.day = d.a, d.b
	if o == DMY {
		d.month, d.day = d.b, d.a
	}
	d.shape = yearFirst
	return d
}

// resolve turns a written date into a civil day, or says why not.
func (d writtenDay) resolve(o Order, shown string) (writtenDay, *problem.Error) {
	switch d.shape {
	case noDay:
		return d, problem.Bad("not_a_date", "", "%s 不是日期。请写成 2026-03-05、2026/3/5 或 2026年3月5日。", "%s is not a date. Write it like 2026-03-05 or 2026/3/5.", shown)
	case twoDigits:
		return d, problem.Bad("ambiguous_date", "", "%s 的年份只有两位，分不清是哪一年。请写全四位年份。", "The year of %s has only two digits. Write all four.", shown)
	case incomplete:
		return d, problem.Bad("incomplete_date", "", "%s 缺少日。请写成完整的日期，如 2026-03-05。", "%s lacks the day. Write a whole date such as 2026-03-05.", shown)
	case yearLast:
		if o != MDY && o != DMY {
			return d, problem.Bad("ambiguous_date", "", "%s 分不清是月/日/年还是日/月/年。请为该列选择日期顺序。",
				"%s may be month/day/year or day/month/year. Choose the order of dates for this column.", shown)
		}
		d = d.in(o)
	}
	if !d.valid() {
		return d, problem.Bad("no_such_day", "", "%s 不是存在的日子（按该列的日期顺序）。请检查日期或日期顺序。", "There is no such day as %s in this column's order of dates. Check the date or the order.", shown)
	}
	return d, nil
}

func (d writtenDay) civil() calendar.Day {
	return calendar.DayOf(d.year, time.Month(d.month), d.day)
}

// Days of a spreadsheet count from 1900-01-01 = 1 and include a 29 February 1900 that never was (serial 60).
var serialBase = calendar.DayOf(1899, time.December, 30)

const (
	lastSerial   = 2_958_465 // 9999-12-31
	days1904     = 1_462     // between the two bases
	millisPerDay = 86_400_000
)

// Serials of a column that is not styled as dates are believed only within 1954 to 2119: a year such as 2026 is no serial.
const (
	firstPlainSerial = 20_000
	lastPlainSerial  = 80_000
)

// readSerial reads a spreadsheet's date: the day, and the milliseconds since its start, to which spreadsheets are exact.
func readSerial(raw string) (calendar.Day, int64, bool) {
	text, _, ok := plainStored(raw)
	if !ok || strings.HasPrefix(text, "-") {
		return 0, 0, false
	}
	whole, places, _ := strings.Cut(text, ".")
	days, err := strconv.Atoi(whole)
	if err != nil || days < 1 || days == 60 || days > lastSerial {
		return 0, 0, false
	}
	if len(places) > money.MaxScale {
		places = places[:money.MaxScale]
	}
	var millis int64
	if places != "" {
		fraction, err := money.ParseDecimal("0." + places)
		if err != nil {
			return 0, 0, false
		}
		if millis, err = money.MulDiv(fraction.Coef, millisPerDay, money.Pow10(fraction.Scale), money.HalfUp); err != nil {
			return 0, 0, false
		}
	}
	if millis == millisPerDay {
		days, millis = days+1, 0
	}
	if days < 60 {
		days++
	}
	return serialBase + calendar.Day(days), millis, true
}

// from1904 turns a serial of a workbook that counts from 1904 into one that counts from 1900.
func from1904(raw string) string {
	text, _, ok := plainStored(raw)
	if !ok || strings.HasPrefix(text, "-") {
		return raw
	}
	whole, places, _ := strings.Cut(text, ".")
	days, err := strconv.Atoi(whole)
	if err != nil {
		return raw
	}
	if places != "" {
		places = "." + places
	}
	return strconv.Itoa(days+days1904) + places
}

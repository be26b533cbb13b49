package intake

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/internal/calendar"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// reading is how the cells of a column are read: the type of its field and what is known of the whole column.
type reading struct {
	typ          string
	currency     string // of a money field
	order        Order
	zone         *time.Location // of times without an offset
	nulls        bool           // "-", "N/A" and the like are nothing
	serials      bool           // bare whole numbers are a spreadsheet's dates
	decimalComma bool           // some cell of the column uses a comma as its point: no comma can be trusted
}

// nothings are what people write where there is nothing to write.
var nothings = map[string]bool{
	"-": true, "--": true, "—": true, "——": true, "–": true, "/": true, "\\": true, "n/a": true, "na": true, "#n/a": true, "nil": true, "null": true,
	"none": true, "无": true, "空": true, "暂无": true, "未知": true,
}

// isNothing reports whether a cell says that there is nothing.
func (r *reading) isNothing(text string) bool {
	return text == "" || r.nulls && nothings[strings.ToLower(fold(text))]
}

// read turns a cell into what record takes for the field, nil for nothing. References and choices stay texts.
func (r *reading) read(c Cell) (any, *problem.Error) {
	text := tidy(c.Text)
	if r.isNothing(text) {
		return nil, nil
	}
	if c.Kind == Fault {
		return nil, problem.Bad("cell_error", "", "单元格里是公式错误 %s，请在表格中修正公式。", "The cell holds a failed formula: %s. Mend it in the spreadsheet.", clip(text))
	}
	switch r.typ {
	case record.TypeNumber, record.TypeAutoNumber:
		return r.number(c, text)
	case record.TypeMoney:
		return r.money(c, text)
	case record.TypePercent:
		return r.percent(c, text)
	case record.TypeDate:
		return r.date(c, text)
	case record.TypeDateTime:
		return r.datetime(c, text)
	case record.TypeBool:
		return r.bool(c, text)
	case record.TypeChoices:
		return splitChoices(text), nil
	}
	return r.text(c, text)
}

// text is a cell as text. Numbers and dates of a workbook become what people would have typed.
func (r *reading) text(c Cell, text string) (any, *problem.Error) {
	switch c.Kind {
	case Number:
		plain, lost, ok := plainStored(text)
		if lost {
			return nil, problem.Bad("digits_lost", "", "表格把 %s 存成了数字，15 位以后的数字已丢失。请把该列设为文本后重新填写。",
				"The spreadsheet stored %s as a number, so digits after the 15th are lost. Make the column text and enter it again.", clip(text))
		}
		if ok {
			return plain, nil
		}
	case Percent, Moment:
		return display(c), nil
	}
	return text, nil
}

// display is a cell as a person would see it.
func display(c Cell) string {
	text := tidy(c.Text)
	switch c.Kind {
	case Number:
		if plain, _, ok := plainStored(text); ok {
			return plain
		}
	case Percent:
		if plain, _, ok := plainStored(text); ok {
			sign := ""
			if strings.HasPrefix(plain, "-") {
				sign, plain = "-", plain[1:]
			}
			whole, places, _ := strings.Cut(plain, ".")
			shifted := strings.TrimLeft(shiftPoint(whole, places, 2), "0")
			if shifted == "" || shifted[0] == '.' {
				shifted = "0" + shifted
			}
			return sign + shifted + "%"
		}
	case Moment:
		if day, millis, ok := readSerial(text); ok {
			if millis == 0 {
				return day.String()
			}
			return day.String() + " " + (time.Time{}).Add(time.Duration(millis)*time.Millisecond).Format("15:04:05")
		}
	}
	return text
}

// numeral reads a number of any kind of cell.
func (r *reading) numeral(c Cell, text string) (numeral, *problem.Error) {
	switch c.Kind {
	case Number, Percent:
		plain, _, ok := plainStored(text)
		if !ok {
			return numeral{}, notNumber.problem(clip(text))
		}
		return numeral{text: plain, percent: c.Kind == Percent}, nil
	case Moment, Truth:
		return numeral{}, notNumber.problem(clip(display(c)))
	}
	n, why := readNumeral(text)
	if why == understood && n.grouped && r.decimalComma {
		why = commaUnclear
	}
	if why != understood {
		return n, why.problem(clip(text))
	}
	return n, nil
}

func (r *reading) number(c Cell, text string) (any, *problem.Error) {
	n, p := r.numeral(c, text)
	switch {
	case p != nil:
		return nil, p
	case n.currency != "":
		return nil, problem.Bad("currency_in_number", "", "%s 带有货币，而字段是普通数字。请把字段改为金额，或去掉货币。", "%s has a currency but the field is a plain number. Make the field money, or take the currency away.", clip(text))
	case n.percent && c.Kind == Typed:
		return nil, problem.Bad("percent_in_number", "", "%s 是百分比，而字段是普通数字。请把字段改为百分比，或去掉百分号。", "%s is a percentage but the field is a plain number. Make the field a percentage, or take the sign away.", clip(text))
	}
	return n.text, nil
}

func (r *reading) money(c Cell, text string) (any, *problem.Error) {
	n, p := r.numeral(c, text)
	switch {
	case p != nil:
		return nil, p
	case n.percent:
		return nil, problem.Bad("percent_in_money", "", "%s 是百分比，不是金额。", "%s is a percentage, not an amount.", clip(display(c)))
	case !n.means(r.currency):
		return nil, problem.Bad("wrong_currency", "", wrongCurrency.ZH, wrongCurrency.EN, clip(text), r.currency)
	}
	return n.text, nil
}

// percent reads 12.5%. A bare number is the fraction itself, as in 0.125; beyond 1 it could as well be percent.
func (r *reading) percent(c Cell, text string) (any, *problem.Error) {
	n, p := r.numeral(c, text)
	switch {
	case p != nil:
		return nil, p
	case n.currency != "" || n.scaled:
		return nil, problem.Bad("not_a_percentage", "", "%s 不是百分比。请写成 12.5%% 或 0.125。", "%s is not a percentage. Write 12.5%% or 0.125.", clip(text))
	case c.Kind == Percent:
		return n.text, nil
	case n.percent:
		return n.text + "%", nil
	}
	magnitude := strings.TrimPrefix(n.text, "-")
	if whole, places, _ := strings.Cut(magnitude, "."); whole != "0" && (whole != "1" || strings.Trim(places, "0") != "") {
		return nil, problem.Bad("ambiguous_percentage", "", "%s 没有百分号，可能是 %s%% 也可能是 %s 倍。请写明百分号，或写成 0.125 这样的小数。",
			"%s has no percent sign: it may be %s %% or %s times. Write the sign, or a fraction such as 0.125.", clip(text), n.text, n.text)
	}
	return n.text, nil
}

// moment reads the day and the time of a cell.
func (r *reading) moment(c Cell, text string) (writtenDay, writtenTime, *problem.Error) {
	shown := clip(text)
	if serial := r.serial(c, text); serial != "" {
		day, millis, ok := readSerial(serial)
		if !ok {
			d, p := writtenDay{}.resolve(r.order, shown)
			return d, writtenTime{}, p
		}
		year, month, date := day.Date()
		return writtenDay{shape: yearFirst, year: year, month: int(month), day: date}, writtenTime{millis: millis}, nil
	}
	if c.Kind == Number {
		if plain, _, ok := plainStored(text); ok {
			text = plain
		}
	}
	d, p := readDay(text).resolve(r.order, shown)
	if p != nil {
		return d, writtenTime{}, p
	}
	t, ok := readTime(d.rest)
	if !ok {
		return d, t, problem.Bad("not_a_time", "", "%s 中的时间看不懂。请写成 2026-03-05 14:30。", "The time in %s is not understood. Write it like 2026-03-05 14:30.", shown)
	}
	return d, t, nil
}

// serial is the text of a cell that holds a spreadsheet's date: because it is styled so, or because the column is one of
// dates and all its numbers are in the range of such dates.
func (r *reading) serial(c Cell, text string) string {
	if c.Kind == Moment || r.serials && (c.Kind == Number || strings.Trim(text, "0123456789.") == "") && plainSerial(text) {
		return text
	}
	return ""
}

// plainSerial reports whether a bare number can be a spreadsheet's date.
func plainSerial(text string) bool {
	whole, _, _ := strings.Cut(text, ".")
	if len(whole) != 5 || strings.Trim(text, "0123456789.") != "" || strings.Count(text, ".") > 1 {
		return false
	}
	n := number(whole)
	return n >= firstPlainSerial && n <= lastPlainSerial
}

// date takes the day as it is written. Only an offset can make it another day where the organisation is.
func (r *reading) date(c Cell, text string) (any, *problem.Error) {
	d, t, p := r.moment(c, text)
	if p != nil {
		return nil, p
	}
	if t.zone == nil {
		return d.civil().String(), nil
	}
	at, p := instant(d, t.millis, t.zone, clip(text))
	if p != nil {
		return nil, p
	}
	return calendar.DayAt(at, r.zone).String(), nil
}

func (r *reading) datetime(c Cell, text string) (any, *problem.Error) {
	d, t, p := r.moment(c, text)
	if p != nil {
		return nil, p
	}
	zone := t.zone
	if zone == nil {
		zone = r.zone
	}
	at, p := instant(d, t.millis, zone, clip(text))
	if p != nil {
		return nil, p
	}
	return at.UTC().Format(time.RFC3339Nano), nil
}

var yesNo = map[string]bool{
	"是": true, "对": true, "有": true, "真": true, "yes": true, "y": true, "true": true, "t": true, "1": true, "on": true, "√": true, "✓": true, "✔": true,
	"否": false, "不是": false, "错": false, "没有": false, "无": false, "假": false, "no": false, "n": false, "false": false, "f": false, "0": false, "off": false, "×": false, "✗": false, "✘": false,
}

func (r *reading) bool(c Cell, text string) (any, *problem.Error) {
	if yes, ok := yesNo[strings.ToLower(fold(text))]; ok {
		return yes, nil
	}
	return nil, problem.Bad("not_yes_or_no", "", "%s 不是“是”或“否”。请写成 是/否、yes/no、true/false 或 1/0。", "%s is neither yes nor no. Write yes/no, true/false or 1/0.", clip(text))
}

// splitChoices takes a cell of several choices apart.
func splitChoices(text string) []any {
	var out []any
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；、,，|\n", r) }) {
		if part = tidy(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// maxShown bounds what a problem quotes, in characters.
const maxShown = 80

// clip is a text as a sentence may quote it.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if utf8.RuneCountInString(s) > maxShown {
		s = string([]rune(s)[:maxShown]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

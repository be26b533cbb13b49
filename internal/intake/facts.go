package intake

import (
	"strings"
)

// Facts are what all cells of a column have in common. They count cells, and a cell may count for several readings.
type Facts struct {
	Filled   int64 `json:"filled"`
	Numbers  int64 `json:"numbers,omitempty"`  // plain numbers, the whole ones included
	Wholes   int64 `json:"wholes,omitempty"`   // whole numbers without a sign of currency or percent
	Padded   int64 `json:"padded,omitempty"`   // numbers with zeros in front: rather a code
	Money    int64 `json:"money,omitempty"`    // with a currency
	Percents int64 `json:"percents,omitempty"` // with a percent sign
	Days     int64 `json:"days,omitempty"`     // dates of one reading
	Slashed  int64 `json:"slashed,omitempty"`  // dates with the year last
	Timed    int64 `json:"timed,omitempty"`    // dates with a time of day
	YesNo    int64 `json:"yes_no,omitempty"`
	Serials  int64 `json:"serials,omitempty"` // whole numbers that can be a spreadsheet's dates
	Long     int64 `json:"long,omitempty"`    // texts of more than a line

	Places       int    `json:"places,omitempty"` // most decimal places
	Currency     string `json:"currency,omitempty"`
	Order        Order  `json:"order,omitempty"` // of the dates with the year last, when all cells together leave one only
	DecimalComma bool   `json:"decimal_comma,omitempty"`
	Distinct     int64  `json:"distinct,omitempty"` // different values, at most maxDistinct+1
	Repeats      bool   `json:"repeats,omitempty"`

	Values []string `json:"values,omitempty"` // all different values in order of appearance, if there are at most maxDistinct
	Probe  []string `json:"probe,omitempty"`  // the first different values, by which people and records are recognised
}

// Bounds of what is remembered of a column.
const (
	maxDistinct = 500 // as many as a field has choices
	maxSamples  = 5
	maxSample   = 100 // characters
	maxProbe    = 50

	maxRemembered = 200_000 // hashes, by which a repetition is noticed
)

// collector gathers the facts of a column.
type collector struct {
	facts      Facts
	samples    []string
	seen       map[string]bool
	order      []string
	notMDY     bool
	notDMY     bool
	twoSigns   bool
	everything map[uint64]struct{} // hashes of all values, to know whether a column can be a key
}

func (c *collector) add(cell Cell) {
	text := tidy(cell.Text)
	if text == "" || nothings[strings.ToLower(text)] {
		return
	}
	f := &c.facts
	f.Filled++
	c.remember(display(cell))
	switch cell.Kind {
	case Number:
		if plain, _, ok := plainStored(text); ok {
			c.number(numeral{text: plain})
		}
		return
	case Percent:
		f.Percents++
		if plain, _, ok := plainStored(text); ok {
			f.Places = max(f.Places, places(plain)-2)
		}
		return
	case Moment:
		f.Days++
		if _, millis, ok := readSerial(text); ok && millis != 0 {
			f.Timed++
		}
		return
	case Truth:
		f.YesNo++
		return
	case Fault:
		return
	}
	if len(text) <= 8 {
		if _, ok := yesNo[strings.ToLower(text)]; ok {
			f.YesNo++
		}
	}
	if len(text) > 200 || strings.Contains(text, "\n") {
		f.Long++
		return
	}
	if !hasDigit(text) {
		return
	}
	n, why := readNumeral(text)
	switch why {
	case understood:
		c.number(n)
	case commaUnclear, pointUnclear:
		f.DecimalComma = true
	case notNumber:
	}
	if d := readDay(text); d.shape != noDay {
		c.day(d)
	}
}

func (c *collector) number(n numeral) {
	f := &c.facts
	f.Places = max(f.Places, places(n.text))
	switch {
	case n.percent:
		f.Percents++
	case n.currency != "":
		f.Money++
		c.currency(n.currency)
	default:
		f.Numbers++
		if !strings.Contains(n.text, ".") {
			f.Wholes++
		}
		if n.padded {
			f.Padded++
		}
		if plainSerial(n.text) && !n.grouped {
			f.Serials++
		}
	}
}

// currency notes the currency of a column; a code says more than a sign, and two currencies are none.
func (c *collector) currency(code string) {
	f := &c.facts
	switch {
	case c.twoSigns || f.Currency == code:
	case f.Currency == "" || len(f.Currency) < 3 && (&numeral{currency: f.Currency}).means(code) || f.Currency == "元" && code == "CNY":
		f.Currency = code
	case (&numeral{currency: code}).means(f.Currency):
	default:
		f.Currency, c.twoSigns = "", true
	}
}

func (c *collector) day(d writtenDay) {
	f := &c.facts
	switch d.shape {
	case yearFirst:
		if !d.valid() {
			return
		}
		f.Days++
	case yearLast:
		mdy, dmy := d.fits(MDY), d.fits(DMY)
		if !mdy && !dmy {
			return
		}
		f.Slashed++
		c.notMDY = c.notMDY || !mdy
		c.notDMY = c.notDMY || !dmy
	default:
		return
	}
	if t, ok := readTime(d.rest); ok && d.rest != "" && (t.millis != 0 || t.zone != nil) {
		f.Timed++
	}
}

func (c *collector) remember(text string) {
	if c.seen == nil {
		c.seen, c.everything = map[string]bool{}, map[uint64]struct{}{}
	}
	h := hash64(text)
	if _, again := c.everything[h]; again {
		c.facts.Repeats = true
	} else if len(c.everything) < maxRemembered && (!c.facts.Repeats || len(c.everything) <= maxDistinct) {
		c.everything[h] = struct{}{}
	}
	if c.seen[text] || len(c.order) > maxDistinct {
		return
	}
	c.seen[text] = true
	if len(c.order) < maxSamples {
		c.samples = append(c.samples, cut(text, maxSample))
	}
	c.order = append(c.order, text)
}

func (c *collector) done() Facts {
	f := c.facts
	if f.Slashed > 0 && c.notMDY != c.notDMY {
		f.Order = MDY
		if c.notMDY {
			f.Order = DMY
		}
	}
	f.Distinct = int64(len(c.order))
	for _, v := range c.order[:min(len(c.order), maxProbe)] {
		if len(v) <= maxSample*4 {
			f.Probe = append(f.Probe, v)
		}
	}
	if len(c.order) <= maxDistinct {
		total := 0
		for _, v := range c.order {
			total += len(v)
		}
		if total <= 64<<10 {
			f.Values = c.order
		}
	}
	return f
}

func places(plain string) int {
	_, after, _ := strings.Cut(plain, ".")
	return len(strings.TrimRight(after, "0"))
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// hash64 is FNV-1a: a survey hashes every cell of a file.
func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

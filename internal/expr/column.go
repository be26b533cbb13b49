package expr

import "laurel/internal/value"

// Column is one field of many rows: whole numbers, or places in a list of texts.
type Column struct {
	Ints    []int64  // of a number its coefficient at Scale, of a day, an instant or a reference itself, of yes or no 1 or 0
	Scale   uint8    // decimal places of all numbers
	Missing []bool   // of Ints, as long as they
	Codes   []uint32 // of texts: 1 + the place in Texts, 0 where missing
	Texts   []string

	kind   value.Kind
	places map[string]uint32 // Codes by text
	scaled bool              // Scale is known
}

// NewColumn makes an empty column of a variable.
func NewColumn(v Var) *Column { return &Column{kind: v.kind(), places: map[string]uint32{}} }

// Set writes the value of a row, which is one of the rows or the next one. It reports false for a value that columns cannot
// hold: several texts, or a number with other decimal places than those before it.
func (c *Column) Set(row int, v value.Value) bool {
	switch c.kind {
	case value.List:
		return false
	case value.Text:
		if row == len(c.Codes) {
			c.Codes = append(c.Codes, 0)
		}
		c.Codes[row] = c.place(v)
		return true
	}
	if row == len(c.Ints) {
		c.Ints, c.Missing = append(c.Ints, 0), append(c.Missing, true)
	}
	c.Missing[row] = !isOf(&v, c.kind)
	if c.Missing[row] {
		return true
	}
	switch c.kind {
	case value.Bool:
		c.Ints[row] = 0
		if v.Bool() {
			c.Ints[row] = 1
		}
	case value.Number:
		d := v.Decimal()
		if c.scaled && d.Scale != c.Scale {
			return false
		}
		c.Ints[row], c.Scale, c.scaled = d.Coef, d.Scale, true
	default:
		c.Ints[row], _ = ordinalOf(&v, c.kind)
	}
	return true
}

func (c *Column) place(v value.Value) uint32 {
	if v.Kind() != value.Text {
		return 0
	}
	code, known := c.places[v.Text()]
	if !known {
		c.Texts = append(c.Texts, v.Text())
		code = uint32(len(c.Texts)) //nolint:gosec // no more texts than rows, which their ids' memory bounds
		c.places[v.Text()] = code
	}
	return code
}

package expr

import (
	"math"
	"math/big"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"laurel/internal/money"
	"laurel/internal/value"
)

// Filter is a condition that runs on columns. It gives what Test gives of each row; it cannot overflow.
type Filter struct{ root filterNode }

// filterBlock is how many rows a node tests at once, so that what it writes stays in the processor's cache.
const filterBlock = 2048

// filterNode readies a test for some columns; the test is of the rows from …, as many as out is long.
type (
	filterNode func(columns []*Column) filterTest
	filterTest func(from int, out []bool)
)

// Filter is the condition for columns; ok is false for one that only runs row by row: arithmetic, fields held against
// fields, fields of several texts, and choices between values.
func (p *Program) Filter() (f Filter, ok bool) { return Filter{p.filter}, p.filter != nil }

// On readies the filter for columns, which are in the order of the environment's variables; those that the condition does not
// read may be nil. The test writes whether rows from … meet the condition; goroutines may share it.
func (f Filter) On(columns []*Column) func(from int, out []bool) {
	test := f.root(columns)
	return func(from int, out []bool) {
		for len(out) > 0 {
			n := min(len(out), filterBlock)
			test(from, out[:n])
			from, out = from+n, out[n:]
		}
	}
}

// filter compiles a condition for columns, or gives nil.
func (c *closures) filter(e ast.Expr) filterNode {
	if e.Kind() == ast.LiteralKind {
		b := e.AsLiteral() == types.True
		return func([]*Column) filterTest {
			return func(_ int, out []bool) {
				for i := range out {
					out[i] = b
				}
			}
		}
	}
	if e.Kind() == ast.IdentKind {
		return c.filterYes(e)
	}
	if e.Kind() != ast.CallKind {
		return nil
	}
	call := e.AsCall()
	args := call.Args()
	switch name := call.FunctionName(); name {
	case operators.LogicalAnd, operators.LogicalOr:
		return joined(c.filter(args[0]), c.filter(args[1]), name == operators.LogicalAnd)
	case operators.LogicalNot:
		return inverted(c.filter(args[0]))
	case fnTruth:
		return c.filter(args[0])
	case fnNotNull:
		return c.filterPresent(args[0])
	case fnIsNull:
		return inverted(c.filterPresent(args[0]))
	case operators.In:
		return c.filterIn(args[0], args[1])
	case "contains", "startsWith", "endsWith", "matches":
		return c.filterText(e, append([]ast.Expr{call.Target()}, args...))
	default:
		if op, ok := outcomes[name]; ok {
			return c.filterCompare(op, e, args[0], args[1])
		}
	}
	return nil
}

func joined(a, b filterNode, and bool) filterNode {
	if a == nil || b == nil {
		return nil
	}
	return func(columns []*Column) filterTest {
		x, y := a(columns), b(columns)
		return func(from int, out []bool) {
			var other [filterBlock]bool
			x(from, out)
			y(from, other[:len(out)])
			if and {
				for i := range out {
					out[i] = out[i] && other[i]
				}
				return
			}
			for i := range out {
				out[i] = out[i] || other[i]
			}
		}
	}
}

func inverted(a filterNode) filterNode {
	if a == nil {
		return nil
	}
	return func(columns []*Column) filterTest {
		x := a(columns)
		return func(from int, out []bool) {
			x(from, out)
			for i := range out {
				out[i] = !out[i]
			}
		}
	}
}

// filterYes is a field of yes or no.
func (c *closures) filterYes(e ast.Expr) filterNode {
	i := c.field(e)
	if i < 0 || c.kind(e) != value.Bool {
		return nil
	}
	return within(i, func(uint8) (int64, int64) { return 1, 1 }, false)
}

func (c *closures) filterPresent(e ast.Expr) filterNode {
	i := c.field(e)
	switch {
	case i < 0 || c.kind(e) == value.List:
		return nil
	case c.kind(e) == value.Text:
		return ofText(i, func(r Row) (bool, error) { return r.Field(i).Kind() == value.Text, nil })
	}
	return within(i, func(uint8) (int64, int64) { return math.MinInt64, math.MaxInt64 }, false)
}

// filterText is a test of one text field against constants: it runs once for each different text.
func (c *closures) filterText(e ast.Expr, of []ast.Expr) filterNode {
	field := -1
	for _, a := range of {
		switch t := c.text(a); {
		case t.constant != nil:
		case t.field >= 0 && field < 0:
			field = t.field
		default:
			return nil
		}
	}
	if field < 0 {
		return nil
	}
	return ofText(field, c.truth(e))
}

func (c *closures) filterIn(left, right ast.Expr) filterNode {
	if right.Kind() != ast.ListKind {
		return nil
	}
	items := right.AsList().Elements()
	switch c.kind(left) {
	case value.Text:
		x := c.text(left)
		set, ok := c.constants(items)
		if x.field < 0 || !ok {
			return nil
		}
		return ofText(x.field, inTexts(x, set))
	case value.Bool:
		return nil
	}
	found := filterNode(func([]*Column) filterTest { return func(_ int, out []bool) { clear(out) } })
	for _, item := range items {
		found = joined(found, c.filterCompare(outcomes[fnEqual], nil, left, item), false)
		if found == nil {
			return nil
		}
	}
	return found
}

func (c *closures) filterCompare(o outcome, e, a, b ast.Expr) filterNode {
	switch c.kind(a) {
	case value.Bool, value.List:
		return nil
	case value.Text:
		return c.filterText(e, []ast.Expr{a, b})
	case value.Number:
		x, y := c.number(a), c.number(b)
		if x.constant != nil && y.field >= 0 {
			x, y, o = y, x, o.mirrored()
		}
		if x.field < 0 || y.constant == nil {
			return nil
		}
		k := *y.constant
		return within(x.field, func(scale uint8) (int64, int64) { return o.figures(k, scale) }, o == outcomes[fnUnequal])
	}
	x, y := c.ordinal(a), c.ordinal(b)
	if x.constant != nil && y.field >= 0 {
		x, y, o = y, x, o.mirrored()
	}
	if x.field < 0 || y.constant == nil {
		return nil
	}
	k := money.Decimal{Coef: *y.constant}
	return within(x.field, func(uint8) (int64, int64) { return o.figures(k, 0) }, o == outcomes[fnUnequal])
}

// figures are the first and last coefficient at a scale of which the operator holds against a constant; for ≠ those of =.
func (o outcome) figures(k money.Decimal, scale uint8) (first, last int64) {
	line := new(big.Int).Mul(big.NewInt(k.Coef), pow10(scale))
	floor, rest := new(big.Int).DivMod(line, pow10(k.Scale), new(big.Int)) // rounds down: the divisor is above 0
	exact := rest.Sign() == 0
	below := new(big.Int).Set(floor) // the last coefficient below the line
	if exact {
		below.Sub(below, big.NewInt(1))
	}
	low, high := big.NewInt(math.MinInt64), big.NewInt(math.MaxInt64)
	switch o {
	case 1:
		high = below
	case 3:
		high = floor
	case 4:
		low = new(big.Int).Add(floor, big.NewInt(1))
	case 6:
		low = new(big.Int).Add(below, big.NewInt(1))
	default:
		if !exact {
			return 1, 0
		}
		low, high = floor, floor
	}
	if low.Cmp(big.NewInt(math.MaxInt64)) > 0 || high.Cmp(big.NewInt(math.MinInt64)) < 0 {
		return 1, 0
	}
	if low.IsInt64() {
		first = low.Int64()
	} else {
		first = math.MinInt64
	}
	if high.IsInt64() {
		return first, high.Int64()
	}
	return first, math.MaxInt64
}

func pow10(n uint8) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// within tests whether whole numbers are there and lie between two others, or outside of them.
func within(field int, bounds func(scale uint8) (first, last int64), outside bool) filterNode {
	return func(columns []*Column) filterTest {
		column := columns[field]
		first, last := bounds(column.Scale)
		return func(from int, out []bool) {
			ints, missing := column.Ints[from:from+len(out)], column.Missing[from:from+len(out)]
			for i, n := range ints {
				out[i] = (n >= first && n <= last) != outside && !missing[i]
			}
		}
	}
}

// ofText asks once for each different text, and once for a missing one.
func ofText(field int, test truthFn) filterNode {
	return func(columns []*Column) filterTest {
		column := columns[field]
		row := textRow{field: field, missing: true}
		holds := make([]bool, len(column.Texts)+1)
		holds[0], _ = test(&row) // a test of texts never fails
		row.missing = false
		for i, text := range column.Texts {
			row.text = text
			holds[i+1], _ = test(&row)
		}
		return func(from int, out []bool) {
			for i, code := range column.Codes[from : from+len(out)] {
				out[i] = holds[code]
			}
		}
	}
}

// textRow is a row with one text.
type textRow struct {
	field   int
	text    string
	missing bool
}

// Field implements Row.
func (r *textRow) Field(i int) value.Value {
	if i != r.field || r.missing {
		return value.Value{}
	}
	return value.OfText(r.text)
}

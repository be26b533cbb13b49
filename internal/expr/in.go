package expr

import (
	"slices"

	"cel.dev/cel-go/common/ast"

	"laurel/internal/value"
)

// in compiles membership: in a field of several texts, or in a list written out. Missing items of such a list match nothing.
func (c *closures) in(left, right ast.Expr) truthFn {
	if right.Kind() != ast.ListKind {
		x, y := c.text(left).eval, c.list(right)
		return func(r Row) (bool, error) {
			s, ok, err := x(r)
			items, ok2, err2 := y(r)
			if err == nil {
				err = err2
			}
			return err == nil && ok && ok2 && slices.Contains(items, s), err
		}
	}
	items := right.AsList().Elements()
	var tests []truthFn
	switch c.kind(left) {
	case value.Text:
		x := c.text(left)
		if set, ok := c.constants(items); ok {
			return inTexts(x, set)
		}
		for _, item := range items {
			tests = append(tests, compareTexts(outcomes[fnEqual], x, c.text(item)))
		}
	case value.Number:
		x := c.number(left)
		for _, item := range items {
			tests = append(tests, compareNumbers(outcomes[fnEqual], x, c.number(item)))
		}
	default:
		x := c.ordinal(left)
		for _, item := range items {
			tests = append(tests, compareOrdinals(outcomes[fnEqual], x, c.ordinal(item)))
		}
	}
	// An error in any item is an error of the whole, as the list is made before anything is looked up in it.
	return func(r Row) (bool, error) {
		found := false
		for _, test := range tests {
			ok, err := test(r)
			if err != nil {
				return false, err
			}
			found = found || ok
		}
		return found, nil
	}
}

// constants are the texts of a list of literals.
func (c *closures) constants(items []ast.Expr) ([]string, bool) {
	set := make([]string, len(items))
	for i, item := range items {
		t := c.text(item)
		if t.constant == nil {
			return nil, false
		}
		set[i] = *t.constant
	}
	return set, true
}

func inTexts(x text, set []string) truthFn {
	if x.field >= 0 {
		i := x.field
		return func(r Row) (bool, error) {
			v := r.Field(i)
			return v.Kind() == value.Text && slices.Contains(set, v.Text()), nil
		}
	}
	of := x.eval
	return func(r Row) (bool, error) {
		s, ok, err := of(r)
		return err == nil && ok && slices.Contains(set, s), err
	}
}

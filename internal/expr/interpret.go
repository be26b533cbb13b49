package expr

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"laurel/internal/money"
	"laurel/internal/value"
)

// This file runs programs in cel-go's interpreter. It is the proof of the closures and shares nothing with them but the
// checked tree: figures are big.Rat (decimal.go), missing values are CEL's null, and each function has its own binding here.

// InterpretTest is Test, run by cel-go's interpreter.
func (p *Program) InterpretTest(row Row) (bool, error) {
	if p.want != Condition {
		return false, errNotCondition
	}
	out, err := p.interpret(row)
	if err != nil {
		return false, err
	}
	b, ok := out.(types.Bool)
	if !ok {
		return false, fmt.Errorf("interpreting %q gave %s, not a truth value", p.source, out.Type().TypeName())
	}
	return bool(b), nil
}

// InterpretQuantity is Quantity, run by cel-go's interpreter.
func (p *Program) InterpretQuantity(row Row) (f money.Frac, ok bool, err error) {
	if p.want != Quantity {
		return money.Frac{}, false, errNotQuantity
	}
	out, err := p.interpret(row)
	if err != nil || out == types.NullValue {
		return money.Frac{}, false, err
	}
	d, isDecimal := out.(decimal)
	if !isDecimal {
		return money.Frac{}, false, fmt.Errorf("interpreting %q gave %s, not a number", p.source, out.Type().TypeName())
	}
	f, err = money.NewFrac(d.rat.Num().Int64(), d.rat.Denom().Int64())
	return f, err == nil, err
}

func (p *Program) interpret(row Row) (ref.Val, error) {
	program, err := p.interpreter()
	if err != nil {
		return nil, fmt.Errorf("planning %q: %w", p.source, err)
	}
	out, _, err := program.Eval(activation{env: p.env, row: row})
	if err == nil {
		return out, nil
	}
	if errors.Is(err, errOutOfRange) {
		return nil, errOverflow.Because(err)
	}
	return nil, fmt.Errorf("interpreting %q: %w", p.source, err)
}

// activation gives the interpreter the values of a row by name.
type activation struct {
	env *Env
	row Row
}

// Parent is part of cel.Activation; there is none.
func (a activation) Parent() cel.Activation { return nil }

// ResolveName gives the value of a variable, null if it is missing or of another kind than declared.
func (a activation) ResolveName(name string) (any, bool) {
	i, ok := a.env.index[name]
	if !ok {
		return nil, false
	}
	v := a.row.Field(i)
	declared := a.env.vars[i]
	fits := v.Kind() == declared.Kind && !declared.List
	switch {
	case declared.List:
		fits = v.Kind() == value.List
	case declared.Kind == value.Number || declared.Kind == value.Money:
		fits = v.Kind() == value.Number || v.Kind() == value.Money
	}
	if !fits {
		return types.NullValue, true
	}
	return interpretValue(v), true
}

// interpretValue is a value as the interpreter knows it; days, instants and references are integers there.
func interpretValue(v value.Value) ref.Val {
	switch v.Kind() {
	case value.Bool:
		return types.Bool(v.Bool())
	case value.Number, value.Money:
		return newDecimal(v.Decimal())
	case value.Date:
		return types.Int(v.Day())
	case value.Time:
		return types.Int(v.Micros())
	case value.Text:
		return types.String(v.Text())
	case value.List:
		return types.NewStringList(types.DefaultTypeAdapter, v.List())
	case value.Ref:
		return types.Int(v.Ref())
	}
	return types.NullValue
}

func missing(values ...ref.Val) bool {
	for _, v := range values {
		if v.Type() == types.NullType {
			return true
		}
	}
	return false
}

func interpretNot(v ref.Val) ref.Val {
	b, ok := v.(types.Bool)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	return !b
}

func interpretTruth(v ref.Val) ref.Val { return types.Bool(v == types.True) }

func interpretIsNull(v ref.Val) ref.Val { return types.Bool(missing(v)) }

func interpretNotNull(v ref.Val) ref.Val { return types.Bool(!missing(v)) }

func interpretNegate(v ref.Val) ref.Val {
	if missing(v) {
		return types.NullValue
	}
	return v.(traits.Negater).Negate()
}

func interpretArithmetic(name string) func(a, b ref.Val) ref.Val {
	return func(a, b ref.Val) ref.Val {
		if missing(a, b) {
			return types.NullValue
		}
		switch name {
		case operators.Add:
			return a.(traits.Adder).Add(b)
		case operators.Subtract:
			return a.(traits.Subtractor).Subtract(b)
		case operators.Multiply:
			return a.(traits.Multiplier).Multiply(b)
		}
		return a.(traits.Divider).Divide(b)
	}
}

func interpretComparison(name string) func(a, b ref.Val) ref.Val {
	return func(a, b ref.Val) ref.Val {
		if missing(a, b) {
			return types.False
		}
		switch name {
		case fnEqual:
			return a.Equal(b)
		case fnUnequal:
			return types.Bool(a.Equal(b) == types.False)
		}
		order, ok := a.(traits.Comparer).Compare(b).(types.Int)
		if !ok {
			return types.MaybeNoSuchOverloadErr(b)
		}
		switch name {
		case operators.Less:
			return types.Bool(order < 0)
		case operators.LessEquals:
			return types.Bool(order <= 0)
		case operators.Greater:
			return types.Bool(order > 0)
		}
		return types.Bool(order >= 0)
	}
}

func interpretIn(item, list ref.Val) ref.Val {
	if missing(item, list) {
		return types.False
	}
	for it := list.(traits.Lister).Iterator(); it.HasNext() == types.True; {
		if other := it.Next(); !missing(other) && item.Equal(other) == types.True {
			return types.True
		}
	}
	return types.False
}

func interpretSize(v ref.Val) ref.Val {
	switch v := v.(type) {
	case types.String:
		return newDecimal(money.Decimal{Coef: int64(utf8.RuneCountInString(string(v)))})
	case traits.Lister:
		return newDecimal(money.Decimal{Coef: int64(v.Size().(types.Int))})
	}
	return types.NullValue
}

func interpretText(name string) func(a, b ref.Val) ref.Val {
	return func(a, b ref.Val) ref.Val {
		if missing(a, b) {
			return types.False
		}
		s, t := a.(types.String), b.(types.String)
		switch name {
		case "startsWith":
			return types.Bool(strings.HasPrefix(string(s), string(t)))
		case "endsWith":
			return types.Bool(strings.HasSuffix(string(s), string(t)))
		case "matches":
			return s.Match(t)
		}
		return types.Bool(strings.Contains(string(s), string(t)))
	}
}

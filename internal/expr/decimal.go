package expr

import (
	"errors"
	"math/big"
	"reflect"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"laurel/internal/money"
)

// decimal is an exact number in cel-go's interpreter: an object type with the traits of a number. It is immutable.
type decimal struct {
	rat *big.Rat
}

// errOutOfRange says that a result in lowest terms leaves the range of an int64; the language does not keep such figures.
var errOutOfRange = errors.New("the figure leaves the range that is kept exactly")

func newDecimal(d money.Decimal) decimal {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil)
	return decimal{new(big.Rat).SetFrac(big.NewInt(d.Coef), scale)}
}

func inRange(r *big.Rat) ref.Val {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return types.WrapErr(errOutOfRange)
	}
	return decimal{r}
}

// Add is part of traits.Adder.
func (d decimal) Add(other ref.Val) ref.Val {
	o, ok := other.(decimal)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return inRange(new(big.Rat).Add(d.rat, o.rat))
}

// Subtract is part of traits.Subtractor.
func (d decimal) Subtract(other ref.Val) ref.Val {
	o, ok := other.(decimal)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return inRange(new(big.Rat).Sub(d.rat, o.rat))
}

// Multiply is part of traits.Multiplier.
func (d decimal) Multiply(other ref.Val) ref.Val {
	o, ok := other.(decimal)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return inRange(new(big.Rat).Mul(d.rat, o.rat))
}

// Divide is part of traits.Divider. Nothing divided by zero has a value.
func (d decimal) Divide(other ref.Val) ref.Val {
	o, ok := other.(decimal)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	if o.rat.Sign() == 0 {
		return types.NullValue
	}
	return inRange(new(big.Rat).Quo(d.rat, o.rat))
}

// Negate is part of traits.Negater.
func (d decimal) Negate() ref.Val { return inRange(new(big.Rat).Neg(d.rat)) }

// Compare is part of traits.Comparer.
func (d decimal) Compare(other ref.Val) ref.Val {
	o, ok := other.(decimal)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return types.Int(d.rat.Cmp(o.rat))
}

// Equal is part of ref.Val.
func (d decimal) Equal(other ref.Val) ref.Val {
	o, ok := other.(decimal)
	return types.Bool(ok && d.rat.Cmp(o.rat) == 0)
}

// ConvertToNative is part of ref.Val; nothing outside this package sees the type.
func (d decimal) ConvertToNative(reflect.Type) (any, error) {
	return nil, errors.New("a decimal has no other native form")
}

// ConvertToType is part of ref.Val.
func (d decimal) ConvertToType(ref.Type) ref.Val { return types.MaybeNoSuchOverloadErr(d) }

// Type is part of ref.Val.
func (d decimal) Type() ref.Type { return decimalType }

// Value is part of ref.Val.
func (d decimal) Value() any { return d.rat }

package expr

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/traits"

	"laurel/internal/value"
)

// The types of the language. Numbers are objects of our own, so that CEL's checker never lets a float near them; dates,
// instants and references are opaque: they compare and do nothing else.
var (
	decimalType = types.NewObjectType("decimal", traits.AdderType, traits.SubtractorType, traits.MultiplierType,
		traits.DividerType, traits.NegatorType, traits.ComparerType)
	dateType = types.NewOpaqueType("date")
	timeType = types.NewOpaqueType("time")
	refType  = types.NewOpaqueType("reference")
	listType = types.NewListType(types.StringType)
)

func typeOf(kind value.Kind) *types.Type {
	switch kind {
	case value.Bool:
		return types.BoolType
	case value.Number:
		return decimalType
	case value.Date:
		return dateType
	case value.Time:
		return timeType
	case value.List:
		return listType
	case value.Ref:
		return refType
	}
	return types.StringType
}

// kindOfType is the kind of value that an expression of a type has; Null for a type outside the language.
func kindOfType(t *types.Type) value.Kind {
	for _, kind := range []value.Kind{value.Bool, value.Number, value.Date, value.Time, value.Text, value.List, value.Ref} {
		if t.IsExactType(typeOf(kind)) {
			return kind
		}
	}
	return value.Null
}

// Names of functions that exist only in the rewritten tree; @ cannot be typed.
const (
	fnEqual   = "@equal"   // == of two values: false if one is missing
	fnUnequal = "@unequal" // != of two values: false if one is missing
	fnIsNull  = "@isnull"  // == null
	fnNotNull = "@notnull" // != null, has()
	fnTruth   = "@truth"   // a truth value that may be missing, as a condition
	fnNumber  = "@number"  // literals, by their text; replaced by the literal itself after checking
	fnDate    = "@date"
	fnTime    = "@time"
	fnRef     = "@ref"
)

// literalFunctions gives the function that stands for a literal of a kind while the tree is checked.
var literalFunctions = map[value.Kind]string{value.Number: fnNumber, value.Date: fnDate, value.Time: fnTime, value.Ref: fnRef}

// known are the functions that may be called by name, in the order in which messages list them.
var known = []string{"has", "size", "contains", "startsWith", "endsWith", "matches", "date", "timestamp"}

// functions declares everything that expressions can do; nothing of CEL's standard library is there besides. The bindings
// serve the interpreter (interpret.go).
func functions() []cel.EnvOption {
	var options []cel.EnvOption
	declare := func(name string, binding cel.FunctionOpt, overloads ...cel.FunctionOpt) {
		if binding != nil {
			overloads = append(overloads, binding)
		}
		options = append(options, cel.Function(name, overloads...))
	}
	over := func(id string, result *types.Type, args ...*types.Type) cel.FunctionOpt {
		return cel.Overload(id, args, result)
	}
	member := func(id string, result *types.Type, args ...*types.Type) cel.FunctionOpt {
		return cel.MemberOverload(id, args, result)
	}
	boolean, text := types.BoolType, types.StringType

	declare(operators.LogicalAnd, nil, over("and", boolean, boolean, boolean))
	declare(operators.LogicalOr, nil, over("or", boolean, boolean, boolean))
	declare(operators.LogicalNot, cel.SingletonUnaryBinding(interpretNot), over("not", boolean, boolean))
	declare(fnTruth, cel.SingletonUnaryBinding(interpretTruth), over("truth", boolean, boolean))
	any := types.NewTypeParamType("A")
	declare(operators.Conditional, nil, over("conditional", any, boolean, any, any))
	declare(fnIsNull, cel.SingletonUnaryBinding(interpretIsNull), over("is_null", boolean, any))
	declare(fnNotNull, cel.SingletonUnaryBinding(interpretNotNull), over("not_null", boolean, any))

	for name, id := range map[string]string{operators.Add: "add", operators.Subtract: "subtract", operators.Multiply: "multiply", operators.Divide: "divide"} {
		declare(name, cel.SingletonBinaryBinding(interpretArithmetic(name)), over(id, decimalType, decimalType, decimalType))
	}
	declare(operators.Negate, cel.SingletonUnaryBinding(interpretNegate), over("negate", decimalType, decimalType))

	ordered := map[string]*types.Type{"number": decimalType, "date": dateType, "time": timeType, "text": text}
	for name, id := range map[string]string{operators.Less: "less", operators.LessEquals: "less_equals",
		operators.Greater: "greater", operators.GreaterEquals: "greater_equals"} {
		var overloads []cel.FunctionOpt
		for suffix, t := range ordered {
			overloads = append(overloads, over(id+"_"+suffix, boolean, t, t))
		}
		declare(name, cel.SingletonBinaryBinding(interpretComparison(name)), overloads...)
	}
	for name, id := range map[string]string{fnEqual: "equal", fnUnequal: "unequal"} {
		overloads := []cel.FunctionOpt{over(id+"_bool", boolean, boolean, boolean), over(id+"_ref", boolean, refType, refType)}
		for suffix, t := range ordered {
			overloads = append(overloads, over(id+"_"+suffix, boolean, t, t))
		}
		declare(name, cel.SingletonBinaryBinding(interpretComparison(name)), overloads...)
	}
	in := []cel.FunctionOpt{over("in_ref", boolean, refType, types.NewListType(refType))}
	for suffix, t := range ordered {
		in = append(in, over("in_"+suffix, boolean, t, types.NewListType(t)))
	}
	declare(operators.In, cel.SingletonBinaryBinding(interpretIn), in...)

	declare("size", cel.SingletonUnaryBinding(interpretSize), over("size_list", decimalType, listType), over("size_text", decimalType, text),
		member("list_size", decimalType, listType), member("text_size", decimalType, text))
	for _, name := range []string{"contains", "startsWith", "endsWith", "matches"} {
		declare(name, cel.SingletonBinaryBinding(interpretText(name)), member(name+"_text", boolean, text, text))
	}
	for kind, name := range literalFunctions {
		declare(name, nil, over("literal"+name, typeOf(kind), text))
	}
	return options
}

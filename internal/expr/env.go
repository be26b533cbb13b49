package expr

import (
	"fmt"

	"cel.dev/cel-go/cel"

	"laurel/internal/value"
)

// Var is a field that expressions may read.
type Var struct {
	Name string     // the field's key
	Kind value.Kind // Number and Money are both numbers in expressions
	List bool       // several texts, whatever the kind
}

// Row gives the values of a record in the order of the environment's variables. A value of another kind than its
// variable's counts as missing.
type Row interface {
	Field(i int) value.Value
}

// Env is what the expressions of one object may speak of. It is immutable and safe for concurrent use.
type Env struct {
	vars  []Var
	index map[string]int
	cel   *cel.Env
}

// reserved are the words that CEL keeps to itself: no field of this name can be read in an expression.
var reserved = map[string]bool{
	"as": true, "break": true, "const": true, "continue": true, "else": true, "false": true, "for": true, "function": true,
	"if": true, "import": true, "in": true, "let": true, "loop": true, "namespace": true, "null": true, "package": true,
	"return": true, "true": true, "var": true, "void": true, "while": true,
}

// IsReserved reports whether a field of this key could not be read in an expression.
func IsReserved(key string) bool { return reserved[key] }

// NewEnv makes the environment of an object's fields. Names must be unique; reserved ones are kept in their place but cannot be read.
func NewEnv(vars []Var) (*Env, error) {
	e := &Env{vars: append([]Var(nil), vars...), index: make(map[string]int, len(vars))}
	options := functions()
	for i, v := range vars {
		if _, twice := e.index[v.Name]; twice || v.Name == "" {
			return nil, fmt.Errorf("expression environment: variable %d has no name of its own (%q)", i, v.Name)
		}
		if v.kind() == value.Null || int(v.Kind) > int(value.Ref) {
			return nil, fmt.Errorf("expression environment: variable %s has no kind", v.Name)
		}
		e.index[v.Name] = i
		options = append(options, cel.Variable(v.Name, typeOf(v.kind())))
	}
	var err error
	if e.cel, err = cel.NewCustomEnv(options...); err != nil {
		return nil, fmt.Errorf("expression environment: %w", err)
	}
	return e, nil
}

// kind is the variable's kind with the variants that expressions do not tell apart brought together.
func (v Var) kind() value.Kind {
	switch {
	case v.List:
		return value.List
	case v.Kind == value.Money:
		return value.Number
	}
	return v.Kind
}

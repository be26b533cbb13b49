package record

import (
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantBool = i18n.T("true 或 false", "true or false")

type boolType struct{ traits }

func (boolType) parse(f *Field, in any) (parsed, *problem.Error) {
	switch b := in.(type) {
	case bool:
		return parsed{value: value.OfBool(b)}, nil
	case string:
		switch strings.ToLower(b) {
		case "true":
			return parsed{value: value.OfBool(true)}, nil
		case "false":
			return parsed{value: value.OfBool(false)}, nil
		}
	}
	return parsed{}, wrongType(f, wantBool, in)
}

func (boolType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Bool {
		return v, wrongType(f, wantBool, v)
	}
	return v, nil
}

func (boolType) bind(v value.Value) any             { return v.Bool() }
func (boolType) load(_ *Field, c *cell) value.Value { return value.OfBool(c.b.Bool) }

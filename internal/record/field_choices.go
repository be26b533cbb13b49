package record

import (
	"encoding/json"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantChoices = i18n.T(`选项的列表（如 ["a","b"]）`, `a list of its choices such as ["a","b"]`)

// choicesType is stored as a JSON array of keys in the order of the definition, each once: equal sets are equal texts.
type choicesType struct{ traits }

func (choicesType) check(f *Field) *problem.Error { return checkChoices(f) }

func (choicesType) parse(f *Field, in any) (parsed, *problem.Error) {
	var items []any
	switch list := in.(type) {
	case []any:
		items = list
	case []string:
		for _, s := range list {
			items = append(items, s)
		}
	case string:
		items = []any{list}
	default:
		return parsed{}, wrongType(f, wantChoices, in)
	}
	picked := make([]bool, len(f.Choices))
	for _, item := range items {
		s, ok := item.(string)
		if !ok {
			return parsed{}, wrongType(f, wantChoices, item)
		}
		i := f.findChoice(s)
		if i < 0 {
			return parsed{}, unknownChoice(f, s)
		}
		picked[i] = true
	}
	return parsed{value: f.picked(picked)}, nil
}

func (choicesType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.List {
		return v, wrongType(f, wantChoices, v)
	}
	picked := make([]bool, len(f.Choices))
	for _, s := range v.List() {
		i := f.choiceByKey(s)
		if i < 0 {
			return v, unknownChoice(f, s)
		}
		picked[i] = true
	}
	return f.picked(picked), nil
}

func (f *Field) picked(picked []bool) value.Value {
	var keys []string
	for i, yes := range picked {
		if yes {
			keys = append(keys, f.Choices[i].Key)
		}
	}
	if keys == nil {
		return value.Nothing
	}
	return value.OfList(keys)
}

func (choicesType) bind(v value.Value) any { return string(appendList(nil, v.List())) }

func (choicesType) load(_ *Field, c *cell) value.Value {
	var keys []string
	if err := json.Unmarshal([]byte(c.s.String), &keys); err != nil {
		return value.Nothing // not written by us
	}
	return value.OfList(keys)
}

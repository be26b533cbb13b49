package record

import (
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// MaxChoiceKey is how many characters the key of a choice may have.
const MaxChoiceKey = 100

var wantChoice = i18n.T("一个选项", "one of its choices")

// choiceType is stored as the key of the choice. Input may also give a choice by a name that only it has.
type choiceType struct{ traits }

func (choiceType) check(f *Field) *problem.Error { return checkChoices(f) }

func (choiceType) parse(f *Field, in any) (parsed, *problem.Error) {
	s, ok := in.(string)
	if !ok {
		return parsed{}, wrongType(f, wantChoice, in)
	}
	i := f.findChoice(s)
	if i < 0 {
		return parsed{}, unknownChoice(f, s)
	}
	return parsed{value: value.OfText(f.Choices[i].Key)}, nil
}

func (choiceType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Text {
		return v, wrongType(f, wantChoice, v)
	}
	if v.Text() == "" {
		return value.Nothing, nil
	}
	if f.choiceByKey(v.Text()) < 0 {
		return v, unknownChoice(f, v.Text())
	}
	return v, nil
}

func (choiceType) bind(v value.Value) any             { return v.Text() }
func (choiceType) load(_ *Field, c *cell) value.Value { return value.OfText(c.s.String) }

func (f *Field) choiceByKey(key string) int {
	for i := range f.Choices {
		if f.Choices[i].Key == key {
			return i
		}
	}
	return -1
}

// findChoice is the place of the choice with this key, else of the only one with this name, else -1.
func (f *Field) findChoice(text string) int {
	if i := f.choiceByKey(text); i >= 0 {
		return i
	}
	found := -1
	for i := range f.Choices {
		if name := f.Choices[i].Name; name.ZH == text || name.EN == text {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

func unknownChoice(f *Field, got string) *problem.Error {
	var some []string
	for i := range f.Choices {
		if i == 8 {
			some = append(some, "…")
			break
		}
		some = append(some, clip(f.Choices[i].Key, 30))
	}
	return fieldProblem(f, "unknown_choice", "没有选项 %s。可选：%s。", "has no choice %s. It offers: %s.", shown(got), strings.Join(some, ", "))
}

func checkChoices(f *Field) *problem.Error {
	if len(f.Choices) == 0 || len(f.Choices) > MaxChoices {
		return problem.Bad("out_of_range", "choices", "需要 1 至 %d 个选项。", "Give 1 to %d choices.", MaxChoices)
	}
	seen := make(map[string]bool, len(f.Choices))
	for _, c := range f.Choices {
		switch {
		case c.Key == "" || c.Key == "," || !storable(c.Key) || len([]rune(c.Key)) > MaxChoiceKey:
			return problem.Bad("bad_choice", "choices", "选项键 %s 不可用：应为 1 至 %d 个字符，且不能只是一个逗号。",
				"The choice key %s cannot be used: give 1 to %d characters, and not a lone comma.", shown(c.Key), MaxChoiceKey)
		case seen[c.Key]:
			return problem.Bad("duplicate_choice", "choices", "选项键 %s 出现了两次。", "The choice key %s is given twice.", shown(c.Key))
		case !storable(c.Name.ZH) || !storable(c.Name.EN) || len([]rune(c.Name.ZH)) > MaxName || len([]rune(c.Name.EN)) > MaxName || len(c.Color) > 30 || !storable(c.Color):
			return problem.Bad("too_long", "choices", "选项 %s 的名称或颜色过长。", "The name or colour of the choice %s is too long.", shown(c.Key))
		}
		seen[c.Key] = true
	}
	return nil
}

package record

import (
	"strings"
	"unicode/utf8"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// Bounds of texts, in characters.
const (
	MaxText       = 1_000
	MaxUniqueText = 500 // PostgreSQL's indexes hold 2,700 bytes
)

var wantText = i18n.T("文本", "a text")

type textType struct{ traits }

func (t textType) parse(f *Field, in any) (parsed, *problem.Error) {
	s, ok := in.(string)
	if !ok {
		return parsed{}, wrongType(f, wantText, in)
	}
	v, p := t.accept(f, value.OfText(s))
	return parsed{value: v}, p
}

func (textType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Text {
		return v, wrongType(f, wantText, v)
	}
	limit := MaxText
	if f.Unique {
		limit = MaxUniqueText
	}
	if p := checkText(f, v.Text(), limit); p != nil || v.Text() == "" {
		return value.Nothing, p
	}
	return v, nil
}

func (textType) bind(v value.Value) any             { return v.Text() }
func (textType) load(_ *Field, c *cell) value.Value { return value.OfText(c.s.String) }

// checkText refuses what one of the databases would refuse later.
func checkText(f *Field, s string, limit int) *problem.Error {
	if !storable(s) {
		return fieldProblem(f, "bad_encoding", "含有无法保存的字符（不是有效的 UTF-8，或含空字符），请检查来源的编码。",
			"holds characters that cannot be stored (invalid UTF-8 or a null character). Check the encoding of the source.")
	}
	if len(s) > limit && utf8.RuneCountInString(s) > limit {
		return fieldProblem(f, "too_long", "最多 %d 个字符，得到 %d 个。", "takes at most %d characters; got %d.", limit, utf8.RuneCountInString(s))
	}
	return nil
}

// storable reports whether both databases can hold the text.
func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

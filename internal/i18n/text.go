package i18n

import (
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Lang is a language that Laurel speaks.
type Lang string

// The languages, the first being the default.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// ParseLang reads a language tag or an Accept-Language header; anything that is not English is Chinese.
func ParseLang(tag string) Lang {
	for part := range strings.SplitSeq(strings.ToLower(tag), ",") {
		part = strings.TrimSpace(part)
		if strings.HasPrefix(part, "zh") {
			return ZH
		}
		if strings.HasPrefix(part, "en") {
			return EN
		}
	}
	return ZH
}

// Text is a short text in both languages. In JSON and YAML it is written as {zh: …, en: …}, or as one
// plain string when both languages share it.
type Text struct {
	ZH string `json:"zh" yaml:"zh" doc:"Chinese"`
	EN string `json:"en" yaml:"en" doc:"English"`
}

// Same is a text that reads the same in both languages.
func Same(s string) Text { return Text{ZH: s, EN: s} }

// T pairs a Chinese and an English text.
func T(zh, en string) Text { return Text{ZH: zh, EN: en} }

// Format fills both patterns with the same arguments, fmt.Sprintf-style.
// An argument that is itself a Text is put in the language of the pattern.
func Format(zh, en string, args ...any) Text {
	return Text{ZH: fmt.Sprintf(zh, inLang(ZH, args)...), EN: fmt.Sprintf(en, inLang(EN, args)...)}
}

func inLang(lang Lang, args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			a = t.In(lang)
		}
		out[i] = a
	}
	return out
}

// In returns the text in a language, or the other one where that is missing.
func (t Text) In(lang Lang) string {
	if lang == EN && t.EN != "" || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// IsZero reports whether neither language is given.
func (t Text) IsZero() bool { return t.ZH == "" && t.EN == "" }

// UnmarshalJSON accepts {zh, en} or one string for both.
func (t *Text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*t = Same(s)
		return nil
	}
	type plain Text
	return json.Unmarshal(data, (*plain)(t))
}

// UnmarshalYAML accepts {zh, en} or one string for both.
func (t *Text) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*t = Same(node.Value)
		return nil
	}
	type plain Text
	return node.Decode((*plain)(t))
}

// MarshalYAML writes one string when both languages are the same.
func (t Text) MarshalYAML() (any, error) {
	if t.ZH == t.EN {
		return t.ZH, nil
	}
	type plain Text
	return plain(t), nil
}

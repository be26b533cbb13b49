package rule

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// params reads one JSON object of parameters strictly, as its list of Param describes it. Every problem found on the way
// is collected with the path of the parameter, so that an author sees all of them at once.
type params struct {
	path     string // of the object: "" or "tiers[2]"
	known    []Param
	given    map[string]json.RawMessage
	problems *[]*problem.Error
}

// readParams opens a shape's parameters. Nothing at all reads as no parameters.
func readParams(raw json.RawMessage, known []Param) params {
	p := params{known: known, problems: new([]*problem.Error)}
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		raw = []byte("{}")
	}
	p.open(raw)
	return p
}

// open takes the members of the object apart and checks that all are known and the required ones are there.
func (p *params) open(raw json.RawMessage) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if err := decoder.Decode(&p.given); err != nil || decoder.More() || p.given == nil {
		p.bad("", "wrong_type", "这里应为 JSON 对象，例如 {\"size\":\"10\"}。", "This must be a JSON object such as {\"size\":\"10\"}.")
		return
	}
	keys, meant := p.keys(), map[string]bool{} // meant by a name that was mistyped
	for _, key := range slices.Sorted(maps.Keys(p.given)) {
		if _, ok := p.param(key); !ok {
			meant[problem.Nearest(key, keys)] = true
			hint := problem.Hint(key, keys, i18n.Format("；可用的有：%[1]s。", "; the parameters are %[1]s.", strings.Join(keys, ", ")))
			p.bad(clip(key), "unknown_param", "没有名为“%s”的参数%s", "There is no parameter “%s”%s", clip(key), hint)
		}
	}
	for _, k := range p.known {
		if k.Required && !p.has(k.Key) && !meant[k.Key] {
			p.bad(k.Key, "param_missing", "请填写“%s”。", "Give a value for “%s”.", k.Name)
		}
	}
}

func (p params) keys() []string {
	var out []string
	for _, k := range p.known {
		out = append(out, k.Key)
	}
	return out
}

func (p params) param(key string) (Param, bool) {
	i := slices.IndexFunc(p.known, func(k Param) bool { return k.Key == key })
	if i < 0 {
		return Param{}, false
	}
	return p.known[i], true
}

// has reports whether a parameter is given; null counts as not given.
func (p params) has(key string) bool {
	raw, ok := p.given[key]
	return ok && !bytes.Equal(raw, []byte("null"))
}

func (p params) bad(key, code, zh, en string, args ...any) {
	field := key
	if p.path != "" {
		field = strings.TrimSuffix(p.path+"."+key, ".")
	}
	*p.problems = append(*p.problems, problem.Bad(code, field, zh, en, args...))
}

// text is a parameter written as a string or a number literal.
func (p params) text(key string) (string, bool) {
	if !p.has(key) {
		return "", false
	}
	raw := p.given[key]
	var s string
	if raw[0] == '"' && json.Unmarshal(raw, &s) == nil {
		return strings.TrimSpace(s), true
	}
	if raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' {
		return string(raw), true
	}
	p.bad(key, "wrong_type", "这里应为数字，例如 \"12.50\"。", "This must be a number such as \"12.50\".")
	return "", false
}

// decimal is an exact number; absent, it is 0 and false.
func (p params) decimal(key string) (money.Decimal, bool) {
	text, ok := p.text(key)
	if !ok {
		return money.Decimal{}, false
	}
	d, err := money.ParseDecimal(text)
	if err != nil {
		p.notNumber(key, text, err)
	}
	return d.Trim(), err == nil
}

func (p params) notNumber(key, text string, err error) {
	if errors.Is(err, money.ErrOverflow) {
		p.bad(key, "number_out_of_range", "“%s”太大，无法精确保存，请改小。", "“%s” is too large to be kept exactly: make it smaller.", clip(text))
		return
	}
	p.bad(key, "not_a_number", "“%s”不是数字；请写成 1234.50 这样，不带千分位，最多 %d 位小数。",
		"“%s” is not a number: write it like 1234.50, without separators and with at most %d decimal places.", clip(text), money.MaxScale)
}

// fraction is a number that may be written as a percentage: "5%", "5 %" and "0.05" are the same.
func (p params) fraction(key string) (money.Decimal, bool) {
	text, ok := p.text(key)
	if !ok {
		return money.Decimal{}, false
	}
	number, percent := cutPercent(text)
	d, err := money.ParseDecimal(number)
	if err == nil && percent {
		if d = d.Trim(); d.Scale+2 > money.MaxScale {
			err = errors.New("too many places")
		}
		d.Scale += 2
	}
	if err != nil {
		p.notNumber(key, text, err)
		return money.Decimal{}, false
	}
	return d.Trim(), true
}

// percent is a number that counts in percent with or without the sign: "5" and "5%" are the same.
func (p params) percent(key string) (money.Decimal, bool) {
	text, ok := p.text(key)
	if !ok {
		return money.Decimal{}, false
	}
	number, _ := cutPercent(text)
	d, err := money.ParseDecimal(number)
	if err != nil {
		p.notNumber(key, text, err)
	}
	return d.Trim(), err == nil
}

func cutPercent(text string) (number string, percent bool) {
	for _, sign := range []string{"%", "％"} {
		if rest, ok := strings.CutSuffix(text, sign); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return text, false
}

// integer is a whole number; absent, it is 0 and false.
func (p params) integer(key string) (int64, bool) {
	text, ok := p.text(key)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		p.bad(key, "not_whole", "“%s”不是整数，请填写整数。", "“%s” is not a whole number: give one.", clip(text))
	}
	return n, err == nil
}

// choice is one of the choices of the parameter; absent, its default.
func (p params) choice(key string) string {
	known, _ := p.param(key)
	if !p.has(key) {
		return known.Default
	}
	var s string
	err := json.Unmarshal(p.given[key], &s)
	var options []string
	for _, c := range known.Choices {
		if err == nil && s == c.Value {
			return s
		}
		options = append(options, c.Value)
	}
	p.bad(key, "unknown_choice", "没有“%s”这个选项；可选的有：%s。", "There is no option “%s”; choose one of %s.",
		clip(strings.Trim(string(p.given[key]), `"`)), strings.Join(options, ", "))
	return known.Default
}

// yesNo is true or false; absent, false.
func (p params) yesNo(key string) bool {
	var yes bool
	if p.has(key) && json.Unmarshal(p.given[key], &yes) != nil {
		p.bad(key, "wrong_type", "这里应为 true 或 false。", "This must be true or false.")
	}
	return yes
}

// key is the key of something defined elsewhere: a metric, a person, a team; absent, it is empty.
func (p params) key(key string) string {
	if !p.has(key) {
		return ""
	}
	var s string
	if raw := p.given[key]; raw[0] >= '0' && raw[0] <= '9' { // an employee number without quotes
		s = string(raw)
	} else if json.Unmarshal(raw, &s) != nil || strings.TrimSpace(s) == "" {
		p.bad(key, "wrong_type", "这里应为标识，例如 \"new-customers\"。", "This must be a key such as \"new-customers\".")
	}
	return strings.TrimSpace(s)
}

// names is a list of keys; absent, it is empty.
func (p params) names(key string, limit int) (out []string) {
	if !p.has(key) {
		return nil
	}
	if json.Unmarshal(p.given[key], &out) != nil {
		p.bad(key, "wrong_type", "这里应为标识的列表，例如 [\"E001\", \"E002\"]。", "This must be a list of keys such as [\"E001\", \"E002\"].")
	}
	if len(out) > limit {
		p.bad(key, "list_too_long", "最多 %d 项，请减少。", "There may be at most %d entries: use fewer.", limit)
		return nil
	}
	for i, name := range out {
		if out[i] = strings.TrimSpace(name); out[i] == "" {
			p.bad(fmt.Sprintf("%s[%d]", key, i), "wrong_type", "标识不能为空。", "A key cannot be empty.")
		}
	}
	return out
}

// object opens an object of parameters; ok is false where it is not given.
func (p params) object(key string) (o params, ok bool) {
	if !p.has(key) {
		return params{}, false
	}
	known, _ := p.param(key)
	o = params{path: strings.TrimPrefix(p.path+"."+key, "."), known: known.Fields, problems: p.problems}
	o.open(p.given[key])
	return o, true
}

// list opens each entry of a list of objects of at most limit entries.
func (p params) list(key string, limit int) []params {
	if !p.has(key) {
		return nil
	}
	var entries []json.RawMessage
	if json.Unmarshal(p.given[key], &entries) != nil {
		p.bad(key, "wrong_type", "这里应为 JSON 数组。", "This must be a JSON array.")
		return nil
	}
	if len(entries) > limit {
		p.bad(key, "list_too_long", "最多 %d 项，请减少。", "There may be at most %d entries: use fewer.", limit)
		return nil
	}
	known, _ := p.param(key)
	if known.Required && len(entries) == 0 {
		p.bad(key, "list_empty", "请至少填写一项。", "Give at least one entry.")
	}
	out := make([]params, len(entries))
	for i, raw := range entries {
		out[i] = params{path: strings.TrimPrefix(fmt.Sprintf("%s.%s[%d]", p.path, key, i), "."), known: known.Fields, problems: p.problems}
		out[i].open(raw)
	}
	return out
}

// reward is a reward of the entry's own; absent, nil.
func (p params) reward(key string) *Reward {
	if !p.has(key) {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(p.given[key]))
	decoder.DisallowUnknownFields()
	var r Reward
	if err := decoder.Decode(&r); err != nil {
		field, wrong := key, (*json.UnmarshalTypeError)(nil)
		switch rest, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); {
		case unknown:
			field += "." + strings.Trim(rest, `"`)
		case errors.As(err, &wrong) && wrong.Field != "":
			field += "." + wrong.Field
		}
		p.bad(clip(field), "bad_reward", "奖励的写法有误，请写成 {\"kind\":\"cash\",\"amount\":\"500\"} 这样。",
			"The reward is not written as one: write it like {\"kind\":\"cash\",\"amount\":\"500\"}.")
		return nil
	}
	return &r
}

// clip shortens what a user gave so that it fits a sentence.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "�")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

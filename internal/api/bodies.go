package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// raw is the body of an operation that reads it strictly itself, so that problems name the field at fault.
type raw struct {
	RawBody []byte `contentType:"application/json"`
}

const bodyTypeKey = "laurel-body"

// takes documents the type of a raw body.
func takes[T any]() option {
	return func(o *huma.Operation) {
		o.SkipValidateBody = true
		o.Metadata = map[string]any{bodyTypeKey: reflect.TypeFor[T]()}
	}
}

// documentBody puts the documented type in place of "binary".
func documentBody(doc *huma.OpenAPI, o *huma.Operation) {
	t, ok := o.Metadata[bodyTypeKey].(reflect.Type)
	if !ok {
		return
	}
	item := doc.Paths[o.Path]
	for _, known := range []*huma.Operation{item.Post, item.Put, item.Patch} {
		if known != nil && known.OperationID == o.OperationID {
			known.RequestBody.Content = map[string]*huma.MediaType{"application/json": {Schema: doc.Components.Schemas.Schema(t, true, o.OperationID)}}
		}
	}
}

// decode reads one JSON value strictly: valid UTF-8, no unknown fields, nothing behind it. Numbers in values of any type
// keep their digits.
func decode(data []byte, into any) error {
	if !utf8.Valid(data) {
		return badUTF8()
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		var number *money.NumberError
		if errors.As(err, &number) {
			return numberProblem(number, placeOf(number.Text, data))
		}
		return decodeProblem(err, members(reflect.TypeOf(into))...)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return problem.Bad("bad_json", "", "JSON 之后还有多余的内容，请删去。", "There is more after the JSON value; remove it.")
	}
	return nil
}

func badUTF8() *problem.Error {
	return problem.Bad("bad_utf8", "", "内容不是有效的 UTF-8，请用 UTF-8 编码发送。", "The body is not valid UTF-8. Send it encoded in UTF-8.")
}

// numberProblem says what is wrong with a figure.
func numberProblem(number *money.NumberError, field string) error {
	text := number.Text
	if r := []rune(text); len(r) > 40 {
		text = string(r[:40]) + "…"
	}
	if errors.Is(number, money.ErrOverflow) {
		return problem.Bad("number_out_of_range", field, "“%s”太大，无法精确保存，请改小。", "“%s” is too large to be kept exactly: make it smaller.", text)
	}
	return problem.Bad("not_a_number", field, "“%s”不是数字；请写成 1234.50 这样，不带千分位，最多 %d 位小数。",
		"“%s” is not a number: write it like 1234.50, without separators and with at most %d decimal places.", text, money.MaxScale)
}

// placeOf is the path of the first member that holds a text or a number literal: the decoder hands on what is wrong with a figure, but not where it stands.
func placeOf(text string, data []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var body any
	if decoder.Decode(&body) != nil {
		return ""
	}
	var find func(path string, v any) (string, bool)
	find = func(path string, v any) (string, bool) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				if place, ok := find(strings.TrimPrefix(path+"."+name, "."), v[name]); ok {
					return place, true
				}
			}
		case []any:
			for i, each := range v {
				if place, ok := find(fmt.Sprintf("%s[%d]", path, i), each); ok {
					return place, true
				}
			}
		case string:
			return path, v == text
		case json.Number:
			return path, v.String() == text
		}
		return "", false
	}
	place, _ := find("", body)
	return place
}

// decodeProblem says in both languages what the JSON decoder found; known are the names that could have been meant.
func decodeProblem(err error, known ...string) error {
	var wrongType *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	var tooBig *http.MaxBytesError
	if p, ok := problem.As(err); ok {
		return p
	}
	switch {
	case errors.As(err, &tooBig):
		return bodyTooLarge(tooBig.Limit)
	case errors.As(err, &wrongType):
		return problem.Bad("wrong_type", wrongType.Field, "类型不对，需要 %s，得到的是 %s。", "Wrong type: expected %s, got %s.",
			goTypeWord(wrongType.Type), typeWord(strings.Fields(wrongType.Value + " ?")[0]))
	case errors.As(err, &syntax):
		return problem.Bad("bad_json", "", "第 %d 个字节处不是有效的 JSON：%s", "Not valid JSON at byte %d: %s", syntax.Offset, clean(syntax.Error()))
	case errors.Is(err, io.EOF):
		return problem.Bad("bad_json", "", "缺少 JSON 内容。", "The JSON body is missing.")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return problem.Bad("bad_json", "", "JSON 不完整，可能在传输中被截断。", "The JSON is incomplete; it may have been cut off on the way.")
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name := strings.Trim(field, `"`)
		hint := problem.Hint(name, known, i18n.T("，请检查拼写。", ". Check its spelling."))
		return problem.Bad("unknown_field", name, "没有这个字段%s", "There is no such field%s", hint)
	}
	return problem.Bad("bad_json", "", "内容不是有效的 JSON：%s", "The body is not valid JSON: %s", clean(err.Error()))
}

// members lists the names that a body of a type may hold, at any depth: the decoder names an unknown one without its place.
func members(t reflect.Type) []string {
	var names []string
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name != "" && name != "-" {
				names = append(names, name)
			}
			walk(f.Type)
		}
	}
	walk(t)
	return names
}

func goTypeWord(t reflect.Type) any {
	switch t.Kind() {
	case reflect.Bool:
		return typeWord("boolean")
	case reflect.String:
		return typeWord("string")
	case reflect.Slice, reflect.Array:
		return typeWord("array")
	case reflect.Struct, reflect.Map:
		return typeWord("object")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return typeWord("integer")
	}
	return typeWord("number")
}

// readBody takes a whole body in, within a bound.
func readBody(r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, bodyTooLarge(limit)
	}
	var buf bytes.Buffer
	if r.ContentLength > 0 {
		buf.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	n, err := buf.ReadFrom(io.LimitReader(r.Body, limit+1))
	switch {
	case err != nil:
		return nil, readProblem(err)
	case n > limit:
		return nil, bodyTooLarge(limit)
	}
	return buf.Bytes(), nil
}

// readProblem is a body that did not arrive.
func readProblem(err error) error {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return bodyTooLarge(tooBig.Limit)
	}
	return problem.Bad("body_cut_off", "", "请求内容没有完整到达，请重试。", "The request did not arrive in full. Try again.").
		Because(fmt.Errorf("read the body: %w", err))
}

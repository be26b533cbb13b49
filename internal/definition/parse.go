package definition

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"laurel/internal/problem"
)

// Parse reads a definition file, YAML or JSON (which is YAML too). Unknown keys, wrong types and numbers that would lose
// a digit are problems that name the place.
func Parse(text []byte) (*File, error) {
	if len(text) > MaxBytes {
		return nil, problem.New(problem.TooLarge, "file_too_large", "", "定义文件不能超过 %d MB", "a definition file has at most %d MB", MaxBytes>>20)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, problem.Bad("bad_yaml", "", "文件不是合法的 YAML：%s", "the file is not valid YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(root.Content) == 0 {
		return &File{}, nil
	}
	data, err := toJSON(root.Content[0], 0) // first: it bounds what the aliases of anchors amount to
	if err != nil {
		return nil, err
	}
	var bad []*problem.Error
	checkKeys(root.Content[0], reflect.TypeFor[File](), "", &bad)
	if err := problem.Join(bad); err != nil {
		return nil, err
	}
	file := &File{}
	if err := json.Unmarshal(data, file); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return nil, problem.Bad("wrong_type", wrong.Field, "这里不能是 %s；文字请加引号", "this cannot be %s; put text in quotes", wrong.Value)
		}
		return nil, problem.Bad("bad_value", "", "有一个值无法读取：%v", "a value cannot be read: %v", err)
	}
	return file, nil
}

// checkKeys finds keys that no type knows. Types that read themselves (rewards' amounts, parameters) check their own.
func checkKeys(n *yaml.Node, t reflect.Type, path string, bad *[]*problem.Error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == yaml.AliasNode:
		checkKeys(n.Alias, t, path, bad)
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		for i, c := range n.Content {
			checkKeys(c, t.Elem(), fmt.Sprintf("%s[%d]", path, i), bad)
		}
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		fields := map[string]reflect.Type{}
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
				fields[name] = f.Type
			}
		}
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			at := strings.TrimPrefix(path+"."+key, ".")
			if seen[key] { // the second would silently replace the first
				*bad = append(*bad, problem.Bad("duplicate_key", at, "第 %d 行：%q 写了两次，请合并", "line %d: %q is written twice; make it one", n.Content[i].Line, key))
				continue
			}
			seen[key] = true
			if ft, ok := fields[key]; ok {
				checkKeys(n.Content[i+1], ft, at, bad)
				continue
			}
			*bad = append(*bad, problem.Bad("unknown_key", at, "第 %d 行：不认识 %q", "line %d: there is no such key as %q", n.Content[i].Line, key))
		}
	}
}

// maxDepth bounds nesting, so that a file of anchors cannot grow without end.
const maxDepth = 40

// toJSON turns a YAML node into JSON without touching a digit: a number keeps the text it was written with.
func toJSON(n *yaml.Node, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, problem.Bad("too_deep", "", "第 %d 行：嵌套超过 %d 层", "line %d: nested more than %d levels deep", n.Line, maxDepth)
	}
	var b bytes.Buffer
	switch n.Kind {
	case yaml.MappingNode:
		b.WriteByte('{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(quoted(n.Content[i].Value))
			b.WriteByte(':')
			if err := appendJSON(&b, n.Content[i+1], depth+1); err != nil {
				return nil, err
			}
		}
		b.WriteByte('}')
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, c := range n.Content {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := appendJSON(&b, c, depth+1); err != nil {
				return nil, err
			}
		}
		b.WriteByte(']')
	case yaml.AliasNode:
		return toJSON(n.Alias, depth+1)
	default:
		return scalar(n)
	}
	return b.Bytes(), nil
}

// appendJSON adds a part to its whole, as long as that stays within bounds: a short file of anchors can stand for an
// endless one.
func appendJSON(b *bytes.Buffer, n *yaml.Node, depth int) error {
	part, err := toJSON(n, depth)
	if err != nil {
		return err
	}
	if b.Len()+len(part) > MaxBytes {
		return problem.New(problem.TooLarge, "file_too_large", "", "定义文件展开后过大", "the definition file grows too large when its anchors are filled in")
	}
	b.Write(part)
	return nil
}

func scalar(n *yaml.Node) ([]byte, error) {
	switch n.ShortTag() {
	case "!!null":
		return []byte("null"), nil
	case "!!bool":
		var v bool
		if err := n.Decode(&v); err != nil {
			return nil, problem.Bad("bad_yaml", "", "第 %d 行：%v", "line %d: %v", n.Line, err)
		}
		return json.Marshal(v)
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return []byte(n.Value), nil
		}
	}
	return quoted(n.Value), nil
}

func quoted(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return bytes.TrimRight(b.Bytes(), "\n")
}

// Write turns a file into YAML, keys in the order of the types.
func Write(f *File) ([]byte, error) {
	data, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("write definitions: %w", err)
	}
	var root yaml.Node // JSON is YAML: parsing it keeps the order of keys
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("write definitions: %w", err)
	}
	blockStyle(&root)
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(&root); err != nil {
		return nil, fmt.Errorf("write definitions: %w", err)
	}
	return b.Bytes(), nil
}

// blockStyle takes JSON's braces and needless quotes away; short lists of scalars stay on one line.
func blockStyle(n *yaml.Node) {
	n.Style = 0
	if n.Kind == yaml.ScalarNode && n.Tag == "!!str" {
		n.SetString(n.Value)
	}
	if n.Kind == yaml.MappingNode && len(n.Content) <= 8 && allScalar(n.Content) {
		n.Style = yaml.FlowStyle
	}
	for _, c := range n.Content {
		blockStyle(c)
	}
}

func allScalar(nodes []*yaml.Node) bool {
	for _, n := range nodes {
		if n.Kind != yaml.ScalarNode || len(n.Value) > 60 {
			return false
		}
	}
	return true
}

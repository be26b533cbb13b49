package definition

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// Parse reads a definition file, YAML or JSON (which is YAML too). Unknown keys, wrong types and numbers that would lose
// a digit are problems that name the place and its line. Where only keys and types are wrong, what can be read is returned
// beside the problem: a dry run finds the rest of what is wrong.
func Parse(text []byte) (*File, error) {
	if len(text) > MaxBytes {
		return nil, problem.New(problem.TooLarge, "file_too_large", "", "定义文件不能超过 %d MB", "a definition file has at most %d MB", MaxBytes>>20)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, badYAML(err)
	}
	if len(root.Content) == 0 {
		return &File{}, nil
	}
	if _, err := toJSON(root.Content[0], 0); err != nil { // first: it bounds what the aliases of anchors amount to
		return nil, err
	}
	retype(root.Content[0], reflect.TypeFor[File]())
	data, err := toJSON(root.Content[0], 0)
	if err != nil {
		return nil, err
	}
	var bad []*problem.Error
	checkKeys(root.Content[0], reflect.TypeFor[File](), "", &bad)
	file := &File{}
	if err := json.Unmarshal(data, file); err != nil {
		var wrong *json.UnmarshalTypeError
		switch mistyped := errors.As(err, &wrong); {
		case mistyped && len(bad) > 0: // the decoder has read everything else
			return file, problem.Join(bad)
		case len(bad) > 0:
			return nil, problem.Join(bad)
		case mistyped:
			return nil, problem.Bad("wrong_type", wrong.Field, "这里不能是 %s；文字请加引号", "this cannot be %s; put text in quotes", wrong.Value)
		}
		return nil, problem.Bad("bad_value", "", "有一个值无法读取：%v", "a value cannot be read: %v", err)
	}
	return file, problem.Join(bad)
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

// badYAML takes the line out of the decoder's message, to where every problem has it.
func badYAML(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	return onLine(line, problem.Bad("bad_yaml", "", "文件不是合法的 YAML：%s", "the file is not valid YAML: %s", text))
}

func onLine(line int, p *problem.Error) *problem.Error {
	p.Row = line
	return p
}

// checkKeys finds keys that no type knows and values of the wrong kind. Types that read themselves (texts, amounts, days)
// say themselves what is wrong.
func checkKeys(n *yaml.Node, t reflect.Type, path string, bad *[]*problem.Error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == yaml.AliasNode:
		checkKeys(n.Alias, t, path, bad)
	case n.ShortTag() == "!!null":
	case readsItself(t) || n.Kind == yaml.ScalarNode:
		if p := unreadable(n, t, path); p != nil {
			*bad = append(*bad, p)
		}
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
				*bad = append(*bad, onLine(n.Content[i].Line, problem.Bad("duplicate_key", at, "%q 写了两次，请合并", "%q is written twice; make it one", key)))
				continue
			}
			seen[key] = true
			if ft, ok := fields[key]; ok {
				checkKeys(n.Content[i+1], ft, at, bad)
				continue
			}
			*bad = append(*bad, onLine(n.Content[i].Line, problem.Bad("unknown_key", at, "不认识 %q%s", "there is no such key as %q%s", key,
				problem.Hint(key, slices.Sorted(maps.Keys(fields)), i18n.Text{}))))
		}
	default: // a list where one value is wanted
		if p := unreadable(n, t, path); p != nil {
			*bad = append(*bad, p)
		}
	}
}

var (
	jsonReader = reflect.TypeFor[json.Unmarshaler]()
	textReader = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func readsItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(jsonReader) || p.Implements(textReader)
}

// unreadable tries a single value, so that its problem has a place: reading the whole file only says that one is wrong.
func unreadable(n *yaml.Node, t reflect.Type, path string) *problem.Error {
	data, err := toJSON(n, 0)
	if err != nil {
		return nil // said for the whole file
	}
	err = json.Unmarshal(data, reflect.New(t).Interface())
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		return onLine(n.Line, problem.Bad("wrong_type", path, "这里不能是 %s；文字请加引号", "this cannot be %s; put text in quotes", wrong.Value))
	}
	return onLine(n.Line, problem.Bad("bad_value", path, "无法读取：%v", "this cannot be read: %v", err))
}

// maxDepth bounds nesting, so that a file of anchors cannot grow without end.
const maxDepth = 40

// toJSON turns a YAML node into JSON without touching a digit: a number keeps the text it was written with.
func toJSON(n *yaml.Node, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, onLine(n.Line, problem.Bad("too_deep", "", "嵌套超过 %d 层", "nested more than %d levels deep", maxDepth))
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
			return nil, onLine(n.Line, problem.Bad("bad_yaml", "", "不是 true 或 false：%v", "neither true nor false: %v", err))
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

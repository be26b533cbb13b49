package definition

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"laurel/internal/i18n"
)

// retype lets people leave quotes out, and put them where none are needed: what stands where a text is wanted is a text as it is
// written (an employee number 0012, a period called 11.11), and a quoted number or yes/no is one where one is wanted. Types that
// read themselves know both.
func retype(n *yaml.Node, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == yaml.AliasNode:
		retype(n.Alias, t)
	case n.Kind == yaml.ScalarNode:
		retypeScalar(n, t)
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		for _, c := range n.Content {
			retype(c, t.Elem())
		}
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		for i := 0; i+1 < len(n.Content); i += 2 {
			for f := range t.Fields() {
				if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == n.Content[i].Value {
					retype(n.Content[i+1], f.Type)
				}
			}
		}
	}
}

func retypeScalar(n *yaml.Node, t reflect.Type) {
	tag := n.ShortTag()
	short := t == reflect.TypeFor[Membership]() || t == reflect.TypeFor[Manager]() || t == reflect.TypeFor[Held]() || t == reflect.TypeFor[i18n.Text]()
	switch {
	case tag == "!!int" || tag == "!!float" || tag == "!!bool":
		if short || t.Kind() == reflect.String && !readsItself(t) {
			n.Tag = "!!str"
		}
	case tag != "!!str" || readsItself(t):
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64, t.Kind() == reflect.Bool:
		plain := yaml.Node{Kind: yaml.ScalarNode, Value: strings.TrimSpace(n.Value)}
		if read := plain.ShortTag(); read == "!!int" && t.Kind() != reflect.Bool || read == "!!bool" && t.Kind() == reflect.Bool {
			n.Value, n.Tag, n.Style = plain.Value, read, 0
		}
	}
}

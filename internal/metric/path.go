package metric

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/expr"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/value"
)

// maxRelations bounds how many relations a path follows: opportunity → account → parent → its group.
const maxRelations = 3

// Path is a field of a related record, as account.sector or account.parent.owner. It begins at the measured object; each
// step but the last is a relation.
type Path struct {
	Name  string
	Steps []Step
}

// Step is a field of an object that a path passes.
type Step struct {
	Object *record.Object
	Field  int
}

func (s Step) field() *record.Field { return &s.Object.Fields[s.Field] }

// field is the one that the path ends at.
func (p *Path) field() *record.Field { return p.Steps[len(p.Steps)-1].field() }

// places are what a definition may name: the fields of the measured object, and those of related records. Values of
// the paths lie behind the object's own: see related.widen.
type places struct {
	object  *record.Object
	objects func(key string) (*record.Object, error)
	paths   []Path
}

// find is the place of a field or a path, which is declared with that.
func (s *places) find(name string) (place int, f *record.Field, p *problem.Error) {
	if i, ok := s.object.Index(name); ok {
		return i, &s.object.Fields[i], nil
	}
	path, bad := s.follow(strings.Split(name, "."))
	if bad != nil {
		return -1, nil, bad
	}
	return s.declare(path), path.field(), nil
}

func (s *places) declare(path Path) int {
	i := slices.IndexFunc(s.paths, func(p Path) bool { return p.Name == path.Name })
	if i < 0 {
		i = len(s.paths)
		s.paths = append(s.paths, path)
	}
	return len(s.object.Fields) + i
}

// fieldAt is the field at a place that was found.
func (s *places) fieldAt(place int) *record.Field {
	if own := len(s.object.Fields); place >= own {
		return s.paths[place-own].field()
	}
	return &s.object.Fields[place]
}

// follow walks a dotted name from object to object.
func (s *places) follow(names []string) (Path, *problem.Error) {
	path := Path{Name: strings.Join(names, ".")}
	if len(names) > maxRelations+1 {
		return path, problem.Bad("path_too_long", "", "%q 跨了太多层关联，最多 %d 层", "%q follows too many relations; the limit is %d", path.Name, maxRelations)
	}
	o := s.object
	for n, name := range names {
		i, ok := o.Index(name)
		if !ok {
			return path, problem.Bad("unknown_field", "", "表 %s 没有字段 %q%s", "object %s has no field %q%s", o.Key, name,
				problem.Hint(name, o.FieldKeys(), i18n.Text{}))
		}
		path.Steps = append(path.Steps, Step{o, i})
		if n == len(names)-1 {
			break
		}
		f := &o.Fields[i]
		if f.Type != record.TypeRelation {
			return path, problem.Bad("not_a_relation", "", "%q 中的 %s 不是关联字段，后面不能再接字段", "in %q, %s is not a relation, so it leads to no other field", path.Name, name)
		}
		var err error
		if o, err = s.objects(f.Target); err != nil {
			return path, problem.Bad("unknown_object", "", "没有标识为 %q 的表", "there is no object %q", f.Target)
		}
	}
	return path, nil
}

// mentioned declares the paths that an expression follows. A name whose end is no field may be a call, as in
// account.name.contains("x"): its beginning is the path then. What is not found is told with the expression.
func (s *places) mentioned(source string) {
	for _, name := range dottedNames(source) {
		names := strings.Split(name, ".")
		for n := min(len(names), maxRelations+1); n > 1; n-- {
			if path, bad := s.follow(names[:n]); bad == nil {
				s.declare(path)
				break
			}
		}
	}
}

// dottedNames are the words with points in them of an expression, outside its quoted texts.
func dottedNames(source string) (names []string) {
	word := func(c byte) bool {
		return c == '_' || c == '.' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	}
	for i := 0; i < len(source); {
		switch c := source[i]; {
		case c == '"' || c == '\'':
			for i++; i < len(source) && source[i] != c; i++ {
				if source[i] == '\\' {
					i++
				}
			}
			i++
		case word(c):
			from := i
			for i < len(source) && word(source[i]) {
				i++
			}
			if name := strings.Trim(source[from:i], "."); strings.Contains(name, ".") && !slices.Contains(names, name) {
				names = append(names, name)
			}
		default:
			i++
		}
	}
	return names
}

// env is the environment of expressions: the object's fields, then the paths.
func (s *places) env() (*expr.Env, error) {
	vars := s.object.Vars()
	for i := range s.paths {
		f := s.paths[i].field()
		vars = append(vars, expr.Var{Name: s.paths[i].Name, Kind: f.Kind(), List: f.Kind() == value.List})
	}
	return expr.NewEnv(vars)
}

// Paths are the fields of related records that the metric reads.
func (m *Metric) Paths() []Path { return m.paths }

// fieldAt is the field at a place among the object's own and those of related records.
func (m *Metric) fieldAt(place int) *record.Field {
	if own := len(m.object.Fields); place >= own {
		return m.paths[place-own].field()
	}
	return &m.object.Fields[place]
}

// Mentions reports whether the definition may read a field of an object, whichever of its parts does. A text may hold the
// field's name by chance: then the answer is yes for nothing.
func (d *Def) Mentions(object, field string) bool {
	text, err := json.Marshal(d)
	if err != nil {
		return true
	}
	if d.Object == object {
		return strings.Contains(string(text), field)
	}
	return strings.Contains(string(text), "."+field) || strings.Contains(string(text), field+".")
}

// Naming is the field of a definition that names a path, as problems name it.
func (d *Def) Naming(path string) string {
	for i, c := range d.Credit {
		if c.Person == path {
			return fmt.Sprintf("credit[%d].person", i)
		}
		if c.ShareField == path {
			return fmt.Sprintf("credit[%d].share_field", i)
		}
	}
	for _, one := range []struct{ field, says string }{
		{"date", d.Date}, {"person", d.Person}, {"team", d.Team}, {"department", d.Department}, {"by", d.By},
		{"measure.from", d.Measure.From}, {"measure.until", d.Measure.Until}, {"measure.currency_field", d.Measure.CurrencyField},
	} {
		if one.says == path {
			return one.field
		}
	}
	if slices.Contains(dottedNames(d.Condition), path) || strings.Contains(d.Condition, path+".") {
		return "condition"
	}
	return "measure.value"
}

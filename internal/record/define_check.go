package record

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"laurel/internal/expr"
	"laurel/internal/i18n"
	"laurel/internal/problem"
)

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

// reservedKeys are what every record has already; fields cannot be called so.
var reservedKeys = map[string]bool{
	"id": true, "external_id": true, "version": true, "created_at": true, "updated_at": true, "deleted_at": true, "deleted": true,
}

// checkKey refuses what could not be an identifier in SQL and in the expression language.
func checkKey(path, key string) *problem.Error {
	if !identifier.MatchString(key) {
		return problem.Bad("bad_key", path, "标识 %s 不可用：只能用小写字母、数字和下划线，以字母开头，最长 41 个字符。",
			"The key %s cannot be used: take lower-case letters, digits and underscores, begin with a letter, at most 41 characters.", shown(key))
	}
	if reservedKeys[key] || expr.IsReserved(key) {
		return problem.Bad("reserved_key", path, "标识 %s 是保留字，请换一个，如 %[1]s_。",
			"The key %s is a reserved word. Take another, such as %[1]s_.", key)
	}
	return nil
}

// checkDef lists what is wrong with a definition by itself; known are the keys of all objects there will be.
func checkDef(def *ObjectDef, known map[string]bool) []*problem.Error {
	path := "objects." + def.Key
	var out []*problem.Error
	add := func(p *problem.Error) {
		if p != nil {
			out = append(out, p)
		}
	}
	add(checkKey("objects.key", def.Key))
	add(checkName(path+".name", def.Name))
	if len(def.Fields) == 0 || len(def.Fields) > MaxFields {
		add(problem.Bad("out_of_range", path+".fields", "对象需要 1 至 %d 个字段。", "An object has 1 to %d fields.", MaxFields))
		return out
	}
	seen := map[string]bool{}
	for i := range def.Fields {
		d := &def.Fields[i]
		at := path + ".fields." + d.Key
		if p := checkKey(path+".fields.key", d.Key); p != nil {
			add(p)
			continue
		}
		if seen[d.Key] {
			add(problem.Bad("duplicate_field", at, "字段 %s 定义了两次。", "The field %s is defined twice.", d.Key))
		}
		seen[d.Key] = true
		add(checkName(at+".name", d.Name))
		if p := checkField(d, known); p != nil {
			add(p.In(at))
		}
	}
	if def.Title != "" && !seen[def.Title] {
		add(problem.Bad("unknown_field", path+".title", "标题字段 %s 不在字段之中。", "The title field %s is not among the fields.", shown(def.Title)))
	}
	return out
}

func checkName(path string, name i18n.Text) *problem.Error {
	for _, s := range []string{name.ZH, name.EN} {
		if !storable(s) {
			return problem.Bad("bad_encoding", path, "名称含有无法保存的字符。", "The name holds characters that cannot be stored.")
		}
		if utf8.RuneCountInString(s) > MaxName {
			return problem.Bad("too_long", path, "名称最多 %d 个字符。", "A name has at most %d characters.", MaxName)
		}
	}
	return nil
}

func checkField(d *FieldDef, known map[string]bool) *problem.Error {
	t, ok := types[d.Type]
	if !ok {
		return problem.Bad("unknown_type", "type", "没有字段类型 %s。可用：%s。", "There is no field type %s. There are: %s.", shown(d.Type), typeNames())
	}
	a := t.about()
	for _, option := range []struct {
		name         string
		given, takes bool
	}{
		{"scale", d.Scale != 0, a.scale},
		{"currency", d.Currency != "", a.currency},
		{"choices", len(d.Choices) > 0, a.choices},
		{"target", d.Target != "", a.target},
		{"unique", d.Unique, a.unique},
		{"required", d.Required, d.Type != TypeAutoNumber},
	} {
		if option.given && !option.takes {
			return problem.Bad("option_not_taken", option.name, "%s 类型的字段没有选项 %s，请去掉。", "A %s field takes no %s. Leave it out.", d.Type, option.name)
		}
	}
	f := d.field(0)
	if p := t.check(&f); p != nil {
		return p
	}
	if d.Target != "" && !known[d.Target] {
		return problem.Bad("unknown_object", "target", "没有对象 %s，请先定义它。", "There is no object %s. Define it first.", shown(d.Target))
	}
	return nil
}

func typeNames() string {
	names := make([]string, 0, len(types))
	for name := range types {
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}

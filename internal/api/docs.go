package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"sort"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/i18n"
)

//go:embed docs.html
var docsHTML string

var docsTemplate = template.Must(template.New("docs").Parse(docsHTML))

type docsOperation struct {
	ID, Method, Path, Summary, Description, Curl, Answer string
	Params                                               []docsParam
}

type docsParam struct {
	Name, In, Type, Doc string
	Required            bool
}

type docsTag struct {
	Name       string
	Operations []docsOperation
}

// docsPage is the readable form of the contract: one static page a language, made once.
func (s *server) docsPage() http.Handler {
	pages := map[i18n.Lang]func() []byte{}
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		pages[lang] = sync.OnceValue(func() []byte { return renderDocs(s.api.OpenAPI(), lang) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(pages[language(r.Context())]())
	})
}

func renderDocs(doc *huma.OpenAPI, lang i18n.Lang) []byte {
	in := func(zh, en string) string { return i18n.T(zh, en).In(lang) }
	var out bytes.Buffer
	err := docsTemplate.Execute(&out, map[string]any{
		"Lang": lang, "Title": in("Laurel 接口", "Laurel API"), "Tags": docsTags(doc, lang),
		"Intro":    in("下面是全部接口。给程序用的 OpenAPI 3.1 文档在", "Every operation is listed below. The OpenAPI 3.1 document for programs is at"),
		"Start":    in("开始", "Begin"),
		"Problems": in("错误", "Problems"), "Param": in("参数", "Parameter"), "In": in("位置", "In"), "Type": in("类型", "Type"), "Answer": in("返回", "Answer"),
		"ProblemText": in("错误按 RFC 9457 返回。code 稳定不变，供程序判断；detail 说明哪里不对、怎么办，语言随 Accept-Language（zh-CN 或 en）。",
			"Errors follow RFC 9457. The code is stable and meant for programs; the detail says what is wrong and what to do, in the language of Accept-Language (zh-CN or en)."),
		"ProblemExample": indent(Problem{
			Type: prefix + "/docs#problems", Title: titles[1].In(lang), Status: 422, Code: "unknown_field", Field: "values.amout",
			Detail: in("没有这个字段，请检查拼写。", "There is no such field. Check its spelling."),
		}),
		"StartExample": "curl -s $LAUREL/api/status -H \"Authorization: Bearer $LAUREL_TOKEN\"",
	})
	if err != nil {
		return []byte(template.HTMLEscapeString(err.Error()))
	}
	return out.Bytes()
}

func docsTags(doc *huma.OpenAPI, lang i18n.Lang) []docsTag {
	byTag := map[string][]docsOperation{}
	paths := make([]string, 0, len(doc.Paths))
	for path := range doc.Paths {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		item := doc.Paths[path]
		for _, o := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if o != nil {
				byTag[o.Tags[0]] = append(byTag[o.Tags[0]], docsOf(doc, o, lang))
			}
		}
	}
	var out []docsTag
	for _, name := range tagOrder {
		if len(byTag[name]) > 0 {
			out = append(out, docsTag{Name: name, Operations: byTag[name]})
		}
	}
	return out
}

func docsOf(doc *huma.OpenAPI, o *huma.Operation, lang i18n.Lang) docsOperation {
	out := docsOperation{ID: o.OperationID, Method: o.Method, Path: o.Path, Summary: o.Summary, Description: o.Description}
	if zh, ok := o.Extensions[summaryZH].(string); ok && lang == i18n.ZH {
		out.Summary = zh
	}
	for _, p := range o.Parameters {
		param := docsParam{Name: p.Name, In: p.In, Required: p.Required, Doc: p.Description}
		if p.Schema != nil {
			param.Type = p.Schema.Type
			if param.Doc == "" {
				param.Doc = p.Schema.Description
			}
			if len(p.Schema.Enum) > 0 {
				param.Type = strings.Trim(strings.ReplaceAll(indentless(p.Schema.Enum), `"`, ""), "[]")
			}
		}
		out.Params = append(out.Params, param)
	}
	registry := doc.Components.Schemas
	out.Curl = "curl -s"
	if o.Method != http.MethodGet {
		out.Curl += " -X " + o.Method
	}
	out.Curl += ` -H "Authorization: Bearer $LAUREL_TOKEN" "$LAUREL` + o.Path + `"`
	if o.RequestBody != nil {
		if media := o.RequestBody.Content["application/json"]; media != nil {
			out.Curl += " \\\n  -H 'Content-Type: application/json' -d '" + indent(example(registry, media.Schema, 0)) + "'"
		}
	}
	for code, response := range o.Responses {
		if media := response.Content["application/json"]; media != nil && code[0] == '2' {
			out.Answer = indent(example(registry, media.Schema, 0))
		}
	}
	return out
}

// maxExampleDepth bounds the nesting of generated examples.
const maxExampleDepth = 5

// example makes up a value that a schema allows.
func example(registry huma.Registry, schema *huma.Schema, depth int) any {
	if schema == nil || depth > maxExampleDepth {
		return nil
	}
	if schema.Ref != "" {
		return example(registry, registry.SchemaFromRef(schema.Ref), depth)
	}
	switch {
	case len(schema.Examples) > 0:
		return schema.Examples[0]
	case schema.Default != nil:
		return schema.Default
	case len(schema.Enum) > 0:
		return schema.Enum[0]
	}
	switch schema.Type {
	case huma.TypeObject:
		out := map[string]any{}
		for name, property := range schema.Properties {
			out[name] = example(registry, property, depth+1)
		}
		return out
	case huma.TypeArray:
		return []any{example(registry, schema.Items, depth+1)}
	case huma.TypeInteger, huma.TypeNumber:
		return 1
	case huma.TypeBoolean:
		return true
	case huma.TypeString:
		switch schema.Format {
		case "date":
			return "2026-03-31"
		case "date-time":
			return "2026-03-31T08:00:00Z"
		}
		return "…"
	}
	return nil
}

func indent(v any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(v) // examples are plain values
	return strings.TrimSpace(out.String())
}

func indentless(v any) string {
	out, _ := json.Marshal(v) // enums are plain values
	return string(out)
}

package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// contractVersion is the version of the HTTP contract, raised by hand when it changes for its users.
const contractVersion = "0.1"

func openAPIConfig() huma.Config {
	config := huma.DefaultConfig("Laurel", contractVersion)
	config.CreateHooks = nil // no "$schema" member in bodies
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	format := huma.Format{Marshal: encodeJSON, Unmarshal: decodeJSON}
	config.Formats = map[string]huma.Format{"application/json": format, "json": format} // the second for every +json
	config.DefaultFormat = "application/json"
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.Info.Description = "Records change, metrics follow, plans say what is due, awards say why. " +
		"Errors are RFC 9457 problem documents in the language of Accept-Language (zh-CN or en)."
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "laurel_session", Description: "Made by POST /api/session"},
		"token":   {Type: "http", Scheme: "bearer", Description: "A token of POST /api/tokens"},
	}
	config.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	return config
}

// OpenAPI is the contract as it is committed in api/openapi.json and served at /openapi.json.
func OpenAPI() ([]byte, error) {
	return encodeSpec(newServer(Deps{}).api.OpenAPI())
}

func encodeSpec(doc *huma.OpenAPI) ([]byte, error) {
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// option changes an operation before it is registered.
type option func(*huma.Operation)

// status sets the status of success.
func status(code int) option { return func(o *huma.Operation) { o.DefaultStatus = code } }

// describe adds what the summary does not say.
func describe(text string) option { return func(o *huma.Operation) { o.Description = text } }

// open marks an operation that needs no sign-in.
func open(o *huma.Operation) { o.Security = []map[string][]string{} }

// tagOrder is the order of the nouns on the readable page.
var tagOrder = []string{"Session", "Objects", "Records", "People", "Metrics", "Targets", "Plans", "Awards", "Finance", "Imports", "System"}

// summaryZH is the extension that holds an operation's summary in Chinese.
const summaryZH = "x-summary-zh"

// document registers the contract of an operation that a handler of its own serves.
func document[I, O any](s *server, tag, method, path, id, zh, en string, options ...option) {
	served := s.api
	s.api = s.paper
	handle(s, tag, method, path, id, zh, en, func(context.Context, *I) (*O, error) { return nil, errors.ErrUnsupported }, options...)
	s.api = served
}

// handle registers one operation. The id is the name of the generated client function.
func handle[I, O any](s *server, tag, method, path, id, zh, en string,
	fn func(context.Context, *I) (*O, error), options ...option,
) {
	o := huma.Operation{
		Method: method, Path: prefix + path, OperationID: id, Summary: en, Tags: []string{tag},
		MaxBodyBytes: maxDefinitionBytes, BodyReadTimeout: smallBodyTimeout,
		Extensions: map[string]any{summaryZH: zh},
	}
	if method == http.MethodDelete {
		o.DefaultStatus = http.StatusNoContent
	}
	for _, change := range options {
		change(&o)
	}
	huma.Register(s.api, o, fn)
	documentBody(s.api.OpenAPI(), &o)
}

// maxDefinitionBytes bounds the body of every operation that takes no file and no batch.
const maxDefinitionBytes = 4 << 20

func encodeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// decodeJSON reads bodies for huma, which checks them against the contract.
func decodeJSON(data []byte, v any) error {
	if !utf8.Valid(data) {
		return errUTF8
	}
	return json.Unmarshal(data, v)
}

var errUTF8 = errors.New("the body is not valid UTF-8")

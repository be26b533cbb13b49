package api

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/demo"
	"laurel/internal/i18n"
)

// Welcome is what the sign-in page shows to somebody not yet known.
type Welcome struct {
	Organisation i18n.Text    `json:"organisation" doc:"Name of the organisation"`
	Version      string       `json:"version"`
	Demo         []DemoSignIn `json:"demo" doc:"Sign-ins that a demo company offers; empty everywhere else"`
}

// DemoSignIn is one way into a demo company.
type DemoSignIn struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	Name     string `json:"name"`
	Role     string `json:"role"`
}

func (s *server) welcomeRoutes() {
	handle(s, "System", "GET", "/welcome", "welcome", "登录页要显示的内容，无需登录", "What the sign-in page shows; needs no sign-in", s.welcome, open)
	handle(s, "System", "GET", "/definitions/schema", "definitionsSchema", "定义文件的 JSON Schema", "JSON Schema of the definition file", s.definitionsSchema)
}

func (s *server) welcome(ctx context.Context, _ *none) (*body[Welcome], error) {
	out := Welcome{Version: s.version, Demo: []DemoSignIn{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		out.Organisation = dir.Organisation.Name
		offers, err := demo.SignIns(tx)
		for _, o := range offers {
			out.Demo = append(out.Demo, DemoSignIn(o))
		}
		return err
	})
	return reply(out), err
}

type schemaOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// definitionsSchema describes the definition file from the types that read it, so that it cannot fall behind.
func (s *server) definitionsSchema(context.Context, *none) (*schemaOutput, error) {
	text, err := DefinitionsSchema()
	return &schemaOutput{ContentType: "application/schema+json", Body: text}, err
}

// DefinitionsSchema is the JSON Schema of definition files.
func DefinitionsSchema() ([]byte, error) {
	registry := huma.NewMapRegistry("#/$defs/", schemaName)
	registerNames(registry)
	root := registry.Schema(reflect.TypeFor[definition.File](), false, "File")
	return json.MarshalIndent(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Laurel definitions",
		"type": root.Type, "properties": root.Properties, "additionalProperties": false, "$defs": registry.Map(),
	}, "", "  ")
}

package api

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// eventRoutes documents the stream; huma does not serve it.
func (s *server) eventRoutes() {
	doc := s.api.OpenAPI()
	events := []*huma.Schema{}
	for _, t := range []reflect.Type{reflect.TypeFor[ChangeEvent](), reflect.TypeFor[AwardEvent](), reflect.TypeFor[ImportEvent]()} {
		events = append(events, doc.Components.Schemas.Schema(t, true, ""))
	}
	doc.AddOperation(&huma.Operation{
		Method: http.MethodGet, Path: prefix + "/events", OperationID: "followEvents", Tags: []string{"System"},
		Summary: "Live stream of changes and awards (server-sent events)",
		Description: "Events: change, award, import; the data of each is one JSON object. A comment line every 15 seconds keeps the " +
			"connection alive. Last-Event-ID (or ?after=) resumes without a gap. The event reset says that too much was missed: load anew.",
		Parameters: []*huma.Param{{Name: "Last-Event-ID", In: "header", Schema: &huma.Schema{Type: huma.TypeString}}},
		Responses: map[string]*huma.Response{"200": {
			Description: "The stream",
			Content:     map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{OneOf: events}}},
		}},
	})
}

package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// prefix is where every operation of the API lives.
const prefix = "/api"

// server holds what the operations need. It has no state of its own besides caches.
type server struct {
	mux *http.ServeMux
	api huma.API
}

func newServer(version string) *server {
	huma.DefaultArrayNullable = false // a list without items is [], never null
	mux := http.NewServeMux()
	s := &server{mux: mux}
	s.api = humago.New(mux, openAPIConfig(version))
	registerAliases(s.api.OpenAPI().Components.Schemas)
	s.routes()
	return s
}

// routes registers every operation, noun by noun.
func (s *server) routes() {
	s.sessionRoutes()
	s.objectRoutes()
	s.recordRoutes()
	s.peopleRoutes()
	s.metricRoutes()
	s.planRoutes()
	s.awardRoutes()
	s.importRoutes()
	s.systemRoutes()
	s.eventRoutes()
}

package api

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/proof"
	"laurel/internal/record"
	"laurel/internal/verify"
)

// prefix is where every operation of the API lives.
const prefix = "/api"

// Deps is what the API is made of.
type Deps struct {
	DB      *db.DB
	Records *record.Store
	People  *people.Store
	Auth    *auth.Store
	Metrics *metric.Store
	Plans   *plan.Store
	Engine  *engine.Engine
	Prover  *proof.Prover // who proves when asked; one of its own when nil

	App     fs.FS            // the built web application; nil when there is none
	Version string           // of the program
	Access  *slog.Logger     // one line a request; nil for none
	Now     func() time.Time // the clock; time.Now when nil
	Secure  bool             // served over HTTPS: the session cookie is sent only there
	Proxied bool             // behind a proxy that sets X-Forwarded-For
}

// server holds what the operations need.
type server struct {
	db      *db.DB
	records *record.Store
	people  *people.Store
	auth    *auth.Store
	metrics *metric.Store
	plans   *plan.Store
	engine  *engine.Engine

	version string
	now     func() time.Time
	secure  bool
	proxied bool
	app     fs.FS // the built web application, which holds the font for printing

	mux    *http.ServeMux
	api    huma.API
	prover *proof.Prover
	life   context.Context // ends with the server
	paper  huma.API        // writes into the same contract and serves nothing
	hub    *hub

	callers callers
	readies readies // plan versions resolved, for who may see what
}

// New makes the handler of everything that Laurel serves. Its live streams, and the one reader of the change log behind
// them, end with the context.
func New(ctx context.Context, deps Deps) (http.Handler, error) {
	if deps.DB == nil || deps.Records == nil || deps.People == nil || deps.Auth == nil || deps.Metrics == nil || deps.Plans == nil || deps.Engine == nil {
		return nil, errors.New("api: a dependency is missing")
	}
	s := newServer(deps)
	s.life = ctx
	spec, err := encodeSpec(s.api.OpenAPI())
	if err != nil {
		return nil, err
	}
	s.hub = newHub(s)
	go s.hub.run(ctx)

	s.mux.Handle("GET "+prefix+"/docs", s.docsPage())
	s.mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(spec)
	})
	s.mux.HandleFunc("GET /healthz", s.health)
	s.mux.HandleFunc(prefix+"/", s.unknownPath)
	s.mux.Handle("/", app(deps.App))
	return protect(s.authenticate(s.mux), deps.Access), nil
}

func newServer(deps Deps) *server {
	s := &server{
		db: deps.DB, records: deps.Records, people: deps.People, auth: deps.Auth, metrics: deps.Metrics, plans: deps.Plans,
		engine: deps.Engine, version: deps.Version, now: deps.Now, secure: deps.Secure, proxied: deps.Proxied, app: deps.App,
		mux: http.NewServeMux(),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.prover = deps.Prover; s.prover == nil {
		s.prover = proof.New(verify.Deps{DB: s.db, Records: s.records, People: s.people, Plans: s.plans}, nil, s.now)
	}
	config := openAPIConfig()
	s.api = humago.New(s.mux, config)
	s.paper = humago.New(http.NewServeMux(), config)
	registerNames(s.api.OpenAPI().Components.Schemas)
	s.routes()
	return s
}

// routes registers every operation, noun by noun.
func (s *server) routes() {
	s.sessionRoutes()
	s.accountRoutes()
	s.objectRoutes()
	s.recordRoutes()
	s.peopleRoutes()
	s.unitRoutes()
	s.metricRoutes()
	s.metricSetRoutes()
	s.targetRoutes()
	s.rateRoutes()
	s.planRoutes()
	s.awardRoutes()
	s.closingRoutes()
	s.statementRoutes()
	s.accrualRoutes()
	s.importRoutes()
	s.systemRoutes()
	s.proofRoutes()
	s.welcomeRoutes()
	s.eventRoutes()
}

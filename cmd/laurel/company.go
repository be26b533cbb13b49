package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// defaultDB is where data lives unless said otherwise.
const defaultDB = "sqlite:./data/laurel.db"

// company is an organisation's database with everything that works on it.
type company struct {
	db      *db.DB
	records *record.Store
	people  *people.Store
	auth    *auth.Store
	metrics *metric.Store
	plans   *plan.Store
	engine  *engine.Engine
}

// open opens an organisation, creating its database where there is none.
func open(ctx context.Context, p *place) (*company, error) {
	if path, ok := strings.CutPrefix(p.url, "sqlite:"); ok && p.org == "" && !strings.Contains(path, "?") {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return nil, fmt.Errorf("make the folder of the database: %w", err)
		}
	}
	d, err := db.Open(ctx, p.url, p.org)
	if err != nil {
		return nil, notOpened(err)
	}
	return openOn(ctx, d)
}

// openExisting opens an organisation that is there. A mistyped place must not pass for an empty company in which all is well.
func openExisting(ctx context.Context, p *place) (*company, error) {
	d, err := db.OpenExisting(ctx, p.url, p.org)
	if err != nil {
		return nil, notOpened(err)
	}
	return openOn(ctx, d)
}

// notOpened tells a place that was written wrongly from a database that cannot be opened.
func notOpened(err error) error {
	if p, ok := problem.As(err); ok && slices.Contains([]string{"storage_missing", "storage_url", "storage_org"}, p.Code) {
		return usageError{p.Message.In(terminalLang())}
	}
	return err
}

func openOn(ctx context.Context, d *db.DB) (*company, error) {
	records, err := record.Open(ctx, d)
	if err != nil {
		_ = d.Close()
		return nil, err
	}
	c := &company{db: d, records: records}
	c.people = people.Open(d, records)
	c.auth = auth.Open(d, records, c.people)
	c.metrics = metric.Open(records)
	c.plans = plan.Open(records, c.people, c.metrics)
	c.engine = engine.Open(d, records, c.people, c.metrics, c.plans, time.Now)
	return c, nil
}

func (c *company) close() { _ = c.db.Close() }

func (c *company) definitions() *definition.Stores {
	return &definition.Stores{DB: c.db, Records: c.records, People: c.people, Metrics: c.metrics, Plans: c.plans, Engine: c.engine}
}

// printJSON writes a result for scripts.
func (c *call) printJSON(v any) error {
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

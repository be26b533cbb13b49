package api

import (
	"context"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/record"
)

type searchQuery struct {
	Q string `query:"q" maxLength:"200" required:"true"`
}

// Bounds of a search's answer.
const (
	maxHits       = 50 // in all
	maxHitsOfKind = 8  // of persons, plans, metrics, objects, and of the records of each object
)

// search looks where a person would: names of people, plans, objects and metrics, and the text of records.
func (s *server) search(ctx context.Context, in *searchQuery) (*body[SearchResult], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	f := &finder{wanted: strings.ToLower(strings.TrimSpace(in.Q)), hits: []SearchHit{}}
	if f.wanted == "" {
		return reply(SearchResult{Items: f.hits}), nil
	}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		f.people(v)
		f.plans(v)
		f.metrics(v)
		return f.objects(ctx, s, tx, strings.TrimSpace(in.Q))
	})
	return reply(SearchResult{Items: f.hits}), err
}

// finder gathers hits.
type finder struct {
	wanted string
	hits   []SearchHit
}

func (f *finder) matches(texts ...string) bool {
	for _, t := range texts {
		if strings.Contains(strings.ToLower(t), f.wanted) {
			return true
		}
	}
	return false
}

func (f *finder) people(v *viewer) {
	n := 0
	for i := range v.dir.Persons() {
		p := &v.dir.Persons()[i]
		if n == maxHitsOfKind || !f.matches(p.Name, p.Key, p.Email) {
			continue
		}
		n++
		f.hits = append(f.hits, SearchHit{Kind: "person", Title: i18n.Same(p.Name), Subtitle: personSubtitle(v, p), ID: p.ID, Key: p.Key})
	}
}

func personSubtitle(v *viewer, p *people.Person) i18n.Text {
	var parts []i18n.Text
	if p.Position != "" {
		parts = append(parts, i18n.Same(p.Position))
	}
	for _, span := range v.dir.SpansOf(p.ID) {
		if u, ok := v.dir.Unit(span.UnitID); ok && span.Window.Contains(v.today) {
			parts = append(parts, u.Name)
		}
	}
	var out i18n.Text
	for i, part := range parts {
		if i > 0 {
			out.ZH, out.EN = out.ZH+" · ", out.EN+" · "
		}
		out.ZH, out.EN = out.ZH+part.In(i18n.ZH), out.EN+part.In(i18n.EN)
	}
	return out
}

func (f *finder) plans(v *viewer) {
	n := 0
	for _, p := range v.list {
		def := &p.Current(v.today).Def
		if n == maxHitsOfKind || !v.seesPlan(p) || !f.matches(p.Key, def.Name.ZH, def.Name.EN) {
			continue
		}
		n++
		hit := SearchHit{Kind: "plan", Title: def.Name, ID: p.ID, Key: p.Key}
		if r := v.ready(p, p.Current(v.today)); r != nil {
			hit.Subtitle = r.Sentence()
		}
		f.hits = append(f.hits, hit)
	}
}

func (f *finder) metrics(v *viewer) {
	n := 0
	for _, m := range v.metrics.List() {
		if n == maxHitsOfKind || !f.matches(m.Def.Key, m.Def.Name.ZH, m.Def.Name.EN) {
			continue
		}
		n++
		f.hits = append(f.hits, SearchHit{Kind: "metric", Title: m.Def.Name, Subtitle: i18n.T("指标", "Metric"), ID: m.ID, Key: m.Def.Key})
	}
}

// objects looks at the names of objects and at the text of their records.
func (f *finder) objects(ctx context.Context, s *server, tx *db.Tx, text string) error {
	if allow(ctx, auth.ReadRecords) != nil {
		return nil
	}
	schema, err := s.records.Schema(tx)
	if err != nil {
		return err
	}
	for _, o := range schema.Objects {
		if f.matches(o.Key, o.Name.ZH, o.Name.EN) && len(f.hits) < maxHits {
			f.hits = append(f.hits, SearchHit{Kind: "object", Title: o.Name, Subtitle: i18n.T("表", "Object"), Object: o.Key, ID: o.ID, Key: o.Key})
		}
	}
	for _, o := range schema.Objects {
		limit := min(maxHitsOfKind, maxHits-len(f.hits))
		if limit <= 0 {
			return nil
		}
		query := record.Query{Search: text, Limit: limit}
		if err := s.ownConditions(ctx, tx, o, &query); err != nil {
			return err
		}
		page, err := s.records.List(tx, o, query)
		if err != nil {
			return err
		}
		for i := range page.Records {
			r := &page.Records[i]
			f.hits = append(f.hits, SearchHit{Kind: "record", Title: i18n.Same(recordTitle(o, r)), Subtitle: o.Name, Object: o.Key, ID: r.ID})
		}
	}
	return nil
}

package demo

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/problem"
	"laurel/templates"
)

//go:embed company.yaml
var companyFile []byte

// MaxScale bounds how many times the usual number of records is made.
const MaxScale = 500

// Options say how to build the demo company.
type Options struct {
	Scale int       // how many times the records of the usual company; 1 is about 40,000
	Today time.Time // its last day
	Say   func(what string, done int)
	// Settle lets the engine catch up once the definitions stand, before there is anything to count.
	Settle func(ctx context.Context) error
}

// Build makes the demo company in an empty organisation.
func Build(ctx context.Context, stores *definition.Stores, accounts *auth.Store, o Options) error {
	if o.Scale < 1 || o.Scale > MaxScale {
		return problem.Bad("out_of_range", "scale", "规模须在 1 到 %d 之间", "the scale must lie between 1 and %d", MaxScale)
	}
	if len(stores.Records.Objects()) > 0 {
		return problem.New(problem.Conflict, "not_empty", "db", "数据库里已经有数据。演示公司只能建在空的数据库里", "the database holds data already; the demo company needs an empty one")
	}
	c, err := found(ctx, stores, o)
	if err != nil {
		return err
	}
	for _, part := range []func() error{c.market, c.sell, c.serve, c.aim, c.plan} {
		if err := part(); err != nil {
			return err
		}
	}
	return c.signIns(ctx, accounts)
}

// company is the demo company while it is being made.
type company struct {
	ctx     context.Context
	stores  *definition.Stores
	options Options
	zone    *time.Location
	span    calendar.Window // the two years, today included
	workers []*worker
	books   map[string]*book
}

// prefixes are how the records of each object are numbered.
var prefixes = map[string]string{
	"account": "KH", "contact": "LXR", "lead": "XS", "opportunity": "SJ", "contract": "HT", "order": "DD", "payment": "HK",
	"product": "CP", "campaign": "HD", "ticket": "GD", "activity": "GJ", "task": "RW",
}

// found applies the template and the company's own definitions, and hires.
func found(ctx context.Context, stores *definition.Stores, o Options) (*company, error) {
	c := &company{ctx: ctx, stores: stores, options: o, books: map[string]*book{}}
	file, err := definition.Parse(companyFile)
	if err != nil {
		return nil, fmt.Errorf("read the demo company: %w", err)
	}
	if c.zone, err = time.LoadLocation(file.Organisation.TimeZone); err != nil {
		return nil, fmt.Errorf("read the demo company: %w", err)
	}
	today := calendar.DayAt(o.Today, c.zone)
	cal := calendar.Calendar{Zone: c.zone, FirstMonth: time.January}
	c.span = calendar.Window{From: cal.PeriodOf(calendar.Quarter, today-730).From, To: today + 1}
	file.Plans = nil // published at the end, over a history that is there
	c.workers, file.Persons = hire(newDice(1), c.span)
	crm, err := definition.Parse(templates.CRM)
	if err != nil {
		return nil, fmt.Errorf("read the CRM template: %w", err)
	}
	for _, f := range []*definition.File{file, crm} {
		if _, err := stores.Apply(ctx, actor, f, definition.Options{}); err != nil {
			return nil, fmt.Errorf("found the demo company: %w", err)
		}
	}
	if o.Settle != nil {
		if err := o.Settle(ctx); err != nil {
			return nil, err
		}
	}
	return c, c.open()
}

// open finds the ids of persons and objects.
func (c *company) open() error {
	return c.stores.DB.Read(c.ctx, func(tx *db.Tx) error {
		dir, err := c.stores.People.Directory(tx)
		if err != nil {
			return err
		}
		for _, w := range c.workers {
			p, _ := dir.PersonByKey(w.key)
			w.id = p.ID
		}
		schema, err := c.stores.Records.Schema(tx)
		if err != nil {
			return err
		}
		for key, prefix := range prefixes {
			o, err := schema.Object(key)
			if err != nil {
				return err
			}
			c.books[key] = &book{ctx: c.ctx, records: c.stores.Records, object: o, prefix: prefix}
		}
		return nil
	})
}

// write writes the books of some objects, in order.
func (c *company) write(objects ...string) error {
	for _, key := range objects {
		b := c.books[key]
		if err := b.write(c.stores.DB); err != nil {
			return err
		}
		if c.options.Say != nil {
			c.options.Say(b.object.Name.EN, b.written)
		}
	}
	return nil
}

// plan publishes the plans: most from the first day, two programmes at the start of the second year.
func (c *company) plan() error {
	file, err := definition.Parse(companyFile)
	if err != nil {
		return fmt.Errorf("read the demo company: %w", err)
	}
	later := c.programmes()
	for i := range file.Plans {
		from := c.span.From
		if file.Plans[i].Key == "praise-rate" || file.Plans[i].Key == "qualified-leads" {
			from = later
		}
		file.Plans[i].EffectiveFrom = &from
	}
	_, err = c.stores.Apply(c.ctx, actor, &definition.File{Plans: file.Plans}, definition.Options{})
	return err
}

// programmes is the day on which the two later programmes began: half way, on the first of a quarter.
func (c *company) programmes() calendar.Day {
	cal := calendar.Calendar{Zone: c.zone, FirstMonth: time.January}
	return cal.PeriodOf(calendar.Quarter, c.span.From+calendar.Day(c.span.Days()/2)).From
}

func (c *company) of(j job) []*worker {
	var out []*worker
	for _, w := range c.workers {
		if w.job == j {
			out = append(out, w)
		}
	}
	return out
}

// months lists the calendar months of the two years, the last one cut off at today.
func (c *company) months() []calendar.Window {
	cal := calendar.Calendar{Zone: c.zone, FirstMonth: time.January}
	var out []calendar.Window
	for _, p := range cal.Between(calendar.Month, c.span) {
		out = append(out, p.Overlap(c.span))
	}
	return out
}

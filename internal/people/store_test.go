package people

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// office is a store with the transactions that tests need around each call.
type office struct {
	*testing.T
	db      *db.DB
	records *record.Store
	*Store
}

func eachOffice(t *testing.T, test func(o office)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		records, err := record.Open(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		test(office{t, d, records, Open(d, records)})
	})
}

func (o office) write(fn func(tx *db.Tx) error) error { return o.db.Write(o.Context(), fn) }

func (o office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o office) refuse(err error, code string) {
	o.Helper()
	if !problem.IsCode(err, code) {
		o.Errorf("got %v, want the problem %s", err, code)
	}
}

func (o office) person(p Person) (saved Person) {
	o.Helper()
	o.must(o.write(func(tx *db.Tx) (err error) {
		saved, _, err = o.SavePerson(tx, "test", p)
		return err
	}))
	return saved
}

func (o office) unit(u Unit) (saved Unit) {
	o.Helper()
	o.must(o.write(func(tx *db.Tx) (err error) {
		saved, _, err = o.SaveUnit(tx, "test", u)
		return err
	}))
	return saved
}

func (o office) directory() (dir *Directory) {
	o.Helper()
	o.must(o.db.Read(o.Context(), func(tx *db.Tx) (err error) {
		dir, err = o.Directory(tx)
		return err
	}))
	return dir
}

// news lists what entered the log after a number, as "kind object before → after".
func (o office) news(after int64) (lines []string, last int64) {
	o.Helper()
	last = after
	o.must(o.db.Read(o.Context(), func(tx *db.Tx) error {
		changes, err := o.records.Changes(tx, after, 100)
		for _, c := range changes {
			lines = append(lines, c.Kind+" "+c.Object+" "+string(c.Before)+" → "+string(c.After))
			last = c.Seq
		}
		return err
	}))
	return lines, last
}

func TestPersonIsLoggedOnlyWhenItChanges(t *testing.T) {
	eachOffice(t, func(o office) {
		day := calendar.DayOf(2024, 2, 1)
		ana := o.person(Person{Name: "  Ana   Lee ", Position: "rep", JoinedOn: &day})
		if ana.Key != "Ana Lee" || ana.Version != 1 {
			t.Fatalf("key %q version %d, want the tidied name and 1", ana.Key, ana.Version)
		}
		news, seen := o.news(0)
		want := `create @person  → {"account_id":0,"email":"","joined_on":"2024-02-01","key":"Ana Lee","left_on":null,"name":"Ana Lee","position":"rep"}`
		if len(news) != 1 || news[0] != want {
			t.Fatalf("got %q\nwant %q", news, want)
		}
		again := ana
		again.Key = ""
		if saved := o.person(again); saved.Version != 1 {
			t.Errorf("saving the same made version %d", saved.Version)
		}
		ana.Position = "lead"
		ana = o.person(ana)
		news, _ = o.news(seen)
		if want := `update @person {"position":"rep"} → {"position":"lead"}`; len(news) != 1 || news[0] != want {
			t.Errorf("got %q\nwant %q", news, want)
		}
		ana.Version = 1
		o.refuse(o.write(func(tx *db.Tx) error {
			_, _, err := o.SavePerson(tx, "test", ana)
			return err
		}), "version_conflict")
	})
}

func TestPersonRefused(t *testing.T) {
	first, last := calendar.DayOf(2024, 2, 2), calendar.DayOf(2024, 2, 1)
	cases := []struct {
		name   string
		person Person
		code   string
		field  string
	}{
		{"a second one of the name without a key", Person{Name: "Ana"}, "person_key_taken", "key"},
		{"a key in use", Person{Name: "Bo", Key: "Ana"}, "person_key_taken", "key"},
		{"no name", Person{Key: "E1", Name: "  "}, "required", "name"},
		{"broken UTF-8", Person{Name: "A\xff"}, "invalid_text", "name"},
		{"an endless name", Person{Name: strings.Repeat("王", maxName+1)}, "too_long", "name"},
		{"no e-mail address", Person{Name: "Bo", Email: "bo at home"}, "email_invalid", "email"},
		{"left before joining", Person{Name: "Bo", JoinedOn: &first, LeftOn: &last}, "left_before_joined", "left_on"},
		{"an unknown id", Person{ID: 999, Name: "Bo"}, "person_not_found", ""},
	}
	eachOffice(t, func(o office) {
		o.person(Person{Name: "Ana"})
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				err := o.write(func(tx *db.Tx) error {
					_, _, err := o.SavePerson(tx, "test", c.person)
					return err
				})
				if p, ok := problem.As(err); !ok || p.Code != c.code || p.Field != c.field {
					t.Errorf("got %v, want %s at %q", err, c.code, c.field)
				}
			})
		}
	})
}

func TestUnitTrees(t *testing.T) {
	eachOffice(t, func(o office) {
		sales := o.unit(Unit{Kind: Department, Name: i18n.T("销售", "Sales")})
		north := o.unit(Unit{Kind: Team, Key: "north", Name: i18n.Same("North"), ParentID: sales.ID})
		desk := o.unit(Unit{Kind: Team, Key: "desk", Name: i18n.Same("Desk"), ParentID: north.ID})
		if sales.Key != "销售" {
			t.Errorf("key %q, want the name", sales.Key)
		}
		again := o.unit(Unit{ID: north.ID, Kind: Team, Name: i18n.Same("North"), ParentID: sales.ID})
		if again.Version != 1 || again.Key != "north" {
			t.Errorf("saving the same: %+v", again)
		}
		cases := []struct {
			name string
			unit Unit
			code string
		}{
			{"its own parent", Unit{ID: north.ID, Kind: Team, Name: north.Name, ParentID: north.ID}, "unit_circle"},
			{"below what lies below it", Unit{ID: north.ID, Kind: Team, Name: north.Name, ParentID: desk.ID}, "unit_circle"},
			{"a department below a team", Unit{Kind: Department, Name: i18n.Same("X"), ParentID: desk.ID}, "unit_parent_kind"},
			{"a team that becomes a department", Unit{ID: desk.ID, Kind: Department, Name: desk.Name}, "unit_kind_fixed"},
			{"a key in use", Unit{Kind: Team, Key: "desk", Name: i18n.Same("Desk 2")}, "unit_key_taken"},
			{"no such parent", Unit{Kind: Team, Name: i18n.Same("X"), ParentID: 999}, "unit_not_found"},
			{"no kind", Unit{Name: i18n.Same("X")}, "unit_kind_invalid"},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				office{t, o.db, o.records, o.Store}.refuse(o.write(func(tx *db.Tx) error {
					_, _, err := o.SaveUnit(tx, "test", c.unit)
					return err
				}), c.code)
			})
		}
		o.unit(Unit{Kind: Department, Key: "desk", Name: i18n.Same("Desk")}) // the key is free among departments
		below := desk
		for range maxUnitDepth - 3 {
			below = o.unit(Unit{Kind: Team, Name: i18n.Same(below.Key + "+"), ParentID: below.ID})
		}
		o.refuse(o.write(func(tx *db.Tx) error {
			for range 2 {
				var err error
				below, _, err = o.SaveUnit(tx, "test", Unit{Kind: Team, Name: i18n.Same(below.Key + "+"), ParentID: below.ID})
				if err != nil {
					return err
				}
			}
			return nil
		}), "unit_too_deep")
	})
}

func TestMembershipsAreReplacedAsAWhole(t *testing.T) {
	window := func(from, to calendar.Day) calendar.Window { return calendar.Window{From: from, To: to} }
	eachOffice(t, func(o office) {
		ana := o.person(Person{Name: "Ana"})
		team := o.unit(Unit{Kind: Team, Name: i18n.Same("North")})
		_, seen := o.news(0)
		set := func(spans ...Span) (changed bool, err error) {
			err = o.write(func(tx *db.Tx) (err error) {
				changed, err = o.SetMemberships(tx, "test", ana.ID, spans)
				return err
			})
			return changed, err
		}
		_, err := set(Span{UnitID: team.ID, Window: window(0, 10)}, Span{UnitID: team.ID, Window: window(5, calendar.MaxDay)})
		o.must(err)
		stored := o.directory().SpansOf(ana.ID)
		if len(stored) != 1 || stored[0].Window != window(0, calendar.MaxDay) {
			t.Fatalf("overlapping spans became %v", stored)
		}
		if changed, err := set(stored...); changed || err != nil {
			t.Errorf("the same again: changed %v, %v", changed, err)
		}
		_, err = set(Span{UnitID: team.ID, Window: window(0, calendar.MaxDay)}, Span{UnitID: team.ID, Window: window(20, 30), Lead: true})
		o.must(err)
		var got []calendar.Window
		for _, s := range o.directory().SpansOf(ana.ID) {
			got = append(got, s.Window)
		}
		if len(got) != 3 || got[1] != window(20, 30) {
			t.Errorf("leading for ten days became %v", got)
		}
		news, _ := o.news(seen)
		if len(news) != 2 || !strings.HasPrefix(news[0], `update @membership {"spans":[]} → {"spans":[{"id":`) {
			t.Errorf("the log says %q", news)
		}
		_, err = set(Span{UnitID: 999, Window: window(0, 1)})
		o.refuse(err, "unit_not_found")
		_, err = set(Span{UnitID: team.ID, Window: window(1, 1)})
		o.refuse(err, "window_empty")
		if changed, err := set(); !changed || err != nil || len(o.directory().SpansOf(ana.ID)) != 0 {
			t.Errorf("clearing: changed %v, %v", changed, err)
		}
	})
}

func TestManagers(t *testing.T) {
	eachOffice(t, func(o office) {
		ana, bo, chen := o.person(Person{Name: "Ana"}), o.person(Person{Name: "Bo"}), o.person(Person{Name: "Chen"})
		set := func(person, manager int64, windows ...calendar.Window) error {
			return o.write(func(tx *db.Tx) error {
				var spans []ManagerSpan
				for _, w := range windows {
					spans = append(spans, ManagerSpan{ManagerID: manager, Window: w})
				}
				_, err := o.SetManagers(tx, "test", person, spans)
				return err
			})
		}
		always := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
		o.must(set(ana.ID, bo.ID, calendar.Window{From: 0, To: 100}))
		o.must(set(bo.ID, chen.ID, calendar.Window{From: 50, To: 150}))
		o.refuse(set(ana.ID, ana.ID, always), "manager_self")
		o.refuse(set(chen.ID, ana.ID, calendar.Window{From: 99, To: 120}), "manager_circle")
		o.refuse(set(ana.ID, 999, always), "person_not_found")
		o.must(set(chen.ID, ana.ID, calendar.Window{From: 100, To: 120})) // Ana has no manager any more: no circle
		if m, _ := o.directory().ManagerOf(chen.ID, 100); m != ana.ID {
			t.Errorf("on day 100 Chen's manager is %d, want %d", m, ana.ID)
		}
		o.refuse(o.write(func(tx *db.Tx) error {
			_, err := o.SetManagers(tx, "test", ana.ID, []ManagerSpan{
				{ManagerID: bo.ID, Window: calendar.Window{From: 0, To: 10}},
				{ManagerID: chen.ID, Window: calendar.Window{From: 9, To: 20}},
			})
			return err
		}), "manager_overlap")
		_, seen := o.news(0)
		o.must(set(ana.ID, bo.ID, calendar.Window{From: 0, To: 60}, calendar.Window{From: 60, To: 100}))
		if news, _ := o.news(seen); len(news) != 0 {
			t.Errorf("the same managers in two pieces were logged: %q", news)
		}
	})
}

func TestOrganisation(t *testing.T) {
	eachOffice(t, func(o office) {
		save := func(change func(*Organisation)) error {
			org := o.directory().Organisation
			change(&org)
			return o.write(func(tx *db.Tx) error {
				_, err := o.SaveOrganisation(tx, "test", org)
				return err
			})
		}
		o.refuse(save(func(org *Organisation) { org.TimeZone = "Mars/Olympus" }), "time_zone_unknown")
		o.refuse(save(func(org *Organisation) { org.TimeZone = "Local" }), "time_zone_unknown")
		o.refuse(save(func(org *Organisation) { org.FiscalStartMonth = 13 }), "fiscal_month_invalid")
		o.refuse(save(func(org *Organisation) { org.Currency = "GOLD" }), "currency_unknown")
		o.refuse(save(func(org *Organisation) { org.Language = "la" }), "language_unknown")
		o.refuse(save(func(org *Organisation) { org.Name = i18n.Text{} }), "required")
		o.must(save(func(org *Organisation) { org.TimeZone, org.FiscalStartMonth = "America/New_York", 4 }))
		o.must(save(func(org *Organisation) {})) // nothing changed, nothing logged
		news, _ := o.news(0)
		want := `update @organisation {"fiscal_start_month":1,"time_zone":"Asia/Shanghai"} → {"fiscal_start_month":4,"time_zone":"America/New_York"}`
		if len(news) != 1 || news[0] != want {
			t.Errorf("the log says %q, want %q", news, want)
		}
		c := o.directory().Organisation.Calendar()
		if c.Zone.String() != "America/New_York" || c.FirstMonth != 4 {
			t.Errorf("calendar %v", c)
		}
	})
}

func TestAccountsAndPersonsAreOneToOne(t *testing.T) {
	eachOffice(t, func(o office) {
		ana, bo := o.person(Person{Name: "Ana"}), o.person(Person{Name: "Bo"})
		link := func(person, account int64) error {
			return o.write(func(tx *db.Tx) error {
				_, err := o.LinkAccount(tx, "test", person, account)
				return err
			})
		}
		o.must(link(ana.ID, 71))
		o.must(link(ana.ID, 71))
		o.refuse(link(bo.ID, 71), "account_linked")
		o.refuse(link(ana.ID, 72), "person_linked")
		ana.Position = "lead"
		ana.Version = 0
		if ana = o.person(ana); ana.AccountID != 71 {
			t.Errorf("saving the person lost the sign-in")
		}
		o.must(link(ana.ID, 0))
		o.must(link(bo.ID, 71))
		if p, ok := o.directory().PersonOfAccount(71); !ok || p.ID != bo.ID {
			t.Errorf("account 71 belongs to %v", p)
		}
	})
}

func TestDirectoryFollowsItsTransaction(t *testing.T) {
	eachOffice(t, func(o office) {
		before := o.directory()
		if o.directory() != before {
			t.Error("nobody changed, and the picture was made anew")
		}
		undone := errors.New("undone")
		names := func(dir *Directory) (out string) {
			for _, p := range dir.Persons() {
				out += p.Name + " "
			}
			return out
		}
		// Two writes at the same height of the log: the first is rolled back, and its picture must not come back.
		for _, name := range []string{"Ghost", "Ana"} {
			err := o.write(func(tx *db.Tx) error {
				if _, _, err := o.SavePerson(tx, "test", Person{Name: name}); err != nil {
					return err
				}
				dir, err := o.Directory(tx)
				if err != nil {
					return err
				}
				if got := names(dir); got != name+" " {
					t.Errorf("inside its transaction the picture holds %q, want %q", got, name)
				}
				if name == "Ghost" {
					return undone
				}
				return nil
			})
			if name == "Ghost" && !errors.Is(err, undone) || name == "Ana" && err != nil {
				t.Fatal(err)
			}
		}
		if got := names(o.directory()); got != "Ana " {
			t.Errorf("after all: %q, want Ana alone", got)
		}
		if len(before.Persons()) != 0 {
			t.Error("a picture changed after it was handed out")
		}
	})
}

// Random writes, reads and partial rollbacks in one transaction, then a rollback or commit of all: every picture shows
// what a store that has never read anything sees.
func TestDirectoryIsNeverStale(t *testing.T) {
	eachOffice(t, func(o office) {
		other := Open(o.db, o.records) // as in another process
		same := func(t *rapid.T, tx *db.Tx) {
			dir, err := o.Directory(tx)
			if err != nil {
				t.Fatal(err)
			}
			truth, err := readDirectory(tx, 0)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(dir.Persons(), truth.Persons()) {
				t.Fatalf("the picture holds %v, the database %v", dir.Persons(), truth.Persons())
			}
		}
		undone := errors.New("undone")
		n := 0
		rapid.Check(o.T, func(t *rapid.T) {
			var play func(tx *db.Tx, steps int) error
			play = func(tx *db.Tx, steps int) error {
				for range steps {
					switch rapid.SampledFrom([]string{"write", "write", "read", "nested"}).Draw(t, "step") {
					case "write":
						n++
						if _, _, err := o.SavePerson(tx, "test", Person{Name: fmt.Sprint("P", n)}); err != nil {
							return err
						}
					case "read":
						same(t, tx)
					case "nested":
						inner := rapid.IntRange(1, 3).Draw(t, "inner")
						if err := tx.Nested(func() error { return play(tx, inner) }); err != nil && !errors.Is(err, undone) {
							return err
						}
					}
				}
				if rapid.Bool().Draw(t, "undo") {
					return undone
				}
				return nil
			}
			for range rapid.IntRange(1, 3).Draw(t, "transactions") {
				err := o.write(func(tx *db.Tx) error { return play(tx, rapid.IntRange(1, 5).Draw(t, "steps")) })
				if err != nil && !errors.Is(err, undone) {
					t.Fatal(err)
				}
				err = o.db.Read(o.Context(), func(tx *db.Tx) error {
					same(t, tx)
					dir, err := other.Directory(tx)
					if mine, _ := o.Directory(tx); err == nil && !reflect.DeepEqual(dir.Persons(), mine.Persons()) {
						t.Fatalf("two stores see different people")
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		})
	})
}

func TestAPositionIsTakenFromADayOn(t *testing.T) {
	at := func(month, d int) calendar.Day { return calendar.DayOf(2026, time.Month(month), d) }
	words := func(p *Person) string {
		out := []string{p.Position + ":"}
		for _, h := range p.Positions {
			w := h.Window()
			from, to := w.From.String(), w.To.String()
			if w.From == calendar.MinDay {
				from = "…"
			}
			if w.To == calendar.MaxDay {
				to = "…"
			}
			out = append(out, h.Position+" "+from+" "+to)
		}
		return strings.Join(out, " ")
	}
	p := Person{Name: "Ana"}
	for _, step := range []struct {
		position string
		from     calendar.Day
		want     string
	}{
		{"rep", at(3, 1), "rep:"}, // the first one was always held
		{"rep", at(4, 1), "rep:"},
		{"lead", at(5, 1), "lead: rep … 2026-05-01 lead 2026-05-01 …"},
		{"lead", at(6, 1), "lead: rep … 2026-05-01 lead 2026-05-01 …"},
		{"head", at(4, 1), "head: rep … 2026-04-01 head 2026-04-01 …"}, // known better since: what came later goes
		{"rep", at(4, 1), "rep:"},
	} {
		p.TakePosition(step.position, step.from)
		if err := p.settlePositions(); err != nil {
			t.Fatal(err)
		}
		if got := words(&p); got != step.want {
			t.Errorf("%s from %s: %s, want %s", step.position, step.from, got, step.want)
		}
	}
}

package people

import (
	"fmt"
	"testing"

	"laurel/internal/calendar"
)

// smallCompany: sales (1) above north (2) above desk (3); Ana moves from the desk to north, Bo leaves.
func smallCompany() *Directory {
	day := func(n int) *calendar.Day { d := calendar.Day(n); return &d }
	persons := []Person{
		{ID: 11, Key: "E1", Name: "Ana", Email: "ana@example.com"},
		{ID: 12, Key: "E2", Name: "Bo", Email: "bo@example.com", JoinedOn: day(10), LeftOn: day(19), AccountID: 90},
		{ID: 13, Key: "E3", Name: "Chen", Email: "office@example.com"},
		{ID: 14, Key: "E4", Name: "Chen", Email: "office@example.com"},
		{ID: 15, Key: "Ana", Name: "Dee"},
	}
	units := []Unit{
		{ID: 1, Kind: Department, Key: "sales"},
		{ID: 2, Kind: Team, Key: "north", ParentID: 1},
		{ID: 3, Kind: Team, Key: "desk", ParentID: 2},
	}
	open := calendar.MaxDay
	spans := []Span{
		{PersonID: 11, UnitID: 3, Window: calendar.Window{From: 0, To: 10}},
		{PersonID: 11, UnitID: 2, Window: calendar.Window{From: 5, To: 30}, Lead: true},
		{PersonID: 12, UnitID: 2, Window: calendar.Window{From: 0, To: open}},
		{PersonID: 13, UnitID: 1, Window: calendar.Window{From: 0, To: 5}},
		{PersonID: 13, UnitID: 3, Window: calendar.Window{From: 8, To: open}},
	}
	managers := []ManagerSpan{
		{PersonID: 11, ManagerID: 13, Window: calendar.Window{From: 0, To: 10}},
		{PersonID: 11, ManagerID: 14, Window: calendar.Window{From: 12, To: open}},
		{PersonID: 12, ManagerID: 14, Window: calendar.Window{From: 10, To: 15}},
	}
	return newDirectory(Organisation{}, persons, units, spans, managers)
}

func TestMembersOfAUnitIncludeThoseBelow(t *testing.T) {
	d := smallCompany()
	describe := func(unit int64) string {
		out := ""
		for _, s := range d.MemberSpans(unit) {
			end := fmt.Sprint(int(s.Window.To))
			if s.Window.To == calendar.MaxDay {
				end = "…"
			}
			out += fmt.Sprintf("%d:%d-%s ", s.PersonID, s.Window.From, end)
			if s.Lead {
				out += "leads "
			}
		}
		return out
	}
	cases := []struct {
		name string
		unit int64
		want string
	}{
		{"a leaf", 3, "11:0-10 13:8-… "},
		{"overlap with the team below is one span, employment ends it", 2, "11:0-30 leads 12:10-20 13:8-… "},
		{"two levels up, leading below is not leading", 1, "11:0-30 12:10-20 13:0-5 13:8-… "},
		{"no such unit", 9, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := describe(c.unit); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestUnitsAndManagersOnADay(t *testing.T) {
	d := smallCompany()
	cases := []struct {
		name    string
		person  int64
		day     calendar.Day
		units   string
		manager int64
		reports string
	}{
		{"in a team and the team above it at once", 11, 5, "[1 2 3]", 13, "[]"},
		{"the day after leaving a team", 11, 10, "[1 2]", 0, "[]"},
		{"the first day under a new manager", 11, 12, "[1 2]", 14, "[]"},
		{"the last day at work", 12, 19, "[1 2]", 0, "[]"},
		{"the day after the last", 12, 20, "[]", 0, "[]"},
		{"the day before joining", 12, 9, "[]", 0, "[]"},
		{"a manager of two", 14, 14, "[]", 0, "[11 12]"},
		{"a manager of nobody any more", 13, 10, "[1 2 3]", 0, "[]"},
		{"somebody unknown", 99, 0, "[]", 0, "[]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			manager, _ := d.ManagerOf(c.person, c.day)
			units, reports := fmt.Sprint(d.UnitsOf(c.person, c.day)), fmt.Sprint(d.Reports(c.person, c.day))
			if units != c.units || manager != c.manager || reports != c.reports {
				t.Errorf("got units %s, manager %d, reports %s; want %s, %d, %s", units, manager, reports, c.units, c.manager, c.reports)
			}
		})
	}
}

func TestPersonByKey(t *testing.T) {
	d := smallCompany()
	cases := []struct {
		name, key string
		want      int64 // 0 = nobody
	}{
		{"by key", "E2", 12},
		{"by name", "Bo", 12},
		{"with stray blanks", "  Bo ", 12},
		{"by e-mail in any case", "BO@Example.com", 12},
		{"a key wins over a name", "Ana", 15},
		{"a name that two share", "Chen", 0},
		{"an address that two share", "office@example.com", 0},
		{"nothing", "", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got int64
			if p, ok := d.PersonByKey(c.key); ok {
				got = p.ID
			}
			if got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestOversees(t *testing.T) {
	d := newDirectory(Organisation{},
		[]Person{{ID: 1, Key: "a"}, {ID: 2, Key: "b"}, {ID: 3, Key: "c"}, {ID: 4, Key: "d"}},
		[]Unit{{ID: 8, Kind: Department, Key: "x"}, {ID: 9, Kind: Team, Key: "y", ParentID: 8}},
		[]Span{
			{PersonID: 3, UnitID: 9, Window: calendar.Window{From: 0, To: 20}},
			{PersonID: 4, UnitID: 8, Window: calendar.Window{From: 5, To: 20}, Lead: true},
			{PersonID: 4, UnitID: 8, Window: calendar.Window{From: 20, To: 30}},
		},
		[]ManagerSpan{
			{PersonID: 2, ManagerID: 1, Window: calendar.Window{From: 0, To: 10}},
			{PersonID: 3, ManagerID: 2, Window: calendar.Window{From: 0, To: 20}},
		})
	cases := []struct {
		name           string
		leader, person int64
		day            calendar.Day
		want           bool
	}{
		{"a manager", 2, 3, 0, true},
		{"a manager's manager", 1, 3, 9, true},
		{"no longer the manager's manager", 1, 3, 10, false},
		{"the lead of the department above the team", 4, 3, 5, true},
		{"the day before leading", 4, 3, 4, false},
		{"a member who leads no more", 4, 3, 20, false},
		{"a report over the manager", 3, 2, 0, false},
		{"oneself", 4, 4, 6, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := d.Oversees(c.leader, c.person, c.day); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

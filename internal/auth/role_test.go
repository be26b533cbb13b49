package auth

import (
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

func TestWhatEachRoleMayDo(t *testing.T) {
	may := map[Role]map[Permission]bool{
		Designer: {SignIn: true, ReadRecords: true, WriteRecords: true, Import: true, DesignObjects: true, DesignPlans: true},
		Finance:  {SignIn: true, ReadRecords: true, SetRates: true, SeeTeam: true, SeeAllAwards: true, SeeClosings: true, ClosePeriods: true},
		Manager:  {SignIn: true, ReadRecords: true, WriteRecords: true, Import: true, SeeTeam: true, SeeClosings: true},
		Employee: {SignIn: true, ReadRecords: true, WriteRecords: true},
		"":       {},
		"root":   {},
	}
	for permission := range allows {
		if may := permission != ClosePeriods; Can(Actor{Roles: []Role{Admin}}, permission) != may || Can(System, permission) != may {
			t.Errorf("an administrator, permission %s: %v", permission, !may)
		}
		for role, list := range may {
			if got := Can(Actor{Roles: []Role{role}}, permission); got != list[permission] {
				t.Errorf("role %q, permission %s: %v", role, permission, got)
			}
		}
	}
	both := Actor{Roles: []Role{Employee, Finance}}
	if !Can(both, WriteRecords) || !Can(both, SeeAllAwards) {
		t.Error("roles do not add up")
	}
	if Can(System, "no_such_permission") {
		t.Error("an unknown permission was granted")
	}
}

func TestRequireNamesTheRoles(t *testing.T) {
	err := Require(Actor{Roles: []Role{Employee}}, DesignPlans)
	p, ok := problem.As(err)
	if !ok || p.Kind != problem.Forbidden || p.Message.EN != "You may not do this; it takes the role Administrator or Reward designer. Ask an administrator" {
		t.Errorf("got %v", err)
	}
}

// cast: Ana reports to Bo, Bo to Chen, Dee to nobody.
func cast(t *testing.T, d *db.DB) (dir *people.Directory, ids map[string]int64) {
	records, err := record.Open(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	store := people.Open(d, records)
	ids = map[string]int64{}
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		for _, name := range []string{"Ana", "Bo", "Chen", "Dee"} {
			p, _, err := store.SavePerson(tx, "test", people.Person{Name: name})
			if err != nil {
				return err
			}
			ids[name] = p.ID
		}
		for report, manager := range map[string]string{"Ana": "Bo", "Bo": "Chen"} {
			span := people.ManagerSpan{ManagerID: ids[manager], Window: calendar.Window{From: 0, To: 100}}
			if _, err := store.SetManagers(tx, "test", ids[report], []people.ManagerSpan{span}); err != nil {
				return err
			}
		}
		dir, err = store.Directory(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, ids
}

func TestWhoSeesAnAward(t *testing.T) {
	dir, ids := cast(t, dbtest.Open(t, db.SQLite))
	// An award of Ana's; each case says what is seen of it when the plan is full, amount_hidden and private.
	cases := []struct {
		name       string
		person     string
		roles      []Role
		inAudience bool
		day        calendar.Day
		want       [3]Level
	}{
		{"the winner", "Ana", []Role{Employee}, true, 50, [3]Level{SeesFull, SeesFull, SeesFull}},
		{"the winner, out of the audience by now", "Ana", []Role{Employee}, false, 50, [3]Level{SeesFull, SeesFull, SeesFull}},
		{"the manager", "Bo", []Role{Manager}, false, 50, [3]Level{SeesFull, SeesFull, SeesFull}},
		{"the manager's manager", "Chen", []Role{Manager}, false, 50, [3]Level{SeesFull, SeesFull, SeesFull}},
		{"the manager of the past", "Bo", []Role{Manager}, true, 100, [3]Level{SeesFull, SeesHidden, SeesNone}},
		{"the manager with a token without that role", "Bo", []Role{Employee}, false, 50, [3]Level{SeesNone, SeesNone, SeesNone}},
		{"a manager of others", "Dee", []Role{Manager}, false, 50, [3]Level{SeesNone, SeesNone, SeesNone}},
		{"a colleague of the audience", "Dee", []Role{Employee}, true, 50, [3]Level{SeesFull, SeesHidden, SeesNone}},
		{"a colleague outside", "Dee", []Role{Employee}, false, 50, [3]Level{SeesNone, SeesNone, SeesNone}},
		{"a designer", "Dee", []Role{Designer}, false, 50, [3]Level{SeesFull, SeesHidden, SeesNone}},
		{"finance", "Dee", []Role{Finance}, false, 50, [3]Level{SeesFull, SeesFull, SeesFull}},
		{"an administrator who is nobody", "", []Role{Admin}, false, 50, [3]Level{SeesFull, SeesFull, SeesFull}},
		{"an account that is nobody", "", []Role{Manager}, false, 50, [3]Level{SeesNone, SeesNone, SeesNone}},
		{"the winner without any role", "Ana", nil, true, 50, [3]Level{SeesNone, SeesNone, SeesNone}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			actor := Actor{PersonID: ids[c.person], Roles: c.roles}
			for i, v := range []Visibility{VisibleFull, VisibleAmountHidden, VisiblePrivate} {
				view := AwardView{Visibility: v, Subjects: []int64{ids["Ana"]}, InAudience: c.inAudience, Today: c.day}
				if got := actor.SeesAward(view, dir); got != c.want[i] {
					t.Errorf("%s: got %d, want %d", v, got, c.want[i])
				}
			}
		})
	}
	t.Run("a member sees a private award of the team", func(t *testing.T) {
		view := AwardView{Visibility: VisiblePrivate, Subjects: []int64{ids["Ana"], ids["Dee"]}, Today: 50}
		if got := (Actor{PersonID: ids["Dee"], Roles: []Role{Employee}}).SeesAward(view, dir); got != SeesFull {
			t.Errorf("got %d", got)
		}
	})
	t.Run("an unknown visibility is private", func(t *testing.T) {
		view := AwardView{Visibility: "loud", Subjects: []int64{ids["Ana"]}, InAudience: true, Today: 50}
		if got := (Actor{PersonID: ids["Dee"], Roles: []Role{Employee}}).SeesAward(view, dir); got != SeesNone {
			t.Errorf("got %d", got)
		}
	})
}

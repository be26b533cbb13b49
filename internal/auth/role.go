package auth

import (
	"slices"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// Role is a set of permissions. An account has one or more.
type Role string

// The roles.
const (
	Admin    Role = "admin"    // everything but closing periods, which money leaves by
	Designer Role = "designer" // objects, metrics and plans
	Manager  Role = "manager"  // works with records, sees the rewards of those below
	Employee Role = "employee" // works with records, sees own rewards and what plans make public
	Finance  Role = "finance"  // reads everything, all awards and amounts; closes periods
)

// Roles lists every role with its name, most powerful first.
var Roles = []struct {
	Key  Role
	Name i18n.Text
}{
	{Admin, i18n.T("管理员", "Administrator")},
	{Designer, i18n.T("激励设计者", "Reward designer")},
	{Finance, i18n.T("财务", "Finance")},
	{Manager, i18n.T("主管", "Manager")},
	{Employee, i18n.T("员工", "Employee")},
}

// Valid reports whether the role is known.
func (r Role) Valid() bool { return allows[SignIn].has(r) }

// Permission is something that an actor may or may not do.
type Permission string

// The permissions.
const (
	SignIn             Permission = "sign_in"             // be here: own page, plans, people, search
	ReadRecords        Permission = "read_records"        // of every object
	WriteRecords       Permission = "write_records"       // create, change, delete, restore
	Import             Permission = "import"              // many records at once from a file
	DesignObjects      Permission = "design_objects"      // objects and fields
	DesignPlans        Permission = "design_plans"        // metrics and plans, with preview on everybody's history
	ManagePeople       Permission = "manage_people"       // persons, units, memberships, managers
	SetRates           Permission = "set_rates"           // what other currencies are worth
	ManageAccounts     Permission = "manage_accounts"     // sign-ins and their roles
	ManageOrganisation Permission = "manage_organisation" // settings, definitions as a whole
	SeeTeam            Permission = "see_team"            // rewards of those one stands above
	SeeAllAwards       Permission = "see_all_awards"      // all awards and amounts, whatever the plan hides
	SeeClosings        Permission = "see_closings"        // which periods are open, closed and paid
	SeeBallots         Permission = "see_ballots"         // of secret votes, to keep the data; the tally is everybody's
	ClosePeriods       Permission = "close_periods"       // close and reopen periods, mark them as paid; finance alone, admin neither
)

type roleSet []Role

func (s roleSet) has(r Role) bool { return slices.Contains(s, r) }

// allows is the whole truth about who may do what, but for whose award one sees: that is in SeesAward.
var allows = map[Permission]roleSet{
	SignIn:             {Admin, Designer, Finance, Manager, Employee},
	ReadRecords:        {Admin, Designer, Finance, Manager, Employee},
	WriteRecords:       {Admin, Designer, Manager, Employee},
	Import:             {Admin, Designer, Manager},
	DesignObjects:      {Admin, Designer},
	DesignPlans:        {Admin, Designer},
	ManagePeople:       {Admin},
	SetRates:           {Admin, Finance},
	ManageAccounts:     {Admin},
	ManageOrganisation: {Admin},
	SeeTeam:            {Admin, Finance, Manager},
	SeeAllAwards:       {Admin, Finance},
	SeeClosings:        {Admin, Finance, Manager},
	SeeBallots:         {Admin},
	ClosePeriods:       {Finance},
}

// Can reports whether one of the actor's roles allows something.
func Can(a Actor, p Permission) bool { return slices.ContainsFunc(a.Roles, allows[p].has) }

// Require is nil if the actor may, or the problem that says which roles could.
func Require(a Actor, p Permission) error {
	if Can(a, p) {
		return nil
	}
	var zh, en []string
	for _, r := range Roles {
		if allows[p].has(r.Key) {
			zh, en = append(zh, r.Name.ZH), append(en, r.Name.EN)
		}
	}
	return problem.New(problem.Forbidden, "forbidden", "",
		"你没有这项权限，需要的角色：%s。请联系管理员", "You may not do this; it takes the role %s. Ask an administrator",
		i18n.T(strings.Join(zh, "、"), strings.Join(en, " or ")))
}

// checkRoles refuses unknown roles and an empty list, and returns them in the order of Roles, once each.
func checkRoles(list []Role) ([]Role, error) {
	for _, r := range list {
		if !r.Valid() {
			return nil, problem.Bad("role_unknown", "roles", "没有角色 %q，可选：admin、designer、finance、manager、employee",
				"There is no role %q; choose of admin, designer, finance, manager, employee", r)
		}
	}
	var out []Role
	for _, r := range Roles {
		if slices.Contains(list, r.Key) {
			out = append(out, r.Key)
		}
	}
	if len(out) == 0 {
		return nil, problem.Bad("required", "roles", "至少选择一个角色", "Choose at least one role")
	}
	return out, nil
}

func joinRoles(list []Role) string {
	keys := make([]string, len(list))
	for i, r := range list {
		keys[i] = string(r)
	}
	return strings.Join(keys, " ")
}

// splitRoles reads what joinRoles wrote. Roles of a later version of Laurel are left out: they allow nothing here.
func splitRoles(text string) []Role {
	out := []Role{}
	for key := range strings.FieldsSeq(text) {
		if Role(key).Valid() {
			out = append(out, Role(key))
		}
	}
	return out
}

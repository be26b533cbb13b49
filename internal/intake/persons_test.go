package intake_test

import (
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/intake"
	"laurel/internal/people"
)

var firstOfMay = calendar.DayOf(2026, 5, 1)

func (o *office) loadPersons(content string, edit func(*intake.PersonOptions), more ...intake.ColumnMapping) string {
	o.Helper()
	f, s := o.file("people.csv", content)
	opts := intake.PersonOptions{Options: intake.Options{Actor: "test"}, CreateMissing: true, From: firstOfMay}
	if edit != nil {
		edit(&opts)
	}
	report, err := o.store.RunPersons(o.Context(), f, s, append(intake.MapPersons(s), more...), opts)
	check(o, err)
	return summary(report)
}

func (o *office) directory() *people.Directory {
	o.Helper()
	var dir *people.Directory
	check(o, o.db.Read(o.Context(), func(tx *db.Tx) (err error) {
		dir, err = o.people.Directory(tx)
		return err
	}))
	return dir
}

// unitsOn names the units of a person on a day.
func unitsOn(dir *people.Directory, key string, day calendar.Day) (out string) {
	p, _ := dir.PersonByKey(key)
	for _, id := range dir.UnitsOf(p.ID, day) {
		u, _ := dir.Unit(id)
		out += string(u.Kind) + ":" + u.Key + " "
	}
	return out
}

func TestPeopleAndWhereTheyBelong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		content := "姓名,工号,邮箱,入职日期,上级,团队,部门\n张伟,E1,zw@example.com,2024年3月1日,王芳,华东,销售部\n王芳,E2,,2020-1-1,,,销售部\n"
		dry := func(opts *intake.PersonOptions) { opts.DryRun = true }
		o.expect(o.loadPersons(content, dry), "checked +1 ~1 =0 !0")
		o.expect(o.loadPersons(content, nil), "done +1 ~1 =0 !0") // 张伟 is there under his name
		o.expect(o.loadPersons(content, nil), "done +0 ~0 =2 !0")
		dir := o.directory()
		zhang, ok := dir.PersonByKey("E1")
		if !ok || zhang.Name != "张伟" || zhang.Email != "zw@example.com" || zhang.JoinedOn.String() != "2024-03-01" {
			t.Fatalf("got %+v", zhang)
		}
		wang, _ := dir.PersonByKey("E2")
		if id, _ := dir.ManagerOf(zhang.ID, firstOfMay); id != wang.ID {
			t.Errorf("managed by %d, want %d", id, wang.ID)
		}
		o.expect(unitsOn(dir, "E1", firstOfMay), "team:华东 department:销售部 ")
	})
}

func TestMovingKeepsHistory(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	o.loadPersons("姓名,团队,上级\n张伟,华东,李娜\n", nil)
	o.expect(o.loadPersons("姓名,团队,上级\n张伟,华北,赵六\n", nil), "done +0 ~1 =0 !0")
	dir := o.directory()
	o.expect(unitsOn(dir, "张伟", firstOfMay-1), "team:华东 ")
	o.expect(unitsOn(dir, "张伟", firstOfMay), "team:华北 ")
	o.expect(o.loadPersons("姓名,团队,上级\n张伟,华北,赵六\n", nil), "done +0 ~0 =1 !0")
}

func TestAColumnThatBecomesTwoFields(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	o.loadPersons("sales_agent,manager\nAnna,Dustin\nCecily,Dustin\n", nil, intake.ColumnMapping{Column: "manager", Field: intake.PersonTeam})
	dir := o.directory()
	o.expect(unitsOn(dir, "Anna", firstOfMay), "team:Dustin ")
	dustin, _ := dir.PersonByKey("Dustin")
	if n := len(dir.Reports(dustin.ID, firstOfMay)); n != 2 {
		t.Errorf("%d report to Dustin", n)
	}
}

func TestPeopleThatDoNotLoad(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	got := o.loadPersons("name,email,manager,joined\nA,no address,,\nB,,nobody,\n,,,2026-1-1\nC,,,3/4/2026\nD,,D,\nE,,,\nE,e@example.com,,\n", func(opts *intake.PersonOptions) { opts.CreateMissing = false })
	o.expect(got, "done +1 ~0 =0 !6 5:joined:ambiguous_date 2:email:email_invalid 4:name:required 8:name:duplicate_key 3:manager:unknown_person 6:manager:manager_self")
	if _, ok := o.directory().PersonByKey("A"); ok {
		t.Error("a person with a problem was kept")
	}
}

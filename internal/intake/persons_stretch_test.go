package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/intake"
	"laurel/internal/people"
)

// life tells in a line when a person was what: T teams, D departments, M managers, P positions, each with first and last day.
func (o *office) life(key string) string {
	o.Helper()
	dir := o.directory()
	p, ok := dir.PersonByKey(key)
	if !ok {
		o.Fatalf("no %s", key)
	}
	var out []string
	add := func(kind, name string, w calendar.Window) {
		from, to := "", ""
		if w.From > calendar.MinDay {
			from = w.From.String()
		}
		if w.To < calendar.MaxDay {
			to = (w.To - 1).String()
		}
		out = append(out, fmt.Sprintf("%s %s %s..%s", kind, name, from, to))
	}
	for _, span := range dir.SpansOf(p.ID) {
		u, _ := dir.Unit(span.UnitID)
		kind := strings.ToUpper(string(u.Kind)[:1])
		if span.Lead {
			kind += "*"
		}
		add(kind, u.Key, span.Window)
	}
	for _, span := range dir.ManagersOf(p.ID) {
		m, _ := dir.Person(span.ManagerID)
		add("M", m.Name, span.Window)
	}
	for _, h := range p.Positions {
		add("P", h.Position, h.Window())
	}
	return strings.Join(out, " | ")
}

func TestStretchesOfTimeHaveRowsOfTheirOwn(t *testing.T) {
	for _, c := range []struct{ name, content string }{
		{"zh", "姓名,工号,入职日期,团队,团队起,团队止,部门,部门开始日期,部门结束日期,上级,上级起,上级止,岗位,岗位起,岗位止\n" +
			"张伟,E1,2024-01-01,华东,2024年1月1日,2024-12-31,销售部,2024-01-01,至今,李娜,2024-01-01,2025-06-30,专员,2024-01-01,2025-06-30\n" +
			"张伟,E1,,华北,2025/1/1,9999-12-31,,,,王芳,2025-07-01,,主管,2025-07-01,\n"},
		{"en", "Name,Key,Joined on,Team,Team from,Team to,Department,Department start date,Department end date,Manager,Manager since,Manager until,Position,Position from,Position to\n" +
			"张伟,E1,2024-01-01,华东,2024-01-01,2024-12-31,销售部,2024-01-01,present,李娜,2024-01-01,2025-06-30,专员,2024-01-01,2025-06-30\n" +
			"张伟,E1,,华北,2025-01-01,,,,,王芳,2025-07-01,,主管,2025-07-01,\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				o := newOffice(t, d)
				o.expect(o.loadPersons(c.content, nil), "done +0 ~2 =0 !0")
				const want = "T 华东 2024-01-01..2024-12-31 | D 销售部 2024-01-01.. | T 华北 2025-01-01.. | M 李娜 2024-01-01..2025-06-30 | M 王芳 2025-07-01.. | P 专员 2024-01-01..2025-06-30 | P 主管 2025-07-01.."
				o.expect(o.life("E1"), want)
				o.expect(o.loadPersons(c.content, nil), "done +0 ~0 =2 !0")
				o.expect(o.life("E1"), want)
			})
		})
	}
}

func TestALaterFileExtendsHistory(t *testing.T) {
	const head = "姓名,团队,团队起,团队止\n"
	for _, c := range []struct{ name, first, later, want string }{
		{"a move ends what had no end", "张伟,华东,2024-01-01,\n", "张伟,华北,2025-03-01,\n", "T 华东 2024-01-01..2025-02-28 | T 华北 2025-03-01.."},
		{"a move ends what was for always", "张伟,华东,,\n", "张伟,华北,2025-03-01,\n", "T 华东 ..2025-02-28 | T 华北 2025-03-01.."},
		{"only first days", "", "张伟,华南,2026-01-01,\n张伟,华东,2024-01-01,\n张伟,华北,2025-01-01,\n", "T 华东 2024-01-01..2024-12-31 | T 华北 2025-01-01..2025-12-31 | T 华南 2026-01-01.."},
		{"there and back", "张伟,华东,2024-01-01,\n", "张伟,华北,2025-01-01,2025-06-30\n张伟,华东,2025-07-01,\n", "T 华东 2024-01-01..2024-12-31 | T 华北 2025-01-01..2025-06-30 | T 华东 2025-07-01.."},
		{"an earlier stretch without an end lasts until the next", "张伟,华北,2025-03-01,\n", "张伟,华东,2024-01-01,\n", "T 华东 2024-01-01..2025-02-28 | T 华北 2025-03-01.."},
		{"days in the middle", "张伟,华东,2024-01-01,\n", "张伟,华北,2025-03-01,2025-03-31\n", "T 华东 2024-01-01..2025-02-28 | T 华北 2025-03-01..2025-03-31 | T 华东 2025-04-01.."},
		{"other stretches stay", "张伟,华东,2023-01-01,2023-12-31\n张伟,华北,2024-01-01,2024-12-31\n", "张伟,华南,2025-01-01,2025-12-31\n", "T 华东 2023-01-01..2023-12-31 | T 华北 2024-01-01..2024-12-31 | T 华南 2025-01-01..2025-12-31"},
		{"a last day for what had none", "张伟,华东,2024-01-01,\n", "张伟,华东,2024-01-01,2024-06-30\n", "T 华东 2024-01-01..2024-06-30"},
		{"a last day alone", "张伟,华东,2024-01-01,\n", "张伟,华东,,2024-06-30\n", "T 华东 2024-01-01..2024-06-30"},
		{"a last day corrected", "张伟,华东,2024-01-01,2024-12-31\n", "张伟,华东,2024-01-01,2024-06-30\n", "T 华东 2024-01-01..2024-06-30"},
		{"a last day is not taken away by an empty one", "张伟,华东,2024-01-01,2024-06-30\n", "张伟,华东,2024-01-01,\n", "T 华东 2024-01-01..2024-06-30"},
		{"days that are covered take nothing away", "张伟,华东,2024-01-01,2024-12-31\n", "张伟,华东,2024-03-01,2024-06-30\n", "T 华东 2024-01-01..2024-12-31"},
		{"the same stretch in two rows", "", "张伟,华东,2024-01-01,2024-12-31\n张伟,华东,2024-01-01,2024-12-31\n", "T 华东 2024-01-01..2024-12-31"},
		{"without first day after what came before", "", "张伟,华东,2024-01-01,2024-12-31\n张伟,华北,,2025-12-31\n", "T 华东 2024-01-01..2024-12-31 | T 华北 2025-01-01..2025-12-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				o := newOffice(t, d)
				if c.first != "" {
					o.loadPersons(head+c.first, nil)
				}
				o.loadPersons(head+c.later, nil)
				o.expect(o.life("张伟"), c.want)
				if got := o.loadPersons(head+c.later, nil); !strings.Contains(got, "~0") || !strings.Contains(got, "!0") {
					t.Errorf("the same file again: %s", got)
				}
				o.expect(o.life("张伟"), c.want)
			})
		})
	}
}

func TestLeadsAndSecondTeamsStay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.loadPersons("姓名,团队\n张伟,华东\n李娜,攻坚组\n", nil)
		dir := o.directory()
		p, _ := dir.PersonByKey("张伟")
		east, _ := dir.UnitByKey(people.Team, "华东")
		task, _ := dir.UnitByKey(people.Team, "攻坚组")
		o.write(func(tx *db.Tx) error {
			_, err := o.people.SetMemberships(tx, "test", p.ID, []people.Span{
				{UnitID: east.ID, Window: calendar.Window{From: calendar.DayOf(2024, 1, 1), To: calendar.DayOf(2025, 1, 1)}, Lead: true},
				{UnitID: east.ID, Window: calendar.Window{From: calendar.DayOf(2025, 1, 1), To: calendar.MaxDay}},
				{UnitID: task.ID, Window: calendar.Window{From: calendar.DayOf(2024, 1, 1), To: calendar.DayOf(2024, 7, 1)}}})
			return err
		})
		o.expect(o.loadPersons("姓名,团队,团队起,团队止\n张伟,华东,2024-01-01,2025-06-30\n", nil), "done +0 ~1 =0 !0")
		o.expect(o.life("张伟"), "T* 华东 2024-01-01..2024-12-31 | T 攻坚组 2024-01-01..2024-06-30 | T 华东 2025-01-01..2025-06-30")
	})
}

func TestStretchesThatDoNotLoad(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		got := o.loadPersons("name,email,team,team_from,team_to\n"+
			"A,,west,2024-01-01,2024-12-31\n"+
			"A,,east,2024-12-31,\n"+ // 3: shares the last day
			"B,,west,2024-06-01,2024-05-31\n"+ // 4: ends before it begins
			"C,,,2024-01-01,\n"+ // 5: of what?
			"D,,west,2024-02-30,\n"+ // 6: no such day
			"E,e@example.com,west,2024-01-01,2024-12-31\n"+
			"E,other@example.com,east,2025-01-01,\n"+ // 8: another address
			"F,,west,2024-01-01,\n"+
			"F,,east,,\n"+ // 10: since when?
			"G,,west,2024-01-01,\n"+
			"G,,east,,2024-06-30\n", nil) // 12: since when?
		const want = "done +4 ~0 =0 !7 6:team_from:no_such_day 8:email:rows_disagree 3:team_from:stretches_overlap 4:team_to:window_empty 5:team:day_of_nothing 10:team_from:required 12:team_from:required"
		o.expect(got, want)
		o.expect(o.life("A"), "T west 2024-01-01..2024-12-31")
		o.expect(o.life("E"), "T west 2024-01-01..2024-12-31")
		o.expect(o.life("F"), "T west 2024-01-01..")
	})
}

func TestDaysNeedWhatTheyAreOf(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	f, s := o.file("people.csv", "姓名,团队起\n张伟,2024-01-01\n")
	_, err := o.store.RunPersons(o.Context(), f, s, intake.MapPersons(s), intake.PersonOptions{From: firstOfMay})
	if err == nil || !strings.Contains(err.Error(), "团队起") {
		t.Errorf("got %v", err)
	}
	o.expect(o.loadPersons("姓名,团队\n张伟,华东\n张伟,华北\n", nil), "done +0 ~1 =0 !1 3:姓名:duplicate_key")
}

package demo

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/definition"
)

// job is what a person does in the company.
type job string

const (
	sales     job = "sales"
	service   job = "service"
	marketing job = "marketing"
	office    job = "office"
)

// worker is a person with the traits that drive the records they make.
type worker struct {
	id    int64
	key   string
	name  string
	job   job
	team  string
	lead  bool
	works calendar.Window
	skill float64 // around 1: how much they do
	care  float64 // around 1: how well they do it
	visit float64 // visits for each deal they work on: this drives winning
	call  float64 // calls for each deal: this does not
	cheat bool
}

var staffing = []struct {
	team string
	job  job
	size int
}{
	{"east-1", sales, 8}, {"east-2", sales, 7}, {"south", sales, 8}, {"north", sales, 8}, {"southwest", sales, 6}, {"key-accounts", sales, 6},
	{"service-1", service, 7}, {"service-2", service, 7}, {"service-3", service, 6},
	{"brand", marketing, 5}, {"growth", marketing, 6},
	{"", office, 6},
}

var officePositions = []string{"总经理", "财务经理", "人力资源经理", "激励设计师", "系统管理员", "集成工程师"}

// hire makes the people: their traits, and how a definition file describes them.
func hire(d dice, span calendar.Window) ([]*worker, []definition.Person) {
	taken := map[string]bool{}
	var workers []*worker
	var persons []definition.Person
	no := 1000
	for _, unit := range staffing {
		var lead string
		for i := range unit.size {
			no++
			w := &worker{
				key: fmt.Sprintf("E%d", no), name: personName(d, taken), job: unit.job, team: unit.team, lead: i == 0 && unit.team != "",
				works: calendar.Window{From: span.From, To: span.To}, skill: 0.55 + 0.9*d.Float64(), care: d.Float64(),
				visit: 0.4 + 2.4*d.Float64(), call: 0.4 + 2*d.Float64(),
			}
			w.cheat = unit.team == "north" && i == 3
			if w.cheat {
				w.visit, w.skill = 0.6, 1.1
			}
			p := definition.Person{Key: w.key, Name: w.name, Email: fmt.Sprintf("%s@example.com", w.key), Position: position(w, i)}
			joined := span.From - calendar.Day(d.between(60, 1500))
			switch {
			case w.lead || w.cheat:
			case d.chance(0.18): // joined inside the two years
				joined = span.From + calendar.Day(d.between(30, span.Days()-90))
				w.works.From = joined
			case d.chance(0.08): // left inside them
				left := span.From + calendar.Day(d.between(200, span.Days()-30))
				p.LeftOn, w.works.To = &left, left+1
			}
			p.JoinedOn = &joined
			p.Departments = []definition.Membership{{Unit: string(w.job)}}
			if unit.team != "" {
				p.Teams = []definition.Membership{{Unit: unit.team, Lead: w.lead}}
			}
			if w.lead {
				lead = w.key
			} else if lead != "" {
				p.Managers = []definition.Manager{{Person: lead}}
			}
			workers, persons = append(workers, w), append(persons, p)
		}
	}
	moveOne(workers, persons, span)
	return workers, persons
}

func position(w *worker, i int) string {
	if w.job == office {
		return officePositions[i]
	}
	kind := map[job]string{sales: "销售", service: "客服", marketing: "市场"}[w.job]
	if w.lead {
		return kind + "主管"
	}
	return kind + "专员"
}

// moveOne moves two persons to other teams in the middle of the time, so that last year's team matters.
func moveOne(workers []*worker, persons []definition.Person, span calendar.Window) {
	moves := map[string]string{"east-1": "east-2", "south": "key-accounts"}
	day := span.From + calendar.Day(span.Days()*3/5)
	for i, w := range workers {
		to, ok := moves[w.team]
		if !ok || w.lead || w.works.From > span.From || w.works.To < span.To {
			continue
		}
		delete(moves, w.team)
		persons[i].Teams = []definition.Membership{{Unit: w.team, To: &day}, {Unit: to, From: &day}}
	}
}

// at reports whether somebody works on a day.
func (w *worker) at(day calendar.Day) bool { return w.works.Contains(day) }

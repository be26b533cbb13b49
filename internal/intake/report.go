package intake

import (
	"sort"
	"time"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// Status says where an import stands.
type Status string

// The states of an import.
const (
	Uploaded  Status = "uploaded"
	Checked   Status = "checked"
	Running   Status = "running"
	Done      Status = "done"
	Cancelled Status = "cancelled"
	Failed    Status = "failed"
)

// Bounds of a report; all problems are in its file.
const (
	MaxProblems = 200
	maxMends    = 50
)

// Report is how far an import is, or how far a dry run would get, and what it met.
type Report struct {
	Status      Status    `json:"status"`
	Total       int64     `json:"total"`
	Done        int64     `json:"done"`
	Created     int64     `json:"created"`
	Updated     int64     `json:"updated"`
	Unchanged   int64     `json:"unchanged"`
	Failed      int64     `json:"failed"`         // rows, each with one problem or more
	Persons     int64     `json:"persons"`        // created because they were missing
	Related     int64     `json:"related"`        // records of other objects, likewise
	Units       int64     `json:"units"`          // teams and departments, likewise
	Rate        int64     `json:"rate"`           // rows a second
	SecondsLeft int64     `json:"seconds_left"`   // at this rate
	Problems    []Problem `json:"problems"`       // the first MaxProblems
	Mends       []Mend    `json:"mends"`          // ways to mend many of them at once
	Fault       i18n.Text `json:"fault,omitzero"` // why the import as a whole failed
}

// Problem is a cell, or a row, that did not load.
type Problem struct {
	Line   int       `json:"line"`
	Column string    `json:"column"` // empty: the row as a whole
	Value  string    `json:"value"`
	Code   string    `json:"code"`
	Reason i18n.Text `json:"reason"`
}

// Mend is all problems of a kind in a column, and a way to mend them at once.
type Mend struct {
	Code        string            `json:"code"`
	Column      string            `json:"column"`
	Count       int64             `json:"count"`  // of all rows, however many are listed
	Reason      i18n.Text         `json:"reason"` // of the first of them
	Values      []string          `json:"values"` // different ones, the frequent first; at most maxGroupValues
	More        bool              `json:"more,omitempty"`
	Suggestion  i18n.Text         `json:"suggestion"`
	Action      string            `json:"action"`                // correct, create_missing, optional, date_order, type, empty or skip
	Corrections map[string]string `json:"corrections,omitempty"` // known values that are close to wrong ones
}

// trouble gathers the problems of an import.
type trouble struct {
	first  []Problem
	groups map[[2]string]*group
	sink   func(Problem) error
}

// group is all problems of a code in a column.
type group struct {
	count  int64
	reason i18n.Text
	values []string         // different ones, the first few
	counts map[string]int64 // by value
	more   bool             // values that are not kept
}

// Bounds of a group. Known values are searched for fewer than are kept: a search looks at all of them.
const (
	maxGroupValues = 50
	maxSought      = 20
)

func (t *trouble) add(p Problem) error {
	if len(t.first) < MaxProblems {
		t.first = append(t.first, p)
	}
	if t.groups == nil {
		t.groups = map[[2]string]*group{}
	}
	key := [2]string{p.Column, p.Code}
	g := t.groups[key]
	if g == nil {
		g = &group{reason: p.Reason, counts: map[string]int64{}}
		t.groups[key] = g
	}
	g.count++
	_, known := g.counts[p.Value]
	switch {
	case p.Value == "":
	case known:
		g.counts[p.Value]++
	case len(g.values) < maxGroupValues:
		g.values = append(g.values, p.Value)
		g.counts[p.Value] = 1
	default:
		g.more = true
	}
	if t.sink == nil {
		return nil
	}
	return t.sink(p)
}

// mends are the ways to mend, the most frequent problem first. near finds the known value that a wrong one is close to.
func (t *trouble) mends(near func(column, value string) string) []Mend {
	out := []Mend{}
	for key, g := range t.groups {
		sort.SliceStable(g.values, func(i, j int) bool { return g.counts[g.values[i]] > g.counts[g.values[j]] })
		m := Mend{Column: key[0], Code: key[1], Count: g.count, Reason: g.reason, Values: g.values, More: g.more}
		m.Action, m.Suggestion = suggestion(key[1], g)
		for _, v := range g.values[:min(len(g.values), maxSought)] {
			better := near(key[0], v)
			if better == "" {
				continue
			}
			if m.Corrections == nil {
				m.Corrections = map[string]string{}
				m.Action = "correct"
				m.Suggestion = i18n.Format("把 %q 改为 %q？", "Did you mean %[2]q instead of %[1]q?", v, better)
			}
			m.Corrections[v] = better
		}
		out = append(out, m)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		if a.Count != b.Count {
			return a.Count > b.Count
		}
		return a.Column+a.Code < b.Column+b.Code
	})
	return out[:min(len(out), maxMends)]
}

func suggestion(code string, g *group) (string, i18n.Text) {
	for _, v := range g.values {
		if nothings[v] {
			return "empty", i18n.Format("把 %q 当作没有值。", "Take %q as no value.", v)
		}
	}
	switch code {
	case "ambiguous_date", "no_such_day":
		return "date_order", i18n.T("为该列选择日期顺序。", "Choose the order of dates for this column.")
	case "unknown_person":
		return "create_missing", i18n.T("新建缺少的人员，或把这些值改写为已有的人员。", "Create the missing persons, or correct the values to persons who are there.")
	case "unknown_unit":
		return "create_missing", i18n.T("新建缺少的团队或部门，或改写这些值。", "Create the missing teams or departments, or correct the values.")
	case "unknown_record":
		return "create_missing", i18n.T("新建缺少的记录，或改写这些值。", "Create the missing records, or correct the values.")
	case "unknown_choice":
		return "create_missing", i18n.T("把这些值添加为选项，或改写为已有的选项。", "Add the values as choices, or correct them to choices that are there.")
	case "required", "key_missing":
		return "optional", i18n.T("在文件中补上这些值，或把字段改为选填。", "Fill the values in, or make the field optional.")
	case "currency_in_number", "percent_in_number", "not_a_number":
		return "type", i18n.T("改写这些值，或换一个类型合适的字段。", "Correct the values, or map the column to a field of another type.")
	case "duplicate_key":
		return "skip", i18n.T("同一编号的行内容不同：只导入第一行，或换一列作编号。", "Rows of one identity differ: only the first loads, or choose another identity column.")
	}
	return "correct", i18n.T("改写这些值，或跳过这些行。", "Correct the values, or leave these rows out.")
}

// pace works out the rate and the time left.
func (r *Report) pace(begun time.Time) {
	elapsed := time.Since(begun).Milliseconds()
	if elapsed <= 0 || r.Done <= 0 {
		return
	}
	r.Rate = r.Done * 1000 / elapsed
	if r.Rate > 0 {
		r.SecondsLeft = max(0, (r.Total-r.Done)/r.Rate)
	}
}

// flat lists a problem and its details.
func flat(p *problem.Error) []*problem.Error {
	out := []*problem.Error{p}
	for _, d := range p.Details {
		out = append(out, flat(d)...)
	}
	return out
}

package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/intake"
)

// More rows are bad than a report lists: the groups count them all, and say what the frequent values may mean.
func TestGroupsCountAllRows(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	var b strings.Builder
	b.WriteString("name,manager\nAnna Snelling,\n")
	for i := range 300 {
		fmt.Fprintf(&b, "P%d,AnnaSnelling\n", i)
	}
	b.WriteString("Z,nobody\n")
	f, s := o.file("people.csv", b.String())
	report, err := o.store.RunPersons(o.Context(), f, s, intake.MapPersons(s), intake.PersonOptions{Options: intake.Options{Actor: "test", DryRun: true}})
	check(t, err)
	if len(report.Problems) != intake.MaxProblems || report.Failed != 301 {
		t.Fatalf("%d listed, %d failed", len(report.Problems), report.Failed)
	}
	m := report.Mends[0]
	if m.Count != 301 || len(m.Values) != 2 || m.Values[0] != "AnnaSnelling" || m.Corrections["AnnaSnelling"] != "Anna Snelling" || m.Reason.EN == "" {
		t.Errorf("got %+v", m)
	}
}

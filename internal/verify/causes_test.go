package verify_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// What changed an award is told in its history, also where it was no record: a setting, a closing taken back, a target.
func TestHistoriesNameTheirCause(t *testing.T) {
	attained := metricOp{metric.Def{Key: "attained", Name: i18n.Same("attained"), Measure: metric.Measure{Kind: metric.Attainment, Of: "m"}}}
	yearly := targetOp{Metric: "m", Kind: rule.Person, Who: 1, Period: calendar.Year, Value: "1"}
	cases := []struct {
		cause string
		ops   []operation
	}{
		{"@organisation/update", []operation{countOf("m", ""), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step, orgOp{Zone: "UTC", Fiscal: 4}}},
		{"@closing/reopen", []operation{
			sumOf("m"), ruled("rate", `{"tiers":[{"rate":"10%"}]}`, calendar.Month), worth("e1", "2026-01-10", "300"), step,
			closeOp{Kind: calendar.Month}, worth("e1", "2026-01-10", "100"), step, closeOp{Reopen: true},
		}},
		{"@target/delete", []operation{countOf("m", ""), attained, paying("attained", calendar.Year, 0), yearly, deal("e1", "2026-02-10", "p1"), step, retargetOp{Gone: true}}},
		{"@target/create", []operation{countOf("m", ""), attained, paying("attained", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step, yearly}},
	}
	for _, c := range cases {
		t.Run(c.cause, func(t *testing.T) {
			w, err := openWorld(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "laurel.db"), "", time.Date(2026, 2, 12, 8, 0, 0, 0, time.UTC))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(w.close)
			err = w.found(people.Organisation{Name: i18n.Same("Laurel"), TimeZone: "UTC", FiscalStartMonth: 1, Currency: "CNY", Language: i18n.ZH})
			for _, op := range slices.Concat(c.ops, []operation{step}) {
				if err == nil {
					err = op.do(w)
				}
			}
			var last []string
			if err == nil {
				err = w.db.Read(w.ctx, func(tx *db.Tx) error {
					return scan(tx, `SELECT c.object || '/' || c.kind FROM award_event e JOIN change c ON c.seq = e.cause_seq ORDER BY e.id DESC`, func(x string) { last = append(last, x) })
				})
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(last) == 0 || last[0] != c.cause {
				t.Errorf("the last steps were caused by %q", last)
			}
		})
	}
}

package api_test

import (
	"slices"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// The working calendar is set as a whole: what is wrong is named at its field and changes nothing.
func TestWorkingCalendar(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		admin := serve(t, d).admin()
		set := func(working string) *answer {
			return admin.do("PATCH", "/api/organisation", `{"working":`+working+`}`)
		}
		set(`{"days":["mon","sat"],"hours":["09:00-12:00","13:00-18:00"],"holidays":["2026-10-02","2026-10-01"],"workdays":["2026-10-10"]}`).is(200)
		set(`{"hours":["9 to 5"]}`).problem(422, "hours_invalid", "working.hours[0]")
		set(`{"hours":["09:00-12:00","11:00-18:00"]}`).problem(422, "hours_overlap", "working.hours[1]")
		set(`{"holidays":["2026-10-01"],"workdays":["2026-10-08","2026-10-01"]}`).problem(422, "day_twice", "working.workdays[1]")
		set(`{"holidays":["2026-02-30"]}`).is(422)
		got := admin.get("/api/organisation").is(200)
		for path, want := range map[string][]any{
			"working.days": {"mon", "sat"}, "working.hours": {"09:00-12:00", "13:00-18:00"},
			"working.holidays": {"2026-10-01", "2026-10-02"}, "working.workdays": {"2026-10-10"},
		} {
			if list, _ := got.at(path).([]any); !slices.Equal(list, want) {
				t.Errorf("%s is %v, want %v", path, list, want)
			}
		}
	})
}

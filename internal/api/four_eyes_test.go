package api_test

import (
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// Where the organisation asks for a second person, nobody publishes what they wrote themselves.
func TestFourEyes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin, designer := s.admin(), s.as("designer", "E1")
		admin.do("PATCH", "/api/organisation", `{"four_eyes":true}`).is(200)
		designer.do("POST", "/api/plans", perDeal("full")).is(201)
		const publish = `{"effective_from":"2026-01-01"}`
		designer.do("POST", "/api/plans/per-deal/publish", publish).problem(409, "four_eyes", "")

		// Looking and saving the same again makes nobody the author; changing something does.
		admin.do("PUT", "/api/plans/per-deal/draft", perDeal("full")).is(200)
		designer.do("POST", "/api/plans/per-deal/publish", publish).problem(409, "four_eyes", "")
		admin.do("PUT", "/api/plans/per-deal/draft", strings.Replace(perDeal("full"), `"amount":"500"`, `"amount":"600"`, 1)).is(200)
		admin.do("POST", "/api/plans/per-deal/publish", publish).problem(409, "four_eyes", "")
		designer.do("POST", "/api/plans/per-deal/publish", publish).is(200)

		admin.do("PATCH", "/api/organisation", `{"four_eyes":false}`).is(200)
		admin.do("PUT", "/api/plans/per-deal/draft", perDeal("full")).is(200)
		admin.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2030-01-01"}`).is(200)
	})
}

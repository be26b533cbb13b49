package api_test

import (
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

const fromNewYear = `{"effective_from":"2026-01-01"}`

// Where the organisation asks for a second person, a version is published from review, and nobody publishes what they wrote
// or submitted themselves.
func TestFourEyes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin, designer, other := s.admin(), s.as("designer", "E1"), s.as("designer", "E2")
		admin.do("PATCH", "/api/organisation", `{"four_eyes":true}`).is(200)
		designer.do("POST", "/api/plans", perDeal("full")).is(201)
		designer.do("POST", "/api/plans/per-deal/publish", fromNewYear).problem(409, "four_eyes", "")
		admin.do("POST", "/api/plans/per-deal/publish", fromNewYear).problem(409, "review_required", "")

		// Looking and saving the same again makes nobody the author; changing something does.
		admin.do("PUT", "/api/plans/per-deal/draft", perDeal("full")).is(200)
		designer.do("POST", "/api/plans/per-deal/publish", fromNewYear).problem(409, "four_eyes", "")
		admin.do("PUT", "/api/plans/per-deal/draft", dearer("full")).is(200)
		admin.do("POST", "/api/plans/per-deal/publish", fromNewYear).problem(409, "four_eyes", "")
		designer.do("POST", "/api/plans/per-deal/submit", `{}`).is(200)
		for _, no := range []*client{admin, designer} {
			no.do("POST", "/api/plans/per-deal/publish", fromNewYear).problem(409, "four_eyes", "")
			if no.get("/api/plans/per-deal").at("publish_barred.zh") == nil {
				t.Error("the plan does not say why its author may not publish it")
			}
		}
		if bar := other.get("/api/plans/per-deal").is(200).at("publish_barred"); bar != nil {
			t.Errorf("another designer may not publish it: %v", bar)
		}
		other.do("POST", "/api/plans/per-deal/publish", fromNewYear).is(200)

		// A file over HTTP has no second person either, unless it changes nothing.
		file := string(admin.get("/api/definitions").is(200).Body)
		yaml := admin.with("Content-Type", "application/yaml")
		yaml.do("POST", "/api/definitions", file).is(200)
		next := strings.NewReplacer("600", "700", "2026-01-01", "2999-01-01").Replace(file)
		yaml.do("POST", "/api/definitions", next).problem(409, "four_eyes", "plans[0].effective_from")

		admin.do("PATCH", "/api/organisation", `{"four_eyes":false}`).is(200)
		admin.do("PUT", "/api/plans/per-deal/draft", perDeal("full")).is(200)
		admin.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2030-01-01"}`).is(200)
	})
}

// dearer is perDeal with another amount.
func dearer(visibility string) string {
	return strings.Replace(perDeal(visibility), `"amount":"500"`, `"amount":"600"`, 1)
}

// A draft is submitted, sent back with a reason, changed, and published, and the plan shows where it stands.
func TestReviewOfAPlan(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin, designer, seller := s.admin(), s.as("designer", "E1"), s.as("employee", "E2")
		designer.do("POST", "/api/plans", perDeal("full")).is(201)
		stands := func(a *answer, status, act, by, note string) {
			t.Helper()
			for path, want := range map[string]any{
				"status": status, "versions.0.status": status, "in_review": status == "in_review",
				"versions.0.review.act": act, "versions.0.review.by": by, "versions.0.review.note": note,
			} {
				if got := a.at(path); got != want && (got != nil || want != "") {
					t.Errorf("%s is %v, want %v", path, got, want)
				}
			}
		}

		designer.do("POST", "/api/plans/per-deal/send-back", `{"reason":"x"}`).problem(409, "not_in_review", "")
		stands(designer.do("POST", "/api/plans/per-deal/submit", `{"note":"请看金额"}`).is(200), "in_review", "submitted", "张伟", "请看金额")
		designer.do("POST", "/api/plans/per-deal/submit", `{}`).problem(409, "already_in_review", "")
		if at := designer.get("/api/plans").at("items.0.status"); at != "in_review" {
			t.Errorf("the list says %v", at)
		}

		admin.do("POST", "/api/plans/per-deal/send-back", `{"reason":" "}`).problem(422, "required", "reason")
		stands(admin.do("POST", "/api/plans/per-deal/send-back", `{"reason":"太低"}`).is(200), "draft", "sent_back", "admin", "太低")
		stands(designer.do("PUT", "/api/plans/per-deal/draft", dearer("full")).is(200), "draft", "sent_back", "admin", "太低")
		stands(designer.do("POST", "/api/plans/per-deal/submit", `{}`).is(200), "in_review", "submitted", "张伟", "")
		stands(designer.do("PUT", "/api/plans/per-deal/draft", perDeal("full")).is(200), "draft", "edited", "张伟", "")
		seen := designer.do("POST", "/api/plans/per-deal/submit", `{}`).is(200).at("versions.0.review.at").(string)
		designer.do("PUT", "/api/plans/per-deal/draft", dearer("full")).is(200)
		now := designer.do("POST", "/api/plans/per-deal/submit", `{}`).is(200).at("versions.0.review.at").(string)
		admin.do("POST", "/api/plans/per-deal/publish", `{"review_at":"`+seen+`"}`).problem(409, "review_changed", "review_at")
		stands(admin.do("POST", "/api/plans/per-deal/publish", `{"review_at":"`+now+`"}`).is(200), "published", "submitted", "张伟", "")

		// A next version in review is not for those who do not design plans, nor is who reviewed what.
		designer.do("PUT", "/api/plans/per-deal/draft", perDeal("full")).is(200)
		designer.do("POST", "/api/plans/per-deal/submit", `{}`).is(200)
		if at := designer.get("/api/plans/per-deal"); at.at("status") != "published" || at.at("in_review") != true {
			t.Errorf("the plan stands as %v, in review %v", at.at("status"), at.at("in_review"))
		}
		told := seller.get("/api/plans/per-deal").is(200)
		if told.at("in_review") != false || told.at("versions.0.status") != "published" || told.at("versions.0.review") != nil {
			t.Errorf("a seller sees %v", told.json()["versions"])
		}
		history := admin.get("/api/plans/per-deal/history").is(200).list()
		var did []string
		for _, d := range history {
			did = append(did, d["did"].(string))
		}
		if got := strings.Join(did, " "); got != "submitted draft publish submitted draft submitted draft submitted draft sent_back submitted draft" {
			t.Errorf("the history is %s", got)
		}
		if d := history[9]; d["by"] != "admin" || d["note"] != "太低" || d["version"] != 1.0 {
			t.Errorf("the return is told as %v", d)
		}
		seller.get("/api/plans/per-deal/history").is(403)
		seller.do("POST", "/api/plans/per-deal/submit", `{}`).is(403)
		seller.do("POST", "/api/plans/per-deal/send-back", `{"reason":"x"}`).is(403)
	})
}

// A version that gave way is told apart from one whose time is over.
func TestVersionsThatGaveWay(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	admin.do("POST", "/api/plans", perDeal("full")).is(201)
	admin.do("POST", "/api/plans/per-deal/publish", fromNewYear).is(200)
	admin.do("PUT", "/api/plans/per-deal/draft", dearer("full")).is(200)
	token := admin.do("POST", "/api/plans/per-deal/changes", `{"effective_from":"2026-04-01","definition":`+dearer("full")+`}`).is(200).at("token").(string)
	admin.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2026-04-01","retroactive":true,"confirmed":"`+token+`"}`).is(200)
	admin.do("PUT", "/api/plans/per-deal/draft", perDeal("private")).is(200)
	next := admin.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2999-01-01"}`).is(200)
	for path, want := range map[string]any{"versions.0.status": "published", "versions.1.status": "published", "versions.2.status": "superseded"} {
		if got := next.at(path); got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
}

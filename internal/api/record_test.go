package api_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

const deals = "/api/objects/deal/records"

func TestRecordLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin()
		customer := c.do("POST", "/api/objects/account/records", `{"values":{"name":"上海华信"}}`).is(201)
		owner := c.get("/api/people?search=" + "E1").at("items.0.id")
		made := c.do("POST", deals, map[string]any{"external_id": "D-1", "values": map[string]any{
			"name": "年度框架", "amount": "12500.50", "stage": "open", "owner": owner, "account": customer.at("id"), "closed": "2026-03-05",
		}}).is(201)
		if made.Header.Get("ETag") != `"1"` || made.at("values.amount.amount") != "12500.50" || made.at("values.amount.currency") != "CNY" {
			t.Fatalf("got %s %s", made.Header.Get("ETag"), made.Body)
		}
		path := fmt.Sprintf("%s/%.0f", deals, made.at("id"))

		page := c.get(deals + "?filter=amount+%3E+10000&sort=-amount&limit=10")
		if page.at("items.0.external_id") != "D-1" || page.at("total") != 1.0 {
			t.Fatalf("got %s", page.is(200).Body)
		}
		if got := page.at(fmt.Sprintf("labels.owner.%.0f", owner)); got != "张伟" {
			t.Errorf("the owner's label is %v", got)
		}
		if got := page.at(fmt.Sprintf("labels.account.%.0f", customer.at("id"))); got != "上海华信" {
			t.Errorf("the account's label is %v", got)
		}

		changed := c.with("If-Match", `"1"`).do("PATCH", path, `{"values":{"stage":"won"}}`).is(200)
		if changed.Header.Get("ETag") != `"2"` || changed.at("values.name") != "年度框架" {
			t.Fatalf("got %s", changed.Body)
		}
		c.with("If-Match", `"1"`).do("PATCH", path, `{"values":{"stage":"open"}}`).is(409)
		if got := c.get(path).at("values.stage"); got != "won" {
			t.Errorf("the second editor overwrote the first: %v", got)
		}

		c.do("DELETE", path, nil).is(204)
		if got := c.get(deals).at("total"); got != 0.0 {
			t.Errorf("a deleted record is listed: %v", got)
		}
		c.get(deals + "?deleted=true").is(200)
		if got := c.do("POST", path+"/restore", nil).is(200).at("deleted"); got != false {
			t.Errorf("deleted is %v after restoring", got)
		}

		history := c.get(path + "/history").is(200)
		kinds := ""
		for _, change := range history.list() {
			kinds += change["kind"].(string) + " "
		}
		if kinds != "restore delete update create " || history.at("items.0.actor_name") != "admin" {
			t.Errorf("got %s in %s", kinds, history.Body)
		}
		if got := history.at(fmt.Sprintf("labels.owner.%.0f", owner)); got != "张伟" {
			t.Errorf("the history's label is %v", got)
		}
		if next := c.get(path + "/history?limit=3").at("next"); c.get(path+"/history?limit=3&cursor="+fmt.Sprint(next)).at("items.0.kind") != "create" {
			t.Error("the last page of the history does not hold the creation")
		}
	})
}

func TestExternalIDIsSafeToRepeat(t *testing.T) {
	c := sqlite(t).admin()
	body := `{"external_id":"D-1","values":{"name":"A"}}`
	first := c.do("POST", deals, body).is(201)
	again := c.do("POST", deals, body).is(200)
	if first.at("id") != again.at("id") || again.at("version") != 1.0 {
		t.Errorf("got %s, then %s", first.Body, again.Body)
	}
	c.do("POST", deals, `{"external_id":"D-1","values":{"name":"B"}}`).is(200)
	if got := c.get(deals); got.at("total") != 1.0 || got.at("items.0.values.name") != "B" {
		t.Errorf("got %s", got.Body)
	}
}

func TestIdempotencyKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin().with("Idempotency-Key", "k-1")
		first := c.do("POST", deals, `{"values":{"name":"A"}}`).is(201)
		again := c.do("POST", deals, `{"values":{"name":"A"}}`).is(201)
		if string(first.Body) != string(again.Body) || again.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("got %s, then %s", first.Body, again.Body)
		}
		if got := c.get(deals).at("total"); got != 1.0 {
			t.Errorf("%v records", got)
		}
		c.do("POST", deals, `{"values":{"name":"B"}}`).problem(409, "idempotency_mismatch", "Idempotency-Key")

		batch := c.with("Idempotency-Key", "k-2")
		rows := `[{"values":{"name":"X"}}]`
		if a, b := batch.do("POST", "/api/objects/deal/batch", rows).is(200), batch.do("POST", "/api/objects/deal/batch", rows).is(200); string(a.Body) != string(b.Body) {
			t.Errorf("got %s, then %s", a.Body, b.Body)
		}
	})
}

func TestBatchReportsEachRow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin()
		lines := strings.Join([]string{
			`{"external_id":"1","values":{"name":"A","amount":"10"}}`,
			`{"external_id":"2","values":{"name":"B","amount":"ten"}}`,
			`{"external_id":"3","values":{"name":"C"}`,
			``,
			`{"external_id":"4","values":{"name":"D","amout":"1"}}`,
			`{"external_id":"5","valuse":{}}`,
			`{"external_id":"1","values":{"name":"A","amount":"10"}}`,
			`{"external_id":"6","values":{"name":"E","account":999}}`,
		}, "\n")
		got := c.with("Content-Type", "application/x-ndjson").do("POST", "/api/objects/deal/batch", lines).is(200)
		want := []struct {
			status, code, field string
		}{
			{"created", "", ""},
			{"failed", "wrong_type", "values.amount"},
			{"failed", "bad_json", ""},
			{"failed", "unknown_field", "values.amout"},
			{"failed", "unknown_field", "valuse"},
			{"unchanged", "", ""},
			{"failed", "", "values.account"},
		}
		rows := got.json()["rows"].([]any)
		if len(rows) != len(want) {
			t.Fatalf("got %s", got.Body)
		}
		for i, w := range want {
			row := rows[i].(map[string]any)
			code, field := "", ""
			if p, ok := row["problem"].(map[string]any); ok {
				code, _ = p["code"].(string)
				field, _ = p["field"].(string)
				if p["row"] != float64(i+1) || p["detail"] == "" {
					t.Errorf("row %d: problem %v", i+1, p)
				}
			}
			if row["status"] != w.status || w.code != "" && code != w.code || field != w.field || row["row"] != float64(i+1) {
				t.Errorf("row %d: got %v, want %v", i+1, row, w)
			}
		}
		if got.at("created") != 1.0 || got.at("failed") != 5.0 || got.at("unchanged") != 1.0 {
			t.Errorf("got %s", got.Body[:200])
		}
		if total := c.get(deals).at("total"); total != 1.0 {
			t.Errorf("%v records, want 1", total)
		}
	})
}

func TestAtomicBatchIsAllOrNothing(t *testing.T) {
	c := sqlite(t).admin()
	got := c.do("POST", "/api/objects/deal/batch?atomic=true", `[{"values":{"name":"A"}},{"values":{"name":"B","stage":"lost"}},{"values":{}}]`).
		problem(422, "batch_failed", "")
	if errors := got.json()["errors"].([]any); len(errors) != 3 || errors[1].(map[string]any)["row"] != 2.0 || errors[1].(map[string]any)["field"] != "values.stage" {
		t.Errorf("got %s", got.Body)
	}
	if total := c.get(deals).at("total"); total != 0.0 {
		t.Errorf("%v records were kept", total)
	}
}

func TestBatchIsBounded(t *testing.T) {
	c := sqlite(t).admin()
	rows := "[" + strings.Repeat(`{"values":{"name":"A"}},`, 10_000) + `{"values":{"name":"A"}}]`
	c.do("POST", "/api/objects/deal/batch", rows).problem(413, "too_many_rows", "")
	if total := c.get(deals).at("total"); total != 0.0 {
		t.Errorf("%v records were kept", total)
	}
}

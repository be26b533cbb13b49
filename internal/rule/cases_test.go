package rule_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// outside reads a case that Laurel did not make up, from the folder of shared cases beside the repository.
func outside(t *testing.T, path string, into any) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, "..", "shared", "cases", path))
		if os.IsNotExist(err) {
			t.Skipf("SKIPPED: ../shared/cases/%s is not there", path)
		}
		if err == nil {
			err = json.Unmarshal(data, into)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatal("no go.mod above the test")
}

// inYuan is a sum of dues as the published tables write it.
func inYuan(dues []rule.Due) string {
	return money.Amount{Minor: total(dues), Currency: "CNY"}.Decimal().Trim().String()
}

func TestOthersPackages(t *testing.T) {
	var published struct {
		Package struct{ Size, Amount, Rounding string }
		Rows    [][3]string
	}
	outside(t, "peers/every-10-rounded-up.json", &published)
	c := with(deals, func(c *rule.Context) { c.Reward.Amount = money.MustDecimal(published.Package.Amount) })
	for _, row := range published.Rows {
		shape := decode(t, "every", fmt.Sprintf(`{"size":%q,"round":%q,"free":%q}`, published.Package.Size, published.Package.Rounding, row[1]))
		if got := inYuan(evaluate(t, shape, c, valued(1, row[0]))); got != row[2] {
			t.Errorf("%s units, %s free: got %s, want %s", row[0], row[1], got, row[2])
		}
	}
}

func TestOthersGraduatedUnits(t *testing.T) {
	var published struct {
		Tiers json.RawMessage
		Rows  [][2]string
	}
	outside(t, "peers/graduated-units.json", &published)
	shape := decode(t, "rate", `{"tiers":`+string(published.Tiers)+`}`)
	c := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Cash} })
	if problems := shape.Validate(c); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, row := range published.Rows {
		if got := inYuan(evaluate(t, shape, c, valued(1, row[0]))); got != row[1] {
			t.Errorf("%s units: got %s, want %s", row[0], got, row[1])
		}
	}
}

func TestOthersAccelerators(t *testing.T) {
	var published struct{ Rows [][2]string }
	outside(t, "peers/marginal-accelerators.json", &published)
	shape := decode(t, "rate", `{"tiers":[{"up_to":"100000","rate":"5%"},{"up_to":"125000","rate":"6%"},{"rate":"7%"}]}`)
	for _, row := range published.Rows {
		if got := inYuan(evaluate(t, shape, sales, valued(1, row[0]))); got != row[1] {
			t.Errorf("%s: got %s, want %s", row[0], got, row[1])
		}
	}
}

// crmRow is [who, period, value, due] of a question asked of the real CRM export.
type crmRow struct {
	Who, Period string
	Value, Due  json.Number
}

func (r *crmRow) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&r.Who, &r.Period, &r.Value, &r.Due})
}

func TestCRMEveryTenWon(t *testing.T) {
	var asked struct{ Rows []crmRow }
	outside(t, "maven-crm/every-10-won-per-quarter.json", &asked)
	shape := decode(t, "every", `{"size":"10"}`)
	for _, row := range asked.Rows {
		if got := len(evaluate(t, shape, deals, valued(1, row.Value.String()))); fmt.Sprint(got) != row.Due.String() {
			t.Errorf("%s %s, %s won: got %d, want %s", row.Who, row.Period, row.Value, got, row.Due)
		}
	}
}

func TestCRMMarginalTiers(t *testing.T) {
	var asked struct{ Rows []crmRow }
	outside(t, "maven-crm/quarter-marginal-tiers.json", &asked)
	dollars := with(sales, func(c *rule.Context) { c.Measure.Currency, c.Currency = "USD", "USD" })
	shape := decode(t, "rate", `{`+tiers5812+`}`)
	for _, row := range asked.Rows {
		if got := total(evaluate(t, shape, dollars, valued(1, row.Value.String()))); fmt.Sprint(got) != row.Due.String() {
			t.Errorf("%s %s, $%s: got %d, want %s cents", row.Who, row.Period, row.Value, got, row.Due)
		}
	}
}

func TestCRMTeamsReach(t *testing.T) {
	var asked struct{ Rows, All []crmRow }
	outside(t, "maven-crm/team-quarter-reach-500000.json", &asked)
	won := map[string]bool{}
	for _, row := range asked.Rows {
		won[row.Who+row.Period] = true
	}
	c := with(sales, func(c *rule.Context) { c.Subject, c.Reward = rule.Team, cash500 })
	shape := decode(t, "reach", `{"steps":[{"at":"500000"}]}`)
	for _, row := range asked.All {
		if got := len(evaluate(t, shape, c, valued(1, row.Value.String()))) == 1; got != won[row.Who+row.Period] {
			t.Errorf("%s %s, %s: won %t", row.Who, row.Period, row.Value, got)
		}
	}
}

func TestCRMTopFivePercent(t *testing.T) {
	var asked struct {
		Population int
		Places     int
		Ranking    []json.RawMessage
	}
	outside(t, "maven-crm/year-top-5-percent.json", &asked)
	var all []rule.Subject
	for i := range asked.Population {
		value := json.Number("1") // those below the published top ten
		if i < len(asked.Ranking) {
			var who string
			if err := json.Unmarshal(asked.Ranking[i], &[]any{&who, &value}); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, valued(int64(i+1), value.String()))
	}
	for i := range 5 { // agents who won nothing do not count
		all = append(all, valued(int64(1000+i), "0"))
	}
	c := with(sales, func(c *rule.Context) { c.Reward = cash500 })
	var got []string
	for _, d := range evaluate(t, decode(t, "rank", `{"percent":"5","minimum":"0.01"}`), c, all...) {
		got = append(got, fmt.Sprint(d.Ref.ID))
	}
	if strings.Join(got, " ") != "1 2" || asked.Places != 2 {
		t.Errorf("got %v, want the first %d", got, asked.Places)
	}
}

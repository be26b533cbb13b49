package metricset_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/metric"
	"laurel/internal/metricset"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/templates"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// company is an organisation with what a definition file says.
func company(t *testing.T, d *db.DB, file string) *definition.Stores {
	t.Helper()
	records, err := record.Open(t.Context(), d)
	check(t, err)
	persons := people.Open(d, records)
	metrics := metric.Open(records)
	s := &definition.Stores{DB: d, Records: records, People: persons, Metrics: metrics, Plans: plan.Open(records, persons, metrics)}
	_, err = s.ApplyText(t.Context(), "test", []byte(file), definition.Options{})
	check(t, err)
	return s
}

// objects is a definition file without its metrics.
func objects(t *testing.T, text []byte) string {
	t.Helper()
	before, _, found := strings.Cut(string(text), "\nmetrics:")
	if !found {
		t.Fatal("the template has no metrics")
	}
	return before
}

func add(t *testing.T, s *definition.Stores, set string, choice metricset.ReadyChoice, dry bool) (*metricset.ReadyResult, error) {
	t.Helper()
	found, err := metricset.Find(set)
	check(t, err)
	return found.Add(t.Context(), s, "test", choice, dry)
}

// states writes what became of metrics: new: a b; missing: c.
func states(r *metricset.ReadyResult, state metricset.MetricState) string {
	var out []string
	for _, line := range r.Lines {
		if line.State == state {
			out = append(out, line.Metric.Key)
		}
	}
	return strings.Join(out, " ")
}

func kept(t *testing.T, s *definition.Stores) map[string]metric.Def {
	t.Helper()
	out := map[string]metric.Def{}
	check(t, s.DB.Read(context.Background(), func(tx *db.Tx) error {
		set, err := s.Metrics.All(tx)
		for _, m := range set.List() {
			out[m.Def.Key] = m.Def
			if m.Broken != nil {
				t.Errorf("%s cannot measure: %v", m.Def.Key, m.Broken)
			}
		}
		return err
	}))
	return out
}

func TestEverySetMapsItselfToTheCRM(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := company(t, d, objects(t, templates.CRM))
		for set, lacks := range map[string]string{
			"sales": "", "service": "response-duration", "marketing": "campaign-income campaign-return brand-mentions", "crm-use": "",
		} {
			r, err := add(t, s, set, metricset.ReadyChoice{}, false)
			check(t, err)
			if got := states(r, metricset.Missing); got != lacks {
				t.Errorf("%s lacks %q, want %q", set, got, lacks)
			}
			if got := states(r, metricset.Unusable); got != "" {
				t.Errorf("%s: unusable %s", set, got)
			}
		}
		// What the sets share with the template measures the same: the company's plans may take either.
		crm, err := definition.Parse(templates.CRM)
		check(t, err)
		have := kept(t, s)
		same := 0
		for _, want := range crm.Metrics {
			got, ok := have[want.Key]
			if !ok {
				t.Errorf("no set has %s of the template", want.Key)
				continue
			}
			same++
			if got.Condition != want.Condition || got.Date != want.Date || got.Person != want.Person || !reflect.DeepEqual(got.Measure, want.Measure) {
				t.Errorf("%s: the set makes %+v of it, the template has %+v", want.Key, got, want)
			}
		}
		if same < 15 {
			t.Errorf("only %d metrics in common", same)
		}
	})
}

func TestAddingAgainChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := company(t, d, objects(t, templates.CRM)+`
metrics:
  - {key: signed-amount, name: 自己的, object: contract, date: signed_on, person: owner, measure: {kind: count}}
`)
		r, err := add(t, s, "sales", metricset.ReadyChoice{}, true)
		check(t, err)
		if len(kept(t, s)) != 1 || r.Added != 13 {
			t.Errorf("a dry run kept %d metrics and told of %d", len(kept(t, s)), r.Added)
		}
		r, err = add(t, s, "sales", metricset.ReadyChoice{}, false)
		check(t, err)
		if got := states(r, metricset.Exists); got != "signed-amount" {
			t.Errorf("left alone: %q", got)
		}
		have := kept(t, s)
		if own := have["signed-amount"]; own.Measure.Kind != metric.Count || len(have) != 14 {
			t.Errorf("%d metrics; the own one measures %s", len(have), own.Measure.Kind)
		}
		r, err = add(t, s, "sales", metricset.ReadyChoice{}, false)
		check(t, err)
		if r.Added != 0 {
			t.Errorf("adding again added %d", r.Added)
		}
	})
}

// other is a company with names of its own.
const other = `
objects:
  - key: kh
    name: {zh: 客户档案, en: Client file}
    title: mc
    fields:
      - {key: mc, name: 名称, type: text}
      - {key: xs, name: {zh: 跟单员, en: Rep}, type: person}
      - {key: rq, name: {zh: 客户首次签约日期, en: First deal}, type: date}
  - key: jh
    name: {zh: 销售机会, en: Chance}
    title: mc
    fields:
      - {key: mc, name: 名称, type: text}
      - {key: a, name: {zh: 销售, en: Rep}, type: person}
      - {key: b, name: {zh: 协助, en: Second}, type: person}
      - {key: kq, name: {zh: 创建时间, en: Made}, type: datetime}
      - {key: gb, name: {zh: 成交日期, en: Ended}, type: date}
      - {key: jd, name: {zh: 商机阶段, en: Step}, type: choice, choices: [{key: s1, name: {zh: 没有失败, en: Not won}}, {key: s2, name: {zh: 赢单, en: Success}}]}
`

func TestGuessReadsNamesAndTypes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := company(t, d, other)
		r, err := add(t, s, "sales", metricset.ReadyChoice{}, true)
		check(t, err)
		for slot, want := range map[string]string{
			"customer": "kh", "customer.owner": "xs", "customer.signed": "rq", "customer.lost": "", "contract": "", "contract.amount": "",
			"deal": "jh", "deal.owner": "a", "deal.closed": "gb", "deal.stage": "jd", "deal.stage.won": "s2", "deal.stage.lost": "",
		} {
			if got := r.Mapping[slot]; got != want {
				t.Errorf("%s is guessed as %q, want %q", slot, got, want)
			}
		}
		// A date and a date-time have no distance: the metric is left out and says why, the others are added.
		if got := states(r, metricset.Unusable); got != "sales-cycle" {
			t.Errorf("unusable: %q", got)
		}
		if got := states(r, metricset.New); got != "new-customers won-deals" {
			t.Errorf("new: %q", got)
		}
		line := r.Lines[slices.IndexFunc(r.Lines, func(l metricset.ReadyLine) bool { return l.Metric.Key == "closed-deals" })]
		if line.Why.ZH != "还没有对应：阶段里表示输单的值" || line.Why.EN != "Not mapped yet: The value for lost of Stage" {
			t.Errorf("why: %+v", line.Why)
		}
		r, err = add(t, s, "sales", metricset.ReadyChoice{Mapping: metricset.Mapping{"deal.stage.lost": "s1", "customer": ""}, Metrics: []string{"win-rate"}}, false)
		check(t, err)
		if got := states(r, metricset.New); got != "won-deals closed-deals win-rate" {
			t.Errorf("with its parts: %q", got)
		}
		if got := kept(t, s)["closed-deals"].Condition; got != `jd == "s2" || jd == "s1"` {
			t.Errorf("condition %s", got)
		}
	})
}

func TestWhatIsMappedMustBeThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := company(t, d, objects(t, templates.CRM))
		for slot, given := range map[string]string{
			"customer": "nobody", "customer.signed": "nothing", "customer.owner": "name", "deal.stage.won": "no", "customer.colour": "name",
		} {
			_, err := add(t, s, "sales", metricset.ReadyChoice{Mapping: metricset.Mapping{slot: given}}, false)
			p, ok := problem.As(err)
			if !ok || p.Field != "mapping."+slot || p.Code != "bad_mapping" {
				t.Errorf("%s = %q: %v", slot, given, err)
			}
		}
		_, err := add(t, s, "service", metricset.ReadyChoice{Mapping: metricset.Mapping{"ticket.rating.good": "four"}}, false)
		if p, ok := problem.As(err); !ok || p.Field != "mapping.ticket.rating.good" {
			t.Errorf("a word for a number: %v", err)
		}
		if have := kept(t, s); len(have) != 0 {
			t.Errorf("refused choices kept %d metrics", len(have))
		}
	})
}

func TestWithoutAStatusTheDateTells(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := company(t, d, objects(t, templates.CRM))
		_, err := add(t, s, "service", metricset.ReadyChoice{Mapping: metricset.Mapping{"ticket.status": "", "ticket.rating.good": "4.5"}}, false)
		check(t, err)
		_, err = add(t, s, "sales", metricset.ReadyChoice{Mapping: metricset.Mapping{"contract.status": ""}}, false)
		check(t, err)
		have := kept(t, s)
		for key, want := range map[string]string{
			"solved-tickets": `solved_at != null`, "praised-tickets": `solved_at != null && rating >= 4.5`, "signed-amount": "", "signed-contracts": "",
		} {
			if got, ok := have[key]; !ok || got.Condition != want {
				t.Errorf("%s counts where %q, want %q", key, got.Condition, want)
			}
		}
	})
}

func TestAnEmptyCompanyIsToldWhatIsMissing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := company(t, d, "")
		sets, err := metricset.Sets()
		check(t, err)
		for _, set := range sets {
			r, err := set.Add(t.Context(), s, "test", metricset.ReadyChoice{}, false)
			check(t, err)
			for _, line := range r.Lines {
				if line.State != metricset.Missing || line.Why.ZH == "" || line.Why.EN == "" {
					t.Errorf("%s %s: %s %q", set.Key, line.Metric.Key, line.State, line.Why.ZH)
				}
			}
		}
	})
}

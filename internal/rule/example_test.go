package rule_test

import (
	"encoding/json"
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// A rule is decoded once, and then judges any number of subjects.
func Example() {
	shape, err := rule.Decode("every", json.RawMessage(`{"size": "10", "cap": 5}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := rule.Context{
		Metric:  i18n.T("新签客户", "Newly signed customers"),
		Measure: rule.Measure{Unit: i18n.T("个", "customers"), Additive: true},
		Period:  calendar.Quarter, Subject: rule.Person, Currency: "CNY",
		Reward: rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal("500")},
	}
	anna := rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: 1}, Value: money.Whole(28), Has: true}
	dues, err := rule.Evaluate(shape, calendar.Period{Kind: calendar.Quarter}, ctx, []rule.Subject{anna})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(shape.Sentence(ctx).ZH)
	for _, d := range dues {
		fmt.Println(d.Slot, d.Amount)
	}
	fmt.Println(shape.Next(ctx, anna, nil).Sentence.ZH)
	// Output:
	// 每季新签客户每满 10 个，奖励 ¥500；余数到季末作废，每季最多 5 次。
	// 1 500.00 CNY
	// 2 500.00 CNY
	// 再有 2 个 → ¥500
}

// What cannot be read names the parameter at fault and says what to do.
func ExampleDecode() {
	_, err := rule.Decode("rate", json.RawMessage(`{"tiers": [{"up_to": "50000", "rate": "five"}, {"rate": "8%"}]}`))
	fmt.Println(err)
	// Output: tiers[0].rate: “five” is not a number: write it like 1234.50, without separators and with at most 12 decimal places.
}

// Evidence is arithmetic, a line at a time.
func ExampleDue_steps() {
	shape, _ := rule.Decode("rate", json.RawMessage(`{"tiers": [{"up_to": "50000", "rate": "5%"}, {"rate": "8%"}]}`))
	ctx := rule.Context{
		Metric:  i18n.T("回款", "Cash collected"),
		Measure: rule.Measure{Scale: 2, Currency: "CNY", Additive: true},
		Period:  calendar.Month, Currency: "CNY", Reward: rule.Reward{Kind: rule.Cash},
	}
	anna := rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: 1}, Value: money.MustDecimal("63334.19").Frac(), Has: true}
	dues, err := rule.Evaluate(shape, calendar.Period{Kind: calendar.Month}, ctx, []rule.Subject{anna})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range dues[0].Steps {
		fmt.Printf("%s: %s = %s\n", s.Label.EN, s.Formula, s.Result)
	}
	// Output:
	// Cash collected in the period: ¥63,334.19 = ¥63,334.19
	// The part up to ¥50,000: ¥50,000.00 × 5 % = ¥2,500.00
	// The part above ¥50,000: ¥13,334.19 × 8 % = ¥1,066.7352
	// Total: ¥2,500.00 + ¥1,066.7352 = ¥3,566.7352
	// Rounded half to even to the smallest unit of the currency: ¥3,566.7352 = ¥3,566.74
}

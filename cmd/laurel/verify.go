package main

import (
	"context"
	"fmt"
	"io"

	"laurel/internal/i18n"
	"laurel/internal/proof"
	"laurel/internal/verify"
)

const verifyUsage = `
usage: laurel verify [flags]

Recomputes every count and every award from the records alone, by a second, deliberately naive evaluator, and compares
the result with what the engine has stored. It writes no award and no count, and notes its result on the page Proof. Exit code 0: everything agrees; 1: it does not,
and each difference is printed with what was expected and what was found.

examples:
  laurel verify
  laurel verify --db postgres://localhost/laurel --json
`

func verifyAll(ctx context.Context, c *call) error {
	fs, where := c.flags("verify", verifyUsage)
	asJSON := fs.Bool("json", false, "print the result as JSON")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := noArguments("verify", rest); err != nil {
		return err
	}
	co, err := openExisting(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	bar := c.progress()
	report, err := co.prover().Prove(ctx, proof.Command, "", func(n int64) { bar.say("%s records read", i18n.Integer(n)) })
	bar.end()
	if err != nil {
		return err
	}
	if *asJSON {
		if err := c.printJSON(report); err != nil {
			return err
		}
	} else {
		printReport(c.out, report)
	}
	if !report.Agrees() {
		return errWrong
	}
	return nil
}

// prover recomputes and keeps the result.
func (c *company) prover() *proof.Prover {
	return proof.New(c.proof(), c.engine.Settle, nil)
}

// proof is what a recomputation reads.
func (c *company) proof() verify.Deps {
	return verify.Deps{DB: c.db, Records: c.records, People: c.people, Plans: c.plans}
}

// printReport writes a proof's result: one line when everything agrees.
func printReport(w io.Writer, r *verify.Report) {
	lang := terminalLang()
	if r.Behind > 0 {
		fmt.Fprintf(w, "the engine is %s changes behind; differences may be only these\n", i18n.Integer(r.Behind))
	}
	for _, n := range r.NotJudged {
		fmt.Fprintf(w, "not judged: plan %s, period %s: %s\n", n.Plan, n.Period, n.Message.In(lang))
	}
	if more := r.NotJudgedCount - int64(len(r.NotJudged)); more > 0 {
		fmt.Fprintf(w, "… and %s more periods not judged\n", i18n.Integer(more))
	}
	for _, d := range r.Differences {
		fmt.Fprintf(w, "%s\n    expected %s\n    found    %s\n", differenceAt(d), d.Expected, d.Found)
	}
	if more := r.Count - int64(len(r.Differences)); more > 0 {
		fmt.Fprintf(w, "… and %s more\n", i18n.Integer(more))
	}
	fmt.Fprintf(w, "verified: %s, %s, %s, %s, %s, %s: %s\n", countOf(int64(r.Metrics), "metric", "metrics"), countOf(r.Records, "record", "records"),
		countOf(r.Contributions, "contribution", "contributions"), countOf(int64(r.Plans), "plan", "plans"), countOf(int64(r.Periods), "period", "periods"),
		countOf(r.Awards, "award", "awards"), countOf(r.Count, "difference", "differences"))
}

// differenceAt says where a difference lies: award: plan sales-rank, period 2026-Q1, person E0012 Zhang Wei, slot rank.
func differenceAt(d verify.Difference) string {
	text := string(d.Kind)
	mark := ": "
	for _, part := range []struct{ name, value string }{
		{"plan", d.Plan}, {"period", d.Period}, {"metric", d.Metric}, {"day", d.Day}, {"", d.Subject}, {"slot", d.Slot},
	} {
		if part.value == "" {
			continue
		}
		text += mark
		if part.name != "" {
			text += part.name + " "
		}
		text += part.value
		mark = ", "
	}
	if d.Record != 0 {
		text += fmt.Sprintf("%srecord %d", mark, d.Record)
	}
	return text
}

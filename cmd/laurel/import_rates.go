package main

import (
	"context"
	"fmt"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/intake"
)

// runRates loads a table of exchange rates: all of them, or none.
func (im *importing) runRates(ctx context.Context, opts intake.Options) (*intake.RateReport, error) {
	order := intake.NoOrder
	for _, o := range im.orders {
		if _, of, named := strings.Cut(o, "="); named {
			o = of
		}
		order = intake.Order(o)
	}
	return im.store.RunRates(ctx, im.company.metrics, im.file, im.survey, order, opts)
}

// printRates says what a table of exchange rates did.
func (f *importFlags) printRates(c *call, survey *intake.Survey, r *intake.RateReport) error {
	if f.asJSON {
		return c.printJSON(r)
	}
	if len(r.Ignored) > 0 {
		fmt.Fprintf(c.out, "left out: the columns %s\n", strings.Join(r.Ignored, ", "))
	}
	f.printLines(c, survey, &r.Report)
	if right := r.Created + r.Updated + r.Unchanged; r.Status == intake.Checked && r.Failed > 0 {
		_, err := fmt.Fprintf(c.out, "dry run: %s wrong, so nothing would be loaded; %s right\n", countOf(r.Failed, "row is", "rows are"), countOf(right, "is", "are"))
		return err
	}
	verb := map[intake.Status]string{intake.Checked: "dry run, nothing kept: ", intake.Failed: "nothing kept: "}[r.Status]
	_, err := fmt.Fprintf(c.out, "%s%s created, %s updated, %s unchanged, %s wrong\n", verb,
		countOf(r.Created, "exchange rate", "exchange rates"), i18n.Integer(r.Updated), i18n.Integer(r.Unchanged), countOf(r.Failed, "row", "rows"))
	return err
}

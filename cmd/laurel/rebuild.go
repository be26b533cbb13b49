package main

import (
	"context"
	"fmt"
	"time"

	"laurel/internal/i18n"
)

const rebuildUsage = `
usage: laurel rebuild [flags]

Forgets every count, reads all records again and judges every period. Awards that were right stay as they are, with
their histories; a rebuild after which awards changed points at a fault, and laurel verify says where.

examples:
  laurel rebuild
  laurel rebuild --db postgres://localhost/laurel --json
`

func rebuild(ctx context.Context, c *call) error {
	fs, where := c.flags("rebuild", rebuildUsage)
	asJSON := fs.Bool("json", false, "print the result as JSON")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := noArguments("rebuild", rest); err != nil {
		return err
	}
	co, err := openExisting(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	bar := c.progress()
	begun := time.Now()
	done, err := co.engine.Rebuild(ctx, func(n int64) { bar.say("%s records read", i18n.Integer(n)) })
	bar.end()
	if err != nil {
		return err
	}
	if *asJSON {
		return c.printJSON(done)
	}
	fmt.Fprintf(c.out, "%s counted, %s changed, in %s\n", countOf(done.Records, "record", "records"), countOf(done.Events, "award", "awards"), time.Since(begun).Round(time.Millisecond))
	return nil
}

package main

import (
	"context"
	"fmt"
	"time"
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
	done, err := co.engine.Rebuild(ctx, func(n int64) { bar.say("%d records read", n) })
	bar.end()
	if err != nil {
		return err
	}
	if *asJSON {
		return c.printJSON(done)
	}
	fmt.Fprintf(c.out, "%d records counted, %d awards changed, in %s\n", done.Records, done.Events, time.Since(begun).Round(time.Millisecond))
	return nil
}

package main

import (
	"context"
	"fmt"
	"time"

	"laurel/internal/db"
	"laurel/internal/demo"
	"laurel/internal/i18n"
)

const demoUsage = `
usage: laurel demo [flags]

Creates the demo company 桂冠示例公司 in an empty database: eighty people, two years of records that end today, and the
reward plans of docs/demo.md running over them.

examples:
  laurel demo
  laurel demo --db sqlite:/tmp/big.db --scale 25
`

func makeDemo(ctx context.Context, c *call) error {
	fs, where := c.flags("demo", demoUsage)
	scale := fs.Int("scale", 1, "times the usual number of records")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := noArguments("demo", rest); err != nil {
		return err
	}
	co, err := open(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	begun := time.Now()
	bar := c.progress()
	total := 0
	err = demo.Build(ctx, co.definitions(), co.auth, demo.Options{Scale: *scale, Today: begun, Settle: co.engine.Settle, Say: func(what string, done int) {
		total += done
		bar.say("%s: %s", what, i18n.Integer(int64(done)))
	}})
	if err != nil {
		bar.end()
		return err
	}
	bar.say("judging two years")
	if err := co.engine.Settle(ctx); err != nil {
		return err
	}
	bar.end()
	fmt.Fprintf(c.out, "demo company ready: %s in %s\n\n", countOf(int64(total), "record", "records"), time.Since(begun).Round(100*time.Millisecond))
	return c.offerSignIns(ctx, co)
}

// offerSignIns prints the sign-ins of a demo company; nothing in a real one.
func (c *call) offerSignIns(ctx context.Context, co *company) error {
	return co.db.Read(ctx, func(tx *db.Tx) error {
		offers, err := demo.SignIns(tx)
		for _, s := range offers {
			fmt.Fprintf(c.out, "  %-10s %-14s %s (%s)\n", s.Login, s.Password, s.Name, s.Role)
		}
		return err
	})
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// companyOf opens the company that a file is loaded into. Only an import that makes its own object may make the company too,
// and says so: any other needs definitions that are there, and a mistyped place must not pass for an empty company. A dry run
// makes neither: where there is no company it looks at an empty one that is thrown away.
func (f *importFlags) companyOf(ctx context.Context, c *call, where *place) (co *company, done func(), err error) {
	co, err = openExisting(ctx, where)
	switch {
	case err == nil:
		return co, co.close, nil
	case !errors.As(err, &usageError{}) || !f.createObject:
		return nil, nil, err
	case f.dryRun:
		return emptyCompany(ctx)
	}
	if co, err = open(ctx, where); err != nil {
		return nil, nil, err
	}
	fmt.Fprintln(c.errOut, "There was no company at this place: a new one is made.")
	return co, co.close, nil
}

// emptyCompany is a company that is thrown away when done.
func emptyCompany(ctx context.Context) (*company, func(), error) {
	folder, err := os.MkdirTemp("", "laurel-dry-run-*")
	if err != nil {
		return nil, nil, fmt.Errorf("make a place for the dry run: %w", err)
	}
	remove := func() { _ = os.RemoveAll(folder) }
	co, err := open(ctx, &place{url: "sqlite:" + filepath.Join(folder, "laurel.db")})
	if err != nil {
		remove()
		return nil, nil, err
	}
	return co, func() { co.close(); remove() }, nil
}

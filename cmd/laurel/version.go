package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

const versionUsage = `
usage: laurel version [flags]

Prints the version of this program.

examples:
  laurel version
  laurel --version
`

func printVersion(_ context.Context, c *call) error {
	fs := c.plainFlags("version", versionUsage)
	asJSON := fs.Bool("json", false, "print the result as JSON")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := noArguments("version", rest); err != nil {
		return err
	}
	if *asJSON {
		return c.printJSON(map[string]string{"version": programVersion()})
	}
	_, err = fmt.Fprintln(c.out, "laurel", programVersion())
	return err
}

// programVersion is the release's, or the revision it was built from.
func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return "dev-" + s.Value[:12]
			}
		}
	}
	return "dev"
}

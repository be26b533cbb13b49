package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"laurel/internal/problem"
)

// place says which organisation a command works on.
type place struct{ url, org string }

// flags begins a command's flag set with the flags that every command on a database has.
func (c *call) flags(name, usage string) (*flag.FlagSet, *place) {
	fs := c.plainFlags(name, usage)
	p := &place{}
	fs.StringVar(&p.url, "db", envOr("LAUREL_DB", defaultDB), "database `URL`: sqlite:PATH or postgres://…; also LAUREL_DB")
	fs.StringVar(&p.org, "org", os.Getenv("LAUREL_ORG"), "organisation, where a database holds several, by its `KEY`; also LAUREL_ORG")
	return fs, p
}

// plainFlags begins the flag set of a command that needs no database.
func (c *call) plainFlags(name, usage string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // a mistake is said once, in our words
	fs.Usage = func() {}
	c.usage = usage
	return fs
}

// parse reads the flags, which may also stand behind the arguments, and returns the arguments.
func (c *call) parse(fs *flag.FlagSet) ([]string, error) {
	var rest []string
	args := c.args
	for {
		if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
			c.help(fs)
			return nil, err
		} else if err != nil {
			return nil, usageError{flagMistake(fs, err.Error())}
		}
		if fs.NArg() == 0 {
			return rest, nil
		}
		rest = append(rest, fs.Arg(0))
		args = fs.Args()[1:]
	}
}

// help prints what a command does, and its flags as they are usually written.
func (c *call) help(fs *flag.FlagSet) {
	fmt.Fprintf(c.out, "%s\n", strings.TrimSpace(c.usage))
	head := "\nflags:\n"
	fs.VisitAll(func(f *flag.Flag) {
		value, usage := flag.UnquoteUsage(f)
		line := "  " + dashed(f.Name)
		if value != "" {
			line += " " + strings.ToUpper(value)
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			usage += fmt.Sprintf(" (default %s)", withoutPassword(f.DefValue))
		}
		fmt.Fprintf(c.out, "%s%s\n        %s\n", head, line, usage)
		head = ""
	})
}

// withoutPassword is a default as it may be shown: LAUREL_DB may hold a password.
func withoutPassword(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	u, err := url.Parse(text)
	if err != nil {
		return "as set"
	}
	return u.Redacted()
}

// dashed is a flag as people write it: --json, -f.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// flagMistake says what the flag package found, with flags as people write them and the nearest one to a mistyped one.
func flagMistake(fs *flag.FlagSet, text string) string {
	explains := "; laurel " + fs.Name() + " -h explains it"
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		var known []string
		fs.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
		// Likeness is judged without the dashes: they are right in every flag, and would bring --plan near --json.
		if near := problem.Nearest(name, known); near != "" {
			explains = "; did you mean " + dashed(near) + "?"
		}
		return fmt.Sprintf("%s has no flag %s%s", fs.Name(), dashed(name), explains)
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return dashed(name) + " needs a value" + explains
	}
	if at := strings.Index(text, " for flag -"); at >= 0 { // invalid value "x" for flag -scale: parse error
		name, _, _ := strings.Cut(text[at+len(" for flag -"):], ":")
		return text[:at] + " for " + dashed(name) + explains
	}
	return text + explains
}

// noArguments refuses what a command has no use for.
func noArguments(name string, rest []string) error {
	if len(rest) > 0 {
		return usageError{fmt.Sprintf("%s takes no argument %q; laurel %s -h explains it", name, rest[0], name)}
	}
	return nil
}

func envOr(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

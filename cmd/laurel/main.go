// Command laurel is the whole product in one binary: a server with its web application and embedded database, and the
// commands that load, judge and prove its data. Scripts may rely on the commands, their flags, --json and exit codes.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// version is set by the linker for releases.
var version = ""

// Exit codes: done, found wrong, used wrongly.
const (
	exitDone  = 0
	exitWrong = 1
	exitUsage = 2
)

// command is one sub-command, in a file of its own.
type command struct {
	name    string
	summary string
	run     func(ctx context.Context, c *call) error
}

// call is one use of a command: its arguments and where it speaks.
type call struct {
	args   []string
	usage  string
	out    io.Writer
	errOut io.Writer
}

// errWrong ends a command that worked but found something wrong and has already said what.
var errWrong = errors.New("found wrong")

// usageError ends a command that was used wrongly.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

var commands = []command{
	{"serve", "run the server: web application, API and engine", serve},
	{"demo", "create the demo company", makeDemo},
	{"apply", "create or change objects, people, metrics and plans from a YAML file", apply},
	{"import", "load records from a CSV or XLSX file", importFile},
	{"export-definitions", "write the organisation's definitions as YAML", exportDefinitions},
	{"backtest", "judge a plan over history, paying nobody", backtest},
	{"rebuild", "count and judge everything again", rebuild},
	{"verify", "prove that the awards equal an independent recomputation", verifyAll},
	{"version", "print the version", printVersion},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run finds the command and turns its end into an exit code.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	if len(args) == 0 || args[0] == "help" && len(args) == 1 || args[0] == "-h" || args[0] == "--help" {
		printUsage(out)
		if len(args) == 0 {
			return exitUsage
		}
		return exitDone
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help": // laurel help serve
		name, rest = args[1], append(slices.Clip(args[2:]), "-h")
	case "--version", "-version":
		name = "version"
	}
	var known []string
	for _, cmd := range commands {
		if cmd.name == name {
			return exitCode(cmd.run(ctx, &call{args: rest, out: out, errOut: errOut}), errOut)
		}
		known = append(known, cmd.name)
	}
	hint := problem.Hint(name, known, i18n.Same("; laurel help lists them"))
	fmt.Fprintf(errOut, "laurel: there is no command %q%s\n", name, hint.In(i18n.EN))
	return exitUsage
}

func exitCode(err error, errOut io.Writer) int {
	var usage usageError
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return exitDone
	case errors.Is(err, errWrong):
		return exitWrong
	case errors.As(err, &usage):
		fmt.Fprintln(errOut, "laurel: "+usage.text)
		return exitUsage
	}
	if p, ok := problem.As(err); ok {
		printProblem(errOut, p, "laurel: ")
		return exitWrong
	}
	fmt.Fprintln(errOut, "laurel:", err)
	return exitWrong
}

// printProblem says a problem in the language of the terminal.
func printProblem(w io.Writer, p *problem.Error, indent string) {
	text := p.Message.In(terminalLang())
	if p.Field != "" {
		text = p.Field + ": " + text
	}
	fmt.Fprintln(w, indent+text)
	for _, d := range p.Details {
		printProblem(w, d, "        ")
	}
}

func terminalLang() i18n.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); len(v) >= 2 && v[:2] == "zh" {
			return i18n.ZH
		}
	}
	return i18n.EN
}

func printUsage(w io.Writer) {
	fmt.Fprint(w, "Laurel: a CRM whose rewards are exact, instant, explained and fair.\n\nusage: laurel COMMAND [flags]\n\n")
	for _, cmd := range commands {
		fmt.Fprintf(w, "  %-20s %s\n", cmd.name, cmd.summary)
	}
	fmt.Fprint(w, "\nEvery command explains itself: laurel COMMAND -h\n")
}

// Command gotest reads `go test -json` and shows what a person wants to see: a line for each package, the output of what
// failed, each skipped test with its reason, and counts at the end.
//
//	go test -json ./... | go run ./scripts/gotest -counts FILE
//
// It exits 1 when a test failed, and with -no-skip also when one was skipped, unless the reason matches -optional.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
)

// maxLineBytes bounds one line of go test's output.
const maxLineBytes = 4 << 20

// event is one line of `go test -json` (see go doc test2json).
type event struct {
	Action     string
	Package    string
	ImportPath string // of build output
	Test       string
	Output     string
	Elapsed    float64 // seconds
}

// report is what has been seen so far.
type report struct {
	out                          io.Writer
	optional                     *regexp.Regexp // nil: no reason to skip is accepted
	passed, failed, skipped, bad int            // tests; and packages that failed
	missed                       int            // of the skipped: for a reason that is not accepted
	output                       map[string][]string
	failedTests, skips           []string
}

func main() {
	counts := flag.String("counts", "", "write the counts to this file, as one line")
	noSkip := flag.Bool("no-skip", false, "a skipped test is a failure")
	optional := flag.String("optional", "", "reasons that -no-skip accepts, as a regular expression")
	flag.Parse()
	r := &report{out: os.Stdout, output: map[string][]string{}}
	if *optional != "" {
		r.optional = regexp.MustCompile(*optional)
	}
	if err := r.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
	line := r.finish()
	if *counts != "" {
		if err := os.WriteFile(*counts, []byte(line+"\n"), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "gotest:", err)
			os.Exit(1)
		}
	}
	if r.failed > 0 || r.bad > 0 || *noSkip && r.missed > 0 {
		os.Exit(1)
	}
}

func (r *report) read(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLineBytes)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(r.out, lines.Text()) // go itself speaks: downloads, a bad flag
			continue
		}
		r.take(e)
	}
	return lines.Err()
}

func (r *report) take(e event) {
	name := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		r.output[name] = append(r.output[name], e.Output)
	case "pass":
		if e.Test == "" {
			fmt.Fprintf(r.out, "ok    %-44s %6.1fs\n", short(e.Package), e.Elapsed)
		} else {
			r.passed++
		}
	case "skip":
		if e.Test != "" {
			r.skipped++
			why := reason(r.output[name])
			if r.optional == nil || !r.optional.MatchString(why) {
				r.missed++
			}
			r.skips = append(r.skips, short(e.Package)+" "+e.Test+": "+why)
		}
	case "fail":
		r.fail(e, name)
	}
	if e.Action == "pass" || e.Action == "skip" || e.Action == "fail" {
		delete(r.output, name)
	}
}

func (r *report) fail(e event, name string) {
	if e.Test != "" {
		r.failed++
		r.failedTests = append(r.failedTests, short(e.Package)+" "+e.Test)
	} else {
		r.bad++
		fmt.Fprintf(r.out, "FAIL  %-44s %6.1fs\n", short(e.Package), e.Elapsed)
	}
	for _, line := range r.output[name] {
		fmt.Fprint(r.out, "      ", line)
	}
}

// finish prints the closing lines and returns the counts.
func (r *report) finish() string {
	for _, each := range r.skips {
		fmt.Fprintln(r.out, "SKIPPED", each)
	}
	for _, each := range r.failedTests {
		fmt.Fprintln(r.out, "FAILED ", each)
	}
	line := fmt.Sprintf("%d passed, %d failed, %d skipped", r.passed, r.failed, r.skipped)
	if r.bad > 0 {
		line += fmt.Sprintf("; %d packages failed", r.bad)
	}
	return line
}

// short leaves the module's own name out.
func short(pkg string) string { return strings.TrimPrefix(pkg, "laurel/") }

// reason is what a skipped test said: "file_test.go:12: why" → "why".
func reason(output []string) string {
	for _, line := range output {
		line = strings.TrimSpace(line)
		if _, said, ok := strings.Cut(line, ".go:"); ok {
			_, why, _ := strings.Cut(said, ": ")
			return why
		}
	}
	return "no reason given"
}

// Command mutants breaks the rules on purpose, one line at a time, and tells which of the tests notice.
//
//	go run ./scripts/mutants [-j N] [-all] [-write docs/proof.md] [REGEXP]
//
// The breaks are listed in mutants.txt beside this file. All of them are built into the test programs at once, each asleep until the
// environment names it, so that nothing is built twice; the tree itself is not touched. A break that nothing notices, and one whose line
// is no longer there, make the command fail.
package main

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

//go:embed mutants.txt
var list string

// suites are what is run until one notices, the quickest first. The random companies are those of every test run.
var suites = []suite{
	{"internal/rule", nil},
	{"internal/award", nil},
	{"internal/people", nil},
	{"internal/verify", []string{"-test.run", "TestCases|TestState|TestAwards"}},
	{"internal/verify", []string{"-test.run", "TestLaw", "-rapid.nofailfile", "-rapid.shrinktime=0s"}},
	{"internal/verify", []string{"-test.run", "TestIncremental", "-rapid.nofailfile", "-rapid.shrinktime=0s"}},
	{"internal/engine", nil},
}

type suite struct {
	pkg  string
	args []string
}

// most is how long one suite may take under a break: some never end.
const most = 10 * time.Minute

func main() {
	workers := flag.Int("j", 1, "how many breaks are tried at once")
	all := flag.Bool("all", false, "run every suite, also once one has noticed")
	write := flag.String("write", "", "put the table into this file, between its marks")
	flag.Parse()
	if err := run(*workers, *all, *write, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(workers int, all bool, write, only string) error {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	mutants, err := read(list)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := build(dir, mutants); err != nil {
		return err
	}
	next := make(chan *mutant)
	var working sync.WaitGroup
	for range max(1, workers) {
		working.Go(func() {
			for m := range next {
				m.noticed = try(dir, m, all)
				fmt.Printf("%3d  %s: %s\n     %s\n", m.no, m.part, m.what, cmp.Or(strings.Join(m.noticed, ", "), "NOT NOTICED"))
			}
		})
	}
	for _, m := range mutants {
		if pattern.MatchString(m.part + ": " + m.what) {
			m.asked = true
			next <- m
		}
	}
	close(next)
	working.Wait()
	return report(mutants, write)
}

// mutant is one break.
type mutant struct {
	no               int // from 1
	part, what, file string
	old, broken      string

	asked   bool
	noticed []string
}

// read reads the list: blocks of PART: WHAT, the file, lines that begin with "- " and those that take their place with "+ ".
func read(text string) ([]*mutant, error) {
	var out []*mutant
	for block := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		lines := strings.Split(block, "\n")
		part, what, ok := strings.Cut(lines[0], ": ")
		if len(lines) < 4 || !ok {
			return nil, fmt.Errorf("a block of the list cannot be read:\n%s", block)
		}
		m := &mutant{no: len(out) + 1, part: part, what: what, file: lines[1]}
		var old, broken []string
		for _, line := range lines[2:] {
			if text, is := strings.CutPrefix(line, "- "); is {
				old = append(old, text)
			} else if text, is := strings.CutPrefix(line, "+ "); is {
				broken = append(broken, text)
			} else {
				return nil, fmt.Errorf("a line of the list begins neither with - nor +: %s", line)
			}
		}
		m.old, m.broken = strings.Join(old, "\n"), strings.Join(broken, "\n")
		m.broken = strings.ReplaceAll(m.broken, "BROKEN", fmt.Sprintf("mutants.Broken(%d)", m.no))
		m.broken = strings.ReplaceAll(m.broken, "EITHER(", fmt.Sprintf("mutants.Either(%d, ", m.no))
		out = append(out, m)
	}
	return out, nil
}

// asleep is the package that wakes a break: it lies over the tree only while the tests are built.
const asleep = `// Package mutants wakes one break of the code.
package mutants

import (
	"os"
	"strconv"
)

var awake, _ = strconv.Atoi(os.Getenv("LAUREL_MUTANT"))

func Broken(n int) bool { return n == awake }

func Either[T any](n int, right, wrong T) T {
	if n == awake {
		return wrong
	}
	return right
}
`

// build makes the test programs with all breaks in them.
func build(dir string, mutants []*mutant) error {
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	sources := map[string]string{}
	var gone []string
	for _, m := range mutants {
		if sources[m.file] == "" {
			text, err := os.ReadFile(m.file)
			if err != nil {
				return fmt.Errorf("run it from the top of the repository: %w", err)
			}
			sources[m.file] = strings.Replace(string(text), "\nimport ", "\nimport \"laurel/internal/mutants\"\nimport ", 1)
		}
		if !strings.Contains(sources[m.file], m.old) {
			gone = append(gone, fmt.Sprintf("%s: %s\n  %s: %s", m.part, m.what, m.file, m.old))
		}
		sources[m.file] = strings.Replace(sources[m.file], m.old, m.broken, 1)
	}
	if len(gone) > 0 {
		return fmt.Errorf("the code has moved on from the list:\n%s", strings.Join(gone, "\n"))
	}
	sources["internal/mutants/mutants.go"] = asleep
	over := map[string]string{}
	for name, text := range sources {
		at := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			return err
		}
		over[filepath.Join(here, name)] = at
	}
	overlay, err := json.Marshal(map[string]any{"Replace": over})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600); err != nil {
		return err
	}
	built := map[string]bool{}
	for _, s := range suites {
		if built[s.pkg] {
			continue
		}
		built[s.pkg] = true
		//nolint:gosec // the packages are those of the list above
		out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), "-o", s.program(dir), "./"+s.pkg).CombinedOutput()
		if err != nil {
			return fmt.Errorf("build %s: %w\n%s", s.pkg, err, out)
		}
	}
	return nil
}

func (s suite) program(dir string) string { return filepath.Join(dir, filepath.Base(s.pkg)+".test") }

// try wakes a break and lists which tests notice it.
func try(dir string, m *mutant, all bool) (noticed []string) {
	for _, s := range suites {
		if name := s.notices(dir, m.no); name != "" {
			noticed = append(noticed, filepath.Base(s.pkg)+" "+name)
			if !all {
				break
			}
		}
	}
	return noticed
}

var failed = regexp.MustCompile(`--- FAIL: (\S+)`)

// notices runs a suite and names the innermost test that failed first.
func (s suite) notices(dir string, no int) string {
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.program(dir), append([]string{"-test.failfast"}, s.args...)...) //nolint:gosec // built above
	cmd.Dir = s.pkg
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "LAUREL_TEST_POSTGRES=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, fmt.Sprintf("LAUREL_MUTANT=%d", no))
	out, err := cmd.CombinedOutput()
	switch {
	case err == nil:
		return ""
	case ctx.Err() != nil:
		return "never ends"
	}
	names := failed.FindAllStringSubmatch(string(out), -1)
	if len(names) == 0 {
		return "breaks off"
	}
	return names[len(names)-1][1]
}

const (
	begin = "<!-- mutants: written by scripts/mutants -->\n"
	end   = "<!-- end of mutants -->\n"
)

// report counts, and writes the table of all that were asked for.
func report(mutants []*mutant, write string) error {
	var table strings.Builder
	table.WriteString("\n| part | break | noticed by |\n| --- | --- | --- |\n")
	asked, noticed := 0, 0
	for _, m := range mutants {
		if !m.asked {
			continue
		}
		asked++
		by := "**nothing**"
		if len(m.noticed) > 0 {
			noticed++
			by = strings.ReplaceAll(strings.Join(m.noticed, ", "), "_", " ")
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", m.part, m.what, by)
	}
	fmt.Printf("%d breaks, %d noticed\n", asked, noticed)
	if write != "" {
		if err := put(write, table.String()+"\n"); err != nil {
			return err
		}
	}
	if noticed < asked {
		return errors.New("some breaks are noticed by no test")
	}
	return nil
}

func put(file, table string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return fmt.Errorf("%s has no place for the table", file)
	}
	return os.WriteFile(file, []byte(before+begin+table+end+after), 0o600)
}

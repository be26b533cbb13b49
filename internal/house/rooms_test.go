package house

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "laurel"
)

// room is a row of the table of rooms, from the bottom of the house to its top.
type room struct {
	path    string   // "internal/rule"
	imports []string // paths of the rooms that it may import
}

// bans are arrows that no row may ever allow, each with the reason for which it would be tempting and wrong.
var bans = []struct{ from, to, why string }{
	{"internal/verify", "internal/engine", "a proof that shares the calculation proves nothing"},
	{"internal/verify", "internal/api", "the proof runs without a server"},
	{"internal/rule", "internal/db", "rules are pure"},
	{"internal/rule", "internal/record", "rules are pure"},
	{"internal/engine", "internal/api", "the engine runs without a server"},
}

func TestEveryPackageIsARoomOfTheTable(t *testing.T) {
	rooms := readRooms(t)
	found := goFolders(t)
	for _, dir := range found {
		if !slices.ContainsFunc(rooms, func(r room) bool { return r.path == dir }) {
			t.Errorf("%s has Go files and no row in the table of rooms of docs/architecture.md", dir)
		}
	}
}

func TestRoomsImportOnlyWhatTheTableAllows(t *testing.T) {
	rooms := readRooms(t)
	for _, r := range rooms {
		for file, imports := range importsOf(t, r.path) {
			for _, path := range imports {
				if !slices.Contains(r.imports, path) {
					t.Errorf("%s imports %s, which the row of %s in docs/architecture.md does not allow", file, path, r.path)
				}
			}
		}
	}
}

func TestArrowsPointOneWay(t *testing.T) {
	rooms := readRooms(t)
	above := map[string]bool{}
	for _, r := range rooms {
		for _, path := range r.imports {
			if !above[path] {
				t.Errorf("the row of %s allows %s, which stands below it or nowhere in the table", r.path, path)
			}
		}
		above[r.path] = true
	}
}

func TestTableKeepsWhatMustNeverMeetApart(t *testing.T) {
	for _, r := range readRooms(t) {
		for _, ban := range bans {
			if r.path == ban.from && slices.Contains(r.imports, ban.to) {
				t.Errorf("the row of %s allows %s: %s", ban.from, ban.to, ban.why)
			}
		}
	}
}

// readRooms reads the table of rooms: `| room | what it is | a, b |`, names without "internal/".
func readRooms(t *testing.T) []room {
	t.Helper()
	var rooms []room
	for _, row := range tableUnder(t, "## Rooms") {
		r := room{path: strings.Trim(row[0], "`")}
		for name := range strings.SplitSeq(row[2], ",") {
			name = strings.TrimSpace(name)
			switch name {
			case "–":
			case "web", "templates":
				r.imports = append(r.imports, name)
			default:
				r.imports = append(r.imports, "internal/"+name)
			}
		}
		rooms = append(rooms, r)
	}
	if len(rooms) < 10 {
		t.Fatalf("found only %d rooms under “## Rooms” in docs/architecture.md", len(rooms))
	}
	return rooms
}

// tableUnder returns the cells of the first table under a heading of docs/architecture.md, without its head.
func tableUnder(t *testing.T, heading string) [][]string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(root, "docs/architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(page), "\n"+heading+"\n")
	if !ok {
		t.Fatalf("docs/architecture.md has no heading %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var rows [][]string
	for line := range strings.Lines(section) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	const head = 2 // names, and the line under them
	if len(rows) <= head {
		t.Fatalf("docs/architecture.md has no table under %q", heading)
	}
	return rows[head:]
}

// goFolders are the folders of this module that hold Go files, leaving other modules (tools, bench) out.
func goFolders(t *testing.T) []string {
	t.Helper()
	var found []string
	walk(t, func(path string) {
		dir := filepath.Dir(path)
		if strings.HasSuffix(path, ".go") && !slices.Contains(found, dir) {
			found = append(found, dir)
		}
	})
	return found
}

// importsOf returns, for each file of a room but its tests, the rooms that it imports.
func importsOf(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			continue
		}
		name := dir + "/" + filepath.Base(file)
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Error(err)
			}
			if inner, ok := strings.CutPrefix(path, module+"/"); ok {
				found[name] = append(found[name], inner)
			}
		}
	}
	return found
}

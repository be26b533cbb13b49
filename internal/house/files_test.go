package house

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// maxLines bounds a file that people write: beyond it, it is several things.
const maxLines = 600

// vague are names that say nothing about what lies behind them.
var vague = []string{"util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "manager", "managers"}

func TestNoFileIsTooLongToRead(t *testing.T) {
	walk(t, func(path string) {
		if !slices.Contains([]string{".go", ".ts", ".tsx", ".css", ".sql", ".sh"}, filepath.Ext(path)) || strings.HasSuffix(path, "schema.d.ts") {
			return
		}
		text, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Error(err)
			return
		}
		if lines := bytes.Count(text, []byte("\n")); lines > maxLines {
			t.Errorf("%s has %d lines, more than %d: which nouns are in it?", path, lines, maxLines)
		}
	})
}

func TestNoFolderHasAVagueName(t *testing.T) {
	walk(t, func(path string) {
		for part := range strings.SplitSeq(filepath.ToSlash(filepath.Dir(path)), "/") {
			if slices.Contains(vague, strings.ToLower(part)) {
				t.Errorf("%s: a folder named %q says nothing about what it owns", path, part)
			}
		}
	})
}

// walk visits every file that people wrote, by its path from the root of the project.
func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	skip := []string{"node_modules", "dist", "bin", "data", "tmp", "shots", "tools", "bench"}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inner, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if inner != "." && (strings.HasPrefix(entry.Name(), ".") || slices.Contains(skip, entry.Name())) {
				return filepath.SkipDir
			}
			return nil
		}
		visit(filepath.ToSlash(inner))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

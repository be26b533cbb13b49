package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// aliasImport matches an import by the alias of web/src: from '@/features/records/api', import('@/lib/page').
var aliasImport = regexp.MustCompile(`(?:from|import)\s*\(?\s*'@/([^']+)'`)

// climbingImport matches an import that leaves its folder: from '../../records/api'.
var climbingImport = regexp.MustCompile(`(?:from|import)\s*\(?\s*'(\.\./[^']+)'`)

func TestWebFoldersImportOnlyWhatTheTableAllows(t *testing.T) {
	rows := tableUnder(t, "## The web application")
	walk(t, func(path string) {
		inner, ok := strings.CutPrefix(path, "web/src/")
		if !ok || (filepath.Ext(path) != ".ts" && filepath.Ext(path) != ".tsx") {
			return
		}
		from := webFolder(inner)
		allowed, known := allowedIn(rows, from)
		if !known {
			return // main.tsx and what else stands at the top
		}
		text, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Error(err)
			return
		}
		for _, to := range webImports(inner, string(text)) {
			if to != from && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s, which the row of %s in docs/architecture.md does not allow", path, to, from)
			}
		}
	})
}

// webImports are the folders of web/src that a file imports.
func webImports(inner, text string) []string {
	var found []string
	for _, match := range aliasImport.FindAllStringSubmatch(text, -1) {
		found = append(found, webFolder(match[1]))
	}
	for _, match := range climbingImport.FindAllStringSubmatch(text, -1) {
		found = append(found, webFolder(filepath.ToSlash(filepath.Join(filepath.Dir(inner), match[1]))))
	}
	return found
}

// webFolder is the row's name of a path: "features/records" of "features/records/grid/Grid.tsx", "lib" of "lib/format.ts".
func webFolder(path string) string {
	parts := strings.Split(path, "/")
	if parts[0] == "features" && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// allowedIn finds a folder's row, its own or that of features/*. Everything is allowed where the row says "all".
func allowedIn(rows [][]string, folder string) (allowed []string, known bool) {
	for _, row := range rows {
		name := strings.Trim(row[0], "`")
		if name != folder && !(name == "features/*" && strings.HasPrefix(folder, "features/")) {
			continue
		}
		if row[2] == "all" {
			return nil, false
		}
		for each := range strings.SplitSeq(row[2], ",") {
			allowed = append(allowed, strings.TrimSpace(each))
		}
		return allowed, true
	}
	return nil, false
}

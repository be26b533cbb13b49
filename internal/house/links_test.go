package house

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

const guide = "docs/guide"

// link matches a link or a picture: [text](target), ![text](target), <img src="target">.
var link = regexp.MustCompile(`\[[^\]]*\]\(([^()\s]+)\)|<img src="([^"]+)"`)

// heading matches a heading of Markdown.
var heading = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *$`)

func TestRelativeLinksOfPagesResolve(t *testing.T) {
	walk(t, func(page string) {
		if filepath.Ext(page) != ".md" {
			return
		}
		for _, target := range linksOf(t, page) {
			file, fragment, _ := strings.Cut(target, "#")
			inner := page
			if file != "" {
				inner = path.Join(path.Dir(page), file)
			}
			if _, err := os.Stat(filepath.Join(root, inner)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, target)
				continue
			}
			if fragment != "" && strings.HasSuffix(inner, ".md") && !hasHeading(t, inner, fragment) {
				t.Errorf("%s links to %s: no heading of that page has this name", page, target)
			}
		}
	})
}

func TestGuideIsWholeInBothLanguages(t *testing.T) {
	used := map[string]bool{}
	walk(t, func(page string) {
		inner, ok := strings.CutPrefix(page, guide+"/")
		if !ok || filepath.Ext(page) != ".md" {
			return
		}
		language, name, _ := strings.Cut(inner, "/")
		other := map[string]string{"zh": "en", "en": "zh"}[language]
		if _, err := os.Stat(filepath.Join(root, guide, other, name)); err != nil {
			t.Errorf("%s has no page of this name in %q", page, other)
		}
		for _, target := range linksOf(t, page) {
			if picture := path.Join(path.Dir(page), target); path.Ext(target) == ".webp" {
				used[picture] = true
				if !strings.HasSuffix(target, "-"+language+".webp") {
					t.Errorf("%s shows %s, which is of the other language", page, target)
				}
			}
		}
	})
	walk(t, func(picture string) {
		if strings.HasPrefix(picture, guide+"/images/") && !used[picture] {
			t.Errorf("no page of the guide shows %s", picture)
		}
	})
}

// linksOf are the targets of a page's relative links, without what stands in blocks of code.
func linksOf(t *testing.T, page string) []string {
	t.Helper()
	var found []string
	for _, match := range link.FindAllStringSubmatch(readPage(t, page), -1) {
		raw := match[1] + match[2]
		target, err := url.PathUnescape(raw)
		if err != nil {
			t.Errorf("%s: %v", page, err)
			continue
		}
		if parsed, err := url.Parse(raw); err == nil && parsed.Scheme == "" && !strings.HasPrefix(target, "/") {
			found = append(found, target)
		}
	}
	return found
}

// readPage is the text of a page without its blocks of code.
func readPage(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for i, part := range strings.Split(string(text), "```") {
		if i%2 == 0 {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "\n")
}

// hasHeading reports whether a page has a heading with this anchor, as GitHub makes them: lower case, spaces as
// hyphens, signs left out.
func hasHeading(t *testing.T, page, anchor string) bool {
	t.Helper()
	for _, match := range heading.FindAllStringSubmatch(readPage(t, page), -1) {
		made := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
				return unicode.ToLower(r)
			}
			return -1
		}, match[1])
		if made == anchor {
			return true
		}
	}
	return false
}

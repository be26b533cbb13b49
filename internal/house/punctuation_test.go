package house

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// wide is a mark of Chinese punctuation beside something that is filled in.
var wide = regexp.MustCompile(`\}[：，。；（）]|[：，。；（）]\$?\{`)

// A page that joins two texts with a full-width mark of its own shows it to readers of English too: it belongs into the words.
func TestPagesHoldNoChinesePunctuationOfTheirOwn(t *testing.T) {
	walk(t, func(path string) {
		if filepath.Ext(path) != ".tsx" {
			return
		}
		for i, line := range strings.Split(readPage(t, path), "\n") {
			if wide.MatchString(line) && !strings.Contains(line, "zh:") && !strings.HasPrefix(strings.TrimSpace(line), "/**") {
				t.Errorf("%s:%d: %s", path, i+1, strings.TrimSpace(line))
			}
		}
	})
}

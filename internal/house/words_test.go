package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// patterns are the functions that fill a pattern in both languages, by the place of their first argument.
var patterns = map[string]int{"problem.Bad": 4, "problem.New": 5, "i18n.Format": 2}

// verb is what may stand behind the sign of a pattern.
var verb = regexp.MustCompile(`^(?:%|[-+#0]*(?:\[\d+\])?\d*(?:\.\d+)?[a-zA-Z])`)

// A percentage in a pattern has its sign twice; with one it reads "%!(MISSING)" to whoever made a mistake.
func TestPercentagesInPatternsAreEscaped(t *testing.T) {
	walk(t, func(path string) {
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, filepath.Join(root, path), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			first, ok := patterns[called(call)]
			if !ok || len(call.Args) < first {
				return true
			}
			for _, arg := range call.Args[first-2 : first] {
				text, ok := literal(arg)
				if ok && !escaped(text, len(call.Args) > first) {
					t.Errorf("%s:%d: a percent sign that begins no verb is written %%%%: %s", path, files.Position(arg.Pos()).Line, text)
				}
			}
			return true
		})
	})
}

// called names the function of a call: problem.Bad.
func called(call *ast.CallExpr) string {
	if f, ok := call.Fun.(*ast.SelectorExpr); ok {
		if from, ok := f.X.(*ast.Ident); ok {
			return from.Name + "." + f.Sel.Name
		}
	}
	return ""
}

// literal is the text of a string that stands in the source.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// escaped reports whether every percent sign of a pattern begins a verb or is doubled; without arguments there are no verbs.
func escaped(pattern string, args bool) bool {
	for {
		at := strings.IndexByte(pattern, '%')
		if at < 0 {
			return true
		}
		pattern = pattern[at+1:]
		found := verb.FindString(pattern)
		if found == "" || !args && found != "%" {
			return false
		}
		pattern = pattern[len(found):]
	}
}

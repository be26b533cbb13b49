package intake

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"laurel/internal/problem"
)

// written makes a file of a text and opens it.
func written(t testing.TB, name, content string) *File {
	t.Helper()
	f, err := openText(t, name, content)
	if err != nil {
		t.Fatalf("open %s: %v", name, err)
	}
	return f
}

func openText(t testing.TB, name, content string) (*File, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFile(path, name)
	if f != nil {
		t.Cleanup(func() { f.Close() })
	}
	return f, err
}

func look(t testing.TB, f *File, at Place) *Survey {
	t.Helper()
	s, err := f.Look(context.Background(), at)
	if err != nil {
		t.Fatalf("look: %v", err)
	}
	for i := range s.Columns {
		s.Columns[i].Guess = s.Columns[i].guess()
	}
	return s
}

// grid is a file's raw rows as lines with | between cells; rows that cannot be read are !code.
func grid(t *testing.T, f *File) string {
	t.Helper()
	rows, err := f.rows("")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return strings.Join(out, "\n")
		}
		if p, ok := problem.As(err); ok {
			return strings.Join(append(out, "!!"+p.Code), "\n")
		}
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		line := strings.Join(cells, "|")
		if row.Bad != nil {
			line = "!" + row.Bad.Code
		}
		out = append(out, line)
	}
}

func TestTextFiles(t *testing.T) {
	long := strings.Repeat("x", MaxCellBytes)
	for _, c := range []struct{ name, content, want string }{
		{"plain", "a,b\n1,2\n", "a|b\n1|2"},
		{"no newline at the end", "a,b\n1,2", "a|b\n1|2"},
		{"Windows line endings", "a,b\r\n1,2\r\n", "a|b\n1|2"},
		{"old Mac line endings", "a,b\r1,2\r", "a|b\n1|2"},
		{"byte order mark", "\xef\xbb\xbfa,b\n1,2", "a|b\n1|2"},
		{"semicolons", "a;b;c\n1,5;2;3\n", "a|b|c\n1,5|2|3"},
		{"tabs", "a\tb\n1, 5\t2\n", "a|b\n1, 5|2"},
		{"the delimiter is named", "sep=;\na;b\n1;2\n", "a|b\n1|2"},
		{"commas in the texts of a semicolon file", "name;note\nx;a, b, c\ny;d, e, f\n", "name|note\nx|a, b, c\ny|d, e, f"},
		{"quoted", "a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", "a|b\nx, y|say \"hi\""},
		{"newline in a cell", "a,b\n\"x\r\ny\",2\n", "a|b\nx\ny|2"},
		{"blank before a quote", "a, \"b, c\"\n1,2", "a|b, c\n1|2"},
		{"quote inside a cell", "a,b\n5\" pipe,2\n", "a|b\n5\" pipe|2"},
		{"text behind a quote", "a,b\n\"x\"y,2\n3,4\n", "a|b\n!bad_quotes\n3|4"},
		{"quote never closed", "a,b\n\"x,2\n3,4\n", "a|b\n!!unclosed_quote"},
		{"empty cells", "a,b,c\n,,\n1,,3\n", "a|b|c\n||\n1||3"},
		{"cell at the limit", "a,b\n" + long + ",2\n", "a|b\n" + long + "|2"},
		{"cell beyond the limit", "a,b\nx" + long + ",2\n3,4\n", "a|b\n!cell_too_large\n3|4"},
		{"too many columns", "a\n" + strings.Repeat("1,", MaxColumns) + "1\n", "a\n!too_many_columns"},
		{"one column", "name\nx\ny\n", "name\nx\ny"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := grid(t, written(t, "f.csv", c.content)); got != c.want {
				t.Errorf("got\n%.200s\nwant\n%.200s", got, c.want)
			}
		})
	}
}

func TestLinesAreCountedAsEditorsDo(t *testing.T) {
	f := written(t, "f.csv", "a,b\r\n\"x\ny\",1\r\n\r\nz,2\n")
	rows, _ := f.rows("")
	defer rows.Close()
	for _, want := range []int{1, 2, 4, 5} {
		if row, err := rows.Next(); err != nil || row.Line != want {
			t.Fatalf("got line %d (%v), want %d", row.Line, err, want)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := "姓名,金额\n张伟,１２\n李娜,5\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(text, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	big := "a,b\n" + strings.Repeat(gb, 20_000)
	for _, c := range []struct{ name, content, encoding, first string }{
		{"utf-8", text, "utf-8", "姓名|金额"},
		{"utf-8 with mark", "\xef\xbb\xbf" + text, "utf-8", "姓名|金额"},
		{"gb18030", gb, "gb18030", "姓名|金额"},
		{"utf-16 of a spreadsheet", utf16, "utf-16le", "姓名|金额"},
		{"a large one whose Chinese comes late", big, "gb18030", "a|b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := written(t, "f.csv", c.content)
			if f.Encoding != c.encoding {
				t.Errorf("encoding %s, want %s", f.Encoding, c.encoding)
			}
			if got, _, _ := strings.Cut(grid(t, f), "\n"); got != c.first {
				t.Errorf("header %q, want %q", got, c.first)
			}
		})
	}
}

func TestWhatIsNoFile(t *testing.T) {
	for _, c := range []struct{ name, content, code string }{
		{"empty", "", "empty_file"},
		{"only blanks", " \n\r\n ", "empty_file"},
		{"only a mark", "\xef\xbb\xbf", "empty_file"},
		{"Latin-1", "name\ncaf\xe9,\n", "bad_encoding"},
		{"broken UTF-8", "name\n\xff\xfe\xff\n", "bad_encoding"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "bad_encoding"},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "old_workbook"},
		{"a broken workbook", "PK\x03\x04 and nothing", "bad_workbook"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := openText(t, "f.csv", c.content); !problem.IsCode(err, c.code) {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
	if _, err := OpenFile(filepath.Join(t.TempDir(), "none.csv"), "none.csv"); !problem.IsCode(err, "file_not_found") {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := OpenFile(t.TempDir(), "folder"); !problem.IsCode(err, "not_a_file") {
		t.Errorf("a folder: %v", err)
	}
}

func TestHeadersAndTotals(t *testing.T) {
	for _, c := range []struct {
		name, content string
		header        int
		rows          int64
		skipped       int
		columns       string
	}{
		{"plain", "name,amount\nA,1\nB,2\n", 1, 2, 0, "name,amount"},
		{"title and unit above", "2026年销售明细,,\n单位：元,,\n客户,销售,金额\nA,张伟,1\nB,李娜,2\n", 3, 2, 2, "客户,销售,金额"},
		{"blank lines", "\n\nname,amount\n\nA,1\n,\nB,2\n\n", 3, 2, 0, "name,amount"},
		{"groups above the header", "客户信息,,业绩,\n名称,行业,数量,金额\nA,x,1,2\n", 2, 1, 1, "名称,行业,数量,金额"},
		{"totals", "客户,销售,金额\nA,张伟,1\n小计,,1\nB,李娜,2\n合计：,,3\n", 1, 2, 2, "客户,销售,金额"},
		{"grand total", "name,region,amount\nA,x,1\nGrand Total,,1\n", 1, 1, 1, "name,region,amount"},
		{"a subtotal with a name", "地区,销售,金额\n华东,张伟,1\n华东小计,,1\n总计,,1\n", 1, 1, 2, "地区,销售,金额"},
		{"total with a unit", "客户,销售,金额\nA,张伟,1\n合计（元）,,1\n", 1, 1, 1, "客户,销售,金额"},
		{"a customer called Total", "name,industry,amount\nTotal,energy,5\nA,x,1\n", 1, 2, 0, "name,industry,amount"},
		{"a customer called Total with nothing but a note", "name,industry,note\nTotal,,pays late\nA,x,y\n", 1, 2, 0, "name,industry,note"},
		{"the header once more", "name,amount\nA,1\nname,amount\nB,2\n", 1, 2, 1, "name,amount"},
		{"one column", "name\nA\nTotal\n", 1, 2, 0, "name"},
		{"names that repeat", "name,name,\nA,B,C\n", 1, 1, 0, "name,name (2),#3"},
		{"columns without name and value", "name,,amount,\nA,,1,\n", 1, 1, 0, "name,amount"},
		{"years as names", "product,2024,2025\nA,1,2\n", 1, 1, 0, "product,2024,2025"},
		{"only a header", "name,amount\n", 1, 0, 0, "name,amount"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := look(t, written(t, "f.csv", c.content), Place{})
			var names []string
			for i := range s.Columns {
				names = append(names, s.Columns[i].Name)
			}
			if s.HeaderRow != c.header || s.Rows != c.rows || len(s.Skipped) != c.skipped || strings.Join(names, ",") != c.columns {
				t.Errorf("header %d, rows %d, skipped %v, columns %s; want %d, %d, %d, %s", s.HeaderRow, s.Rows, s.Skipped, strings.Join(names, ","), c.header, c.rows, c.skipped, c.columns)
			}
		})
	}
}

func TestHeaderOfChoice(t *testing.T) {
	f := written(t, "f.csv", "a,b\nname,amount\nA,1\n\n")
	if s := look(t, f, Place{HeaderRow: 2}); s.HeaderRow != 2 || s.Rows != 1 || len(s.Skipped) != 1 || s.Columns[0].Name != "name" {
		t.Errorf("got %+v", s)
	}
	if _, err := f.Look(context.Background(), Place{HeaderRow: 4}); !problem.IsCode(err, "no_header") {
		t.Errorf("an empty line as header: %v", err)
	}
}

func TestDateOrderOfAColumn(t *testing.T) {
	for _, c := range []struct {
		name   string
		values string
		order  Order
		typ    string
	}{
		{"a day above twelve behind", "3/5/2026 3/25/2026 12/1/2026", MDY, "date"},
		{"a day above twelve in front", "3/5/2026 25/3/2026", DMY, "date"},
		{"all ambiguous", "3/5/2026 4/6/2026", NoOrder, "date"},
		{"both at once", "25/3/2026 3/25/2026", NoOrder, "date"},
		{"a day that one month does not have", "4/31/2026 5/6/2026 31/5/2026 7/8/2026 9/10/2026 1/2/2026 3/4/2026 5/6/2026 7/8/2026 9/9/2026", DMY, "date"},
		{"year first", "2026-3-5 2026/3/6 2026年3月7日", YMD, "date"},
		{"year first and a time", "2026-3-5T10:00 2026-3-6T11:00", YMD, "datetime"},
		{"dots", "31.12.2026 1.2.2026", DMY, "date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := look(t, written(t, "f.csv", "day,x\n"+strings.ReplaceAll(c.values, " ", ",\n")+",\n"), Place{})
			if g := s.Columns[0].Guess; g.Order != c.order || g.Type != c.typ {
				t.Errorf("guessed %+v, want %s %s", g, c.typ, c.order)
			}
		})
	}
}

func TestTypesOfColumns(t *testing.T) {
	for _, c := range []struct{ name, header, values, typ string }{
		{"numbers", "count", "1 2 3,000 4.5", "number"},
		{"amounts by sign", "x", "¥1 ¥2,000 3", "money"},
		{"amounts by name", "销售额", "1 2 3", "money"},
		{"percentages", "率", "1% 2.5% 3%", "percent"},
		{"codes with zeros in front", "店", "001 002 003", "text"},
		{"telephone numbers", "电话", "13800138000 13800138001", "text"},
		{"identities", "order_no", "1001 1002", "text"},
		{"yes and no", "签约", "是 否 是 是", "bool"},
		{"few that repeat", "stage", "won lost won won lost won lost won", "choice"},
		{"names", "name", "A B C D", "text"},
		{"numbers with a slip", "count", "1 2 3 4 5 6 7 8 9 10 11 x", "number"},
		{"half numbers", "mixed", "1 2 x y", "text"},
		{"nothing", "empty", "", "text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := look(t, written(t, "f.csv", c.header+",z\n\""+strings.ReplaceAll(c.values, " ", "\",\n\"")+"\",\n"), Place{})
			if g := s.Columns[0].Guess; g.Type != c.typ {
				t.Errorf("guessed %+v, want %s", g, c.typ)
			}
		})
	}
}

func TestRaggedRowsAreReported(t *testing.T) {
	f := written(t, "f.csv", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n")
	s := look(t, f, Place{})
	var got []string
	err := f.each(context.Background(), s, func(row *Row) error {
		if row.Bad != nil {
			got = append(got, row.Bad.Code)
		} else {
			got = append(got, "ok")
		}
		return nil
	}, func(int, i18nText, *Row) {})
	if want := "ok too_few_cells too_many_cells ok"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("got %v (%v), want %s", got, err, want)
	}
}

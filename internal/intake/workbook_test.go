package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"laurel/internal/problem"
)

// workbookOf makes a workbook with a spreadsheet library and opens it.
func workbookOf(t testing.TB, fill func(*excelize.File)) *File {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	fill(x)
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := x.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFile(path, "book.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// kinds lists a sheet's cells as kind:text.
func kinds(t *testing.T, f *File, sheet string) []string {
	t.Helper()
	rows, err := f.rows(sheet)
	must(t, err)
	defer rows.Close()
	var out []string
	for {
		row, err := rows.Next()
		if err != nil {
			return out
		}
		for i, c := range row.Cells {
			if c.Text != "" {
				out = append(out, fmt.Sprintf("%d.%d %d:%s", row.Line, i, c.Kind, display(c)))
			}
		}
	}
}

func TestCellsOfWorkbooks(t *testing.T) {
	f := workbookOf(t, func(x *excelize.File) {
		day, err := x.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		chinese := `yyyy"年"m"月"d"日"`
		dayZH, err := x.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
		must(t, err)
		percent, err := x.NewStyle(&excelize.Style{NumFmt: 10})
		must(t, err)
		days := `0" days"`
		units, err := x.NewStyle(&excelize.Style{CustomNumFmt: &days})
		must(t, err)
		must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"text", 12.5, true, 0.30000000000000004, "", 7}))
		must(t, x.SetCellValue("Sheet1", "A2", 46086))
		must(t, x.SetCellStyle("Sheet1", "A2", "A2", day))
		must(t, x.SetCellValue("Sheet1", "B2", 46086.5))
		must(t, x.SetCellStyle("Sheet1", "B2", "B2", dayZH))
		must(t, x.SetCellValue("Sheet1", "C2", 0.125))
		must(t, x.SetCellStyle("Sheet1", "C2", "C2", percent))
		must(t, x.SetCellValue("Sheet1", "D2", 46086))
		must(t, x.SetCellStyle("Sheet1", "D2", "D2", units))
		must(t, x.SetCellValue("Sheet1", "E2", time.Date(2026, 3, 5, 14, 30, 0, 0, time.UTC)))
		must(t, x.SetCellRichText("Sheet1", "A5", []excelize.RichTextRun{{Text: "rich "}, {Text: "text", Font: &excelize.Font{Bold: true}}}))
		must(t, x.SetCellStr("Sheet1", "B5", "a & b <c> 😀"))
		must(t, x.SetCellFormula("Sheet1", "C5", "1+1"))
	})
	got := strings.Join(kinds(t, f, ""), "\n")
	want := strings.Join([]string{
		"1.0 0:text", "1.1 1:12.5", "1.2 4:TRUE", "1.3 1:0.3", "1.5 1:7",
		"2.0 3:2026-03-05", "2.1 3:2026-03-05 12:00:00", "2.2 2:12.5%", "2.3 1:46086", "2.4 3:2026-03-05 14:30:00",
		"5.0 0:rich text", "5.1 0:a & b <c> 😀",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTitlesAndSheetsOfWorkbooks(t *testing.T) {
	f := workbookOf(t, func(x *excelize.File) {
		must(t, x.MergeCell("Sheet1", "A1", "C1"))
		must(t, x.SetCellStr("Sheet1", "A1", "2026年3月销售"))
		must(t, x.SetSheetRow("Sheet1", "A3", &[]any{"客户", "日期", "金额"}))
		must(t, x.SetSheetRow("Sheet1", "A4", &[]any{"A", "2026-3-5", 12}))
		must(t, x.SetSheetRow("Sheet1", "A7", &[]any{"B", "2026-3-6", 13}))
		must(t, x.SetSheetRow("Sheet1", "A8", &[]any{"合计", nil, 25}))
		_, err := x.NewSheet("其他")
		must(t, err)
		must(t, x.SetSheetRow("其他", "A1", &[]any{"x", "y"}))
		must(t, x.SetSheetRow("其他", "A2", &[]any{1, 2}))
		_, err = x.NewSheet("hidden")
		must(t, err)
		must(t, x.SetSheetVisible("hidden", false))
	})
	if got := strings.Join(f.Sheets, ","); got != "Sheet1,其他" {
		t.Errorf("sheets %s", got)
	}
	s := look(t, f, Place{})
	if s.HeaderRow != 3 || s.Rows != 2 || len(s.Skipped) != 2 || s.Skipped[1].Line != 8 || len(s.Columns) != 3 {
		t.Errorf("got %+v", s)
	}
	if s := look(t, f, Place{Sheet: "其他"}); s.HeaderRow != 1 || s.Rows != 1 || s.Columns[0].Guess.Type != "number" {
		t.Errorf("the other sheet: %+v", s)
	}
	if _, err := f.Look(t.Context(), Place{Sheet: "none"}); !problem.IsCode(err, "unknown_sheet") {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// parts makes an archive by hand, for what no library writes.
func parts(t *testing.T, files map[string]string) (*File, error) {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range files {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	must(t, z.Close())
	path := filepath.Join(t.TempDir(), "hand.xlsx")
	must(t, os.WriteFile(path, buf.Bytes(), 0o600))
	f, err := OpenFile(path, "hand.xlsx")
	if f != nil {
		t.Cleanup(func() { f.Close() })
	}
	return f, err
}

const (
	handBook = `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	handRels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="/xl/styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	styles   = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-409]d\-mmm\-yy;@"/><numFmt numFmtId="165" formatCode="#,##0.00_ ;[Red]\-#,##0.00\ "/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`
	shared   = `<sst><si><t xml:space="preserve"> 东京 </t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_&#10;b</t></si></sst>`
)

func TestUnusualWorkbooks(t *testing.T) {
	sheet := `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="4"><c r="A4" s="1"><v>44624</v></c><c r="C4" s="2"><v>5</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1&amp;B1</f><v>sum</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row></sheetData></worksheet>`
	f, err := parts(t, map[string]string{"xl/workbook.xml": handBook, "xl/_rels/workbook.xml.rels": handRels, "xl/styles.xml": styles, "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet})
	must(t, err)
	got := strings.Join(kinds(t, f, ""), ";")
	want := "1.0 0:东京;1.1 0:a\nb;4.0 3:2026-03-05;4.2 1:5;4.3 5:#N/A;4.4 0:sum;4.5 0:inline"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A file of some kilobytes may unpack to one text of gigabytes: no token of a workbook is read beyond a bound.
func TestWorkbooksThatUnpackToTooMuch(t *testing.T) {
	huge := strings.Repeat("a", maxTokenBytes+1<<16)
	defer func(n int) { maxStrings = n }(maxStrings)
	maxStrings = 1000
	row := func(cell string) string {
		return `<worksheet><sheetData><row>` + cell + `</row></sheetData></worksheet>`
	}
	for name, c := range map[string]struct{ sheet, strings, code string }{
		"a value":     {row(`<c><v>` + huge + `</v></c>`), shared, "cell_too_large"},
		"a text":      {row(`<c t="inlineStr"><is><t>` + huge + `</t></is></c>`), shared, "cell_too_large"},
		"a comment":   {row(`<!--` + huge + `-->`), shared, "cell_too_large"},
		"a tag":       {row(`<c x="` + huge + `"/>`), shared, "cell_too_large"},
		"shared text": {row(``), `<sst><si><t>` + huge + `</t></si></sst>`, "cell_too_large"},
		"texts":       {row(``), `<sst>` + strings.Repeat(`<si/>`, maxStrings+1) + `</sst>`, "file_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := parts(t, map[string]string{"xl/workbook.xml": handBook, "xl/_rels/workbook.xml.rels": handRels, "xl/styles.xml": styles,
				"xl/sharedStrings.xml": c.strings, "xl/worksheets/sheet1.xml": c.sheet})
			if err == nil {
				_, err = f.Look(t.Context(), Place{})
			}
			if !problem.IsCode(err, c.code) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDamagedWorkbooks(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		code  string
	}{
		{"another archive", map[string]string{"readme.txt": "hello"}, "bad_workbook"},
		{"no sheets", map[string]string{"xl/workbook.xml": `<workbook><sheets/></workbook>`}, "empty_file"},
		{"broken workbook part", map[string]string{"xl/workbook.xml": `<workbook`}, "bad_workbook"},
		{"broken strings", map[string]string{"xl/workbook.xml": handBook, "xl/_rels/workbook.xml.rels": handRels, "xl/sharedStrings.xml": "<sst><si><t>x"}, "bad_workbook"},
		{"a part that unpacks to too much", map[string]string{"xl/workbook.xml": handBook, "xl/_rels/workbook.xml.rels": handRels, "xl/styles.xml": "<styleSheet>" + strings.Repeat(" ", maxOtherBytes)}, "file_too_large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := parts(t, c.files); !problem.IsCode(err, c.code) {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
	f, err := parts(t, map[string]string{"xl/workbook.xml": handBook, "xl/_rels/workbook.xml.rels": handRels, "xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>x`})
	must(t, err)
	if _, err := f.Look(t.Context(), Place{}); !problem.IsCode(err, "bad_workbook") {
		t.Errorf("a sheet that is cut off: %v", err)
	}
}

func TestNumberFormats(t *testing.T) {
	for code, want := range map[string]shown{
		"General": asNumber, "0.00": asNumber, `0.00E+00`: asNumber, `#,##0"个"`: asNumber, `"days: "0`: asNumber, `[Red]0`: asNumber, `_-* #,##0_-`: asNumber, `[>100]0;0`: asNumber, `\d0`: asNumber, "@": asNumber,
		"yyyy-mm-dd": asMoment, `yyyy"年"m"月"d"日"`: asMoment, "h:mm": asMoment, "[h]:mm:ss": asMoment, "[$-804]yyyy/m/d;@": asMoment, "mmm-yy": asMoment, "AM/PM h:mm": asMoment,
		"0%": asPercent, "0.00%": asPercent, `0.0"%"`: asNumber,
	} {
		if got := showsAs(code); got != want {
			t.Errorf("%s shows as %d, want %d", code, got, want)
		}
	}
}

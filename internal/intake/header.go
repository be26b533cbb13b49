package intake

import (
	"errors"
	"io"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// headerRows is how many lines from the top are searched for the header.
const headerRows = 30

var (
	titleLine  = i18n.T("表头上方的标题，未导入", "a title above the header, left out")
	headAgain  = i18n.T("重复的表头，未导入", "the header once more, left out")
	totalLine  = i18n.T("合计行，未导入", "a line of totals, left out")
	chosenLine = i18n.T("在选定的表头上方，未导入", "above the chosen header, left out")
)

// findHeader finds the line of the column names and says what stands above it. The header is the first line that is as
// wide as the table and holds names only; failing that, the first line as wide as the table.
func (f *File) findHeader(at Place) (*Row, []Skipped, error) {
	rows, err := f.rows(at.Sheet)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = rows.Close() }()
	var top []*Row
	for len(top) < headerRows || at.HeaderRow > 0 {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, readProblem(err)
		}
		if at.HeaderRow > 0 && row.Line > at.HeaderRow {
			break
		}
		if lastFilled(row) >= 0 {
			kept := *row
			kept.Cells = append([]Cell(nil), row.Cells...)
			top = append(top, &kept)
		}
		if len(top) > headerRows { // only of a chosen header far below
			top = top[1:]
		}
	}
	if len(top) == 0 {
		return nil, nil, emptyFile()
	}
	at0, reason := pickHeader(top), titleLine
	if at.HeaderRow > 0 {
		at0, reason = len(top)-1, chosenLine
		if top[at0].Line != at.HeaderRow {
			return nil, nil, problem.Bad("no_header", "header_row", "第 %d 行是空的，不能作表头。", "Line %d is empty and cannot be the header.", at.HeaderRow)
		}
	}
	var skipped []Skipped
	for _, row := range top[:at0] {
		skipped = append(skipped, Skipped{Line: row.Line, Reason: reason, Text: rowText(row)})
	}
	header := top[at0]
	if f.Format == CSV {
		return header, skipped, nil
	}
	header.Cells = header.Cells[:lastFilled(header)+1]
	for _, row := range top[at0+1:] { // columns without a name that hold something
		for len(header.Cells) <= lastFilled(row) {
			header.Cells = append(header.Cells, Cell{})
		}
	}
	return header, skipped, nil
}

func pickHeader(top []*Row) int {
	widest := 0
	for _, row := range top {
		widest = max(widest, filledCells(row))
	}
	first := -1
	for i, row := range top {
		n := filledCells(row)
		if n*10 < widest*6 || n < min(2, widest) {
			continue
		}
		if first < 0 {
			first = i
		}
		if looksLikeNames(row) {
			return i
		}
	}
	return first
}

func filledCells(row *Row) int {
	n := 0
	for _, c := range row.Cells {
		if tidy(c.Text) != "" {
			n++
		}
	}
	return n
}

// looksLikeNames reports whether a row holds short texts, mostly different ones, none of which is a number or a date.
func looksLikeNames(row *Row) bool {
	seen, filled := map[string]bool{}, 0
	for _, c := range row.Cells {
		text := tidy(c.Text)
		if text == "" {
			continue
		}
		if c.Kind != Typed || len(text) > 2*maxShown {
			return false
		}
		if _, why := readNumeral(text); why != notNumber {
			return false
		}
		if readDay(text).shape != noDay && readDay(text).shape != incomplete {
			return false
		}
		seen[text] = true
		filled++
	}
	return len(seen)*2 >= filled // a few names may come twice
}

// totalWords are what a line of totals begins with.
var totalWords = map[string]bool{
	"合计": true, "总计": true, "小计": true, "共计": true, "总和": true, "累计": true, "汇总": true, "本页合计": true, "本页小计": true,
	"total": true, "totals": true, "grandtotal": true, "subtotal": true, "sub-total": true, "sum": true, "overalltotal": true,
}

// notRecord recognises lines inside the table that are no records: the header once more, and totals. A line of totals
// begins with such a word, has nothing but numbers behind it, and leaves cells empty; a customer called Total does not.
func notRecord(row *Row, header []string, width int) (i18n.Text, bool) {
	first, same, others := "", true, 0
	for i, c := range row.Cells {
		text := tidy(c.Text)
		same = same && i < len(header) && text == header[i]
		switch {
		case text == "":
		case first == "":
			first = text
		case c.Kind == Typed:
			if _, why := readNumeral(text); why != understood && !nothings[text] {
				first = "\x00"
			}
			others++
		default:
			others++
		}
	}
	if same && first != "" && lastFilled(row) == width-1 && width > 1 {
		return headAgain, true
	}
	if len(first) > maxNumeral || others+1 >= width || width < 2 {
		return i18n.Text{}, false
	}
	word := strings.ToLower(strings.Trim(strings.ReplaceAll(strings.ReplaceAll(fold(first), " ", ""), "\u3000", ""), ":："))
	if i := strings.IndexAny(word, "(（"); i > 0 {
		word = word[:i]
	}
	yes := totalWords[word] || others > 0 && (strings.HasSuffix(word, "小计") || strings.HasSuffix(word, "合计") || strings.HasSuffix(word, "总计") || strings.HasSuffix(word, "subtotal"))
	return totalLine, yes
}

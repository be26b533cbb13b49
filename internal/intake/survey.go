package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// Survey is what a look through a whole file found: where its table is and what its columns hold. It is kept with the
// import, so that the file is judged once.
type Survey struct {
	Sheet     string    `json:"sheet,omitempty"`
	HeaderRow int       `json:"header_row"` // 1-based line
	Rows      int64     `json:"rows"`       // lines that are records
	Skipped   []Skipped `json:"skipped,omitempty"`
	Columns   []Column  `json:"columns"`
}

// Skipped is a line that is no record.
type Skipped struct {
	Line   int       `json:"line"`
	Reason i18n.Text `json:"reason"`
	Text   string    `json:"text"`
}

// Bounds of a survey, which is kept with the import.
const (
	maxSkipped    = 100     // lines that are listed
	maxKeptValues = 1 << 20 // bytes of different values, of all columns
)

// Column is a column of the file.
type Column struct {
	Index   int      `json:"index"`
	Name    string   `json:"name"` // of the header; made unique and never empty
	Samples []string `json:"samples,omitempty"`
	Facts   Facts    `json:"facts"`
	Guess   Guess    `json:"guess"`
}

// Place says which table of a file is meant.
type Place struct {
	Sheet     string
	HeaderRow int // 0: find it
}

// Look reads the whole file once: finds the header, and judges every column by all its cells. The facts of a survey are
// about the file only; Suggest adds what they mean for an organisation.
func (f *File) Look(ctx context.Context, at Place) (*Survey, error) {
	header, skipped, err := f.findHeader(at)
	if err != nil {
		return nil, err
	}
	s := &Survey{Sheet: at.Sheet, HeaderRow: header.Line, Skipped: skipped}
	if s.Sheet == "" && len(f.Sheets) > 0 {
		s.Sheet = f.Sheets[0]
	}
	names := columnNames(header.Cells)
	s.Columns = make([]Column, len(names))
	collectors := make([]collector, len(names))
	for i, name := range names {
		s.Columns[i] = Column{Index: i, Name: name}
	}
	err = f.each(ctx, s, func(row *Row) error {
		s.Rows++
		for i := range collectors {
			if i < len(row.Cells) {
				collectors[i].add(row.Cells[i])
			}
		}
		return nil
	}, func(line int, reason i18n.Text, row *Row) {
		if len(s.Skipped) < maxSkipped {
			s.Skipped = append(s.Skipped, Skipped{Line: line, Reason: reason, Text: rowText(row)})
		}
	})
	if err != nil {
		return nil, err
	}
	kept, room := s.Columns[:0], maxKeptValues
	for i := range s.Columns {
		if collectors[i].facts.Filled == 0 && (i >= len(header.Cells) || tidy(header.Cells[i].Text) == "") {
			continue // nothing above it, nothing in it
		}
		s.Columns[i].Samples, s.Columns[i].Facts = collectors[i].samples, collectors[i].done()
		for _, v := range s.Columns[i].Facts.Values {
			room -= len(v)
		}
		if room < 0 {
			s.Columns[i].Facts.Values = nil
		}
		kept = append(kept, s.Columns[i])
	}
	s.Columns = kept
	return s, nil
}

// each hands over the records below the header, in order; the row is reused. Lines that are none go to skip.
func (f *File) each(ctx context.Context, s *Survey, fn func(*Row) error, skip func(line int, reason i18n.Text, row *Row)) error {
	rows, err := f.rows(s.Sheet)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var header []string
	width := 0
	for n := int64(0); ; {
		row, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return readProblem(err)
		case row.Line < s.HeaderRow:
			continue
		case row.Line == s.HeaderRow:
			header = texts(row.Cells)
			width = lastFilled(row) + 1
			continue
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		filled := lastFilled(row)
		if filled < 0 && row.Bad == nil {
			continue
		}
		if reason, yes := notRecord(row, header, width); yes && row.Bad == nil {
			skip(row.Line, reason, row)
			continue
		}
		if n++; n > MaxRows {
			return problem.New(problem.TooLarge, "too_many_rows", "", "一个文件最多 %d 行，请拆分后再导入。", "A file has at most %d rows. Split it and import the parts.", MaxRows)
		}
		if row.Bad == nil {
			row.Bad = ragged(f.Format, row, filled, width, len(header))
		}
		if err := fn(row); err != nil {
			return err
		}
	}
}

// ragged refuses rows of a text file that do not fit the header: there every row writes all its delimiters, so a row with
// other cells is damaged. Sheets leave empty cells out.
func ragged(format Format, row *Row, filled, width, written int) *problem.Error {
	switch {
	case format != CSV:
	case filled >= written:
		return problem.Bad("too_many_cells", "", "这一行有 %d 个单元格，而表头只有 %d 列。请检查多余的分隔符或缺少的引号。",
			"The row has %d cells but the header has %d. Look for an extra delimiter or missing quotes.", filled+1, written)
	case len(row.Cells) < width:
		return problem.Bad("too_few_cells", "", "这一行只有 %d 个单元格，而表头有 %d 列，可能被截断。请补齐分隔符。",
			"The row has %d cells but the header has %d; it may be cut off. Add the missing delimiters.", len(row.Cells), width)
	}
	return nil
}

func texts(cells []Cell) []string {
	out := make([]string, len(cells))
	for i := range cells {
		out[i] = tidy(cells[i].Text)
	}
	return out
}

// lastFilled is the index of the last cell that is not blank, -1 of a blank row.
func lastFilled(row *Row) int {
	for i := len(row.Cells) - 1; i >= 0; i-- {
		if tidy(row.Cells[i].Text) != "" {
			return i
		}
	}
	return -1
}

func rowText(row *Row) string {
	var parts []string
	for _, c := range row.Cells {
		if text := display(c); text != "" {
			parts = append(parts, text)
		}
	}
	text := []rune(strings.Join(parts, " | "))
	if len(text) > 2*maxShown {
		text = append(text[:2*maxShown], '…')
	}
	return strings.ToValidUTF8(string(text), "\ufffd")
}

// readProblem is a fault met while reading rows.
func readProblem(err error) error {
	if p, ok := problem.As(err); ok {
		return p
	}
	return fmt.Errorf("read the file: %w", err)
}

// columnNames are the header's names, made unique; columns without one are called by their number.
func columnNames(cells []Cell) []string {
	names := make([]string, len(cells))
	seen := map[string]int{}
	for i := range cells {
		name := strings.Join(strings.Fields(display(cells[i])), " ")
		if name == "" {
			name = fmt.Sprintf("#%d", i+1)
		}
		if r := []rune(name); len(r) > 2*maxShown {
			name = string(r[:2*maxShown])
		}
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
			seen[name]++
		}
		names[i] = name
	}
	return names
}

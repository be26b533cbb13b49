package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"laurel/internal/problem"
)

// csvReader reads delimited text as spreadsheets write it: quoted cells with doubled quotes, any line ending, a quote
// inside an unquoted cell taken as it stands. Lines are counted as an editor counts them.
type csvReader struct {
	in    *bufio.Reader
	shut  func() error
	comma byte
	line  int // of the next byte
	cell  []byte
	row   Row
}

func newCSVReader(in io.Reader, comma byte, shut func() error) *csvReader {
	r := &csvReader{in: bufio.NewReaderSize(in, 64<<10), shut: shut, comma: comma, line: 1}
	if head, _ := r.in.Peek(6); saysDelimiter(head) {
		_, _ = r.in.Discard(5)
		b, _ := r.in.ReadByte()
		r.newline(b)
	}
	return r
}

func (r *csvReader) Close() error {
	if r.shut == nil {
		return nil
	}
	return r.shut()
}

// ending says what ended a cell.
type ending uint8

const (
	byComma ending = iota
	byLine
	byFile
)

// Next reads a row. A quote that is never closed is an error, since it swallows the rest of the file.
func (r *csvReader) Next() (*Row, error) {
	r.row = Row{Line: r.line, Cells: r.row.Cells[:0]}
	for {
		end, err := r.readCell()
		if err != nil {
			return nil, err
		}
		if end == byFile && len(r.row.Cells) == 0 && len(r.cell) == 0 {
			return nil, io.EOF
		}
		switch {
		case len(r.row.Cells) < MaxColumns:
			r.row.Cells = append(r.row.Cells, Cell{Text: string(r.cell)})
		case len(bytes.TrimSpace(r.cell)) > 0:
			r.bad(tooManyColumns())
		}
		if end != byComma {
			return &r.row, nil
		}
	}
}

func (r *csvReader) bad(p *problem.Error) {
	if r.row.Bad == nil {
		r.row.Bad = p
	}
}

// keep adds a byte to the cell, up to the bound.
func (r *csvReader) keep(b byte) {
	if len(r.cell) < MaxCellBytes {
		r.cell = append(r.cell, b)
		return
	}
	r.bad(problem.New(problem.TooLarge, "cell_too_large", "", "单元格超过 %d MB，请缩短。", "A cell is larger than %d MB. Make it shorter.", MaxCellBytes>>20))
}

func (r *csvReader) readCell() (ending, error) {
	r.cell = r.cell[:0]
	blank := true // nothing but blanks so far: a quote begins a quoted cell
	for {
		b, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return byFile, nil
		case err != nil:
			return byFile, err
		case b == r.comma:
			return byComma, nil
		case b == '\n' || b == '\r':
			r.newline(b)
			return byLine, nil
		case b == '"' && blank:
			r.cell = r.cell[:0]
			return r.readQuoted()
		}
		blank = blank && b == ' '
		r.keep(b)
	}
}

// readQuoted reads the rest of a quoted cell, behind its opening quote.
func (r *csvReader) readQuoted() (ending, error) {
	opened := r.line
	for {
		b, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return byFile, problem.Bad("unclosed_quote", "", "第 %d 行的引号没有闭合，后面的内容无法分列。请补上引号。",
				"A quote that begins in line %d is never closed, so what follows has no columns. Close it.", opened)
		case err != nil:
			return byFile, err
		case b == '\n' || b == '\r':
			r.newline(b)
			r.keep('\n')
			continue
		case b != '"':
			r.keep(b)
			continue
		}
		b, err = r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return byFile, nil
		case err != nil:
			return byFile, err
		case b == '"':
			r.keep('"')
			continue
		}
		_ = r.in.UnreadByte()
		return r.afterQuote()
	}
}

// afterQuote reads what stands between a closing quote and the end of the cell, which should be nothing.
func (r *csvReader) afterQuote() (ending, error) {
	for {
		b, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return byFile, nil
		case err != nil:
			return byFile, err
		case b == r.comma:
			return byComma, nil
		case b == '\n' || b == '\r':
			r.newline(b)
			return byLine, nil
		case b != ' ':
			r.keep(b)
			r.bad(problem.Bad("bad_quotes", "", "引号之后还有内容，分不清单元格的边界。单元格内的引号请写成两个。",
				"There is text behind a closing quote, so where the cell ends is unclear. Write a quote inside a cell twice."))
		}
	}
}

// newline counts a line ending whose first byte was read.
func (r *csvReader) newline(b byte) {
	r.line++
	if b != '\r' {
		return
	}
	if next, err := r.in.Peek(1); err == nil && next[0] == '\n' {
		_, _ = r.in.Discard(1)
	}
}

func tooManyColumns() *problem.Error {
	return problem.New(problem.TooLarge, "too_many_columns", "", "一行最多 %d 列。", "A row has at most %d columns.", MaxColumns)
}

// sniffBytes and sniffRows bound what the delimiter is judged by.
const (
	sniffBytes = 64 << 10
	sniffRows  = 100
)

// saysDelimiter reports whether a text begins with the line "sep=;" that spreadsheets understand.
func saysDelimiter(head []byte) bool {
	return len(head) > 5 && bytes.EqualFold(head[:4], []byte("sep=")) && (head[5] == '\n' || head[5] == '\r')
}

// detectDelimiter takes the delimiter by which most rows have the same number of cells, and more than one.
func detectDelimiter(head []byte) byte {
	if saysDelimiter(head) {
		return head[4]
	}
	best, bestScore := byte(','), 0
	for _, comma := range []byte{',', ';', '\t', '|'} {
		counts, rows := map[int]int{}, 0
		r := newCSVReader(bytes.NewReader(head), comma, nil)
		for rows < sniffRows {
			row, err := r.Next()
			if err != nil {
				break
			}
			if len(row.Cells) > 1 || len(row.Cells) == 1 && row.Cells[0].Text != "" {
				counts[len(row.Cells)]++
				rows++
			}
		}
		score := 0
		for cells, n := range counts {
			if cells > 1 {
				score = max(score, n*1000/rows*10+min(cells, 9)) // mostly by how many rows agree, then by cells
			}
		}
		if score > bestScore {
			best, bestScore = comma, score
		}
	}
	return best
}

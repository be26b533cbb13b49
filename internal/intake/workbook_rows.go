package intake

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"laurel/internal/problem"
)

// sheetReader reads the rows of one sheet as a stream. Rows that the file leaves out do not come.
type sheetReader struct {
	book *workbook
	in   *boundedPart
	xml  *tokens
	line int
	row  Row
}

// rows begins to read a sheet; an empty name is the first one.
func (b *workbook) rows(name string) (rowReader, error) {
	for _, s := range b.sheets {
		if name != "" && s.name != name {
			continue
		}
		in, err := b.open(s.part, maxSheetBytes)
		if err != nil {
			return nil, err
		}
		if in == nil {
			return nil, badWorkbook(errors.New("no sheet part " + s.part))
		}
		return &sheetReader{book: b, in: in, xml: in.tokens()}, nil
	}
	return nil, problem.Bad("unknown_sheet", "sheet", "没有工作表 %q，有：%s。", "There is no sheet %q. There are: %s.", name, strings.Join(b.names(), ", "))
}

func (r *sheetReader) Close() error { return r.in.Close() }

// Next reads a row.
func (r *sheetReader) Next() (*Row, error) {
	for {
		token, err := r.xml.next()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, badWorkbook(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "row" {
			r.line++
			if n, err := strconv.Atoi(attr(start, "r")); err == nil && n >= r.line {
				r.line = n
			}
			r.row = Row{Line: r.line, Cells: r.row.Cells[:0]}
			return &r.row, r.readRow()
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "sheetData" {
			return nil, io.EOF
		}
	}
}

func (r *sheetReader) readRow() error {
	for {
		token, err := r.xml.next()
		if err != nil {
			return badWorkbook(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" {
				if err := r.readCell(t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		}
	}
}

// readCell reads one cell and puts it at its place; cells between that the file leaves out are empty.
func (r *sheetReader) readCell(start xml.StartElement) error {
	at := len(r.row.Cells)
	if ref := attr(start, "r"); ref != "" {
		if n, ok := columnOf(ref); ok && n >= at {
			at = n
		}
	}
	kind, style := attr(start, "t"), attr(start, "s")
	var text strings.Builder
	for inValue, depth := false, 1; depth > 0; {
		token, err := r.xml.next()
		if err != nil {
			return badWorkbook(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "is" {
				inline, err := richText(r.xml, "is")
				if err != nil {
					return err
				}
				text.WriteString(inline)
				continue
			}
			depth++
			inValue = t.Name.Local == "v"
		case xml.EndElement:
			depth--
			inValue = false
		case xml.CharData:
			if inValue && text.Len() <= MaxCellBytes {
				text.Write(t)
			}
		}
	}
	return r.put(at, r.cell(kind, style, text.String()))
}

func (r *sheetReader) put(at int, c Cell) error {
	if c.Text == "" {
		return nil
	}
	if at >= MaxColumns {
		if r.row.Bad == nil {
			r.row.Bad = tooManyColumns()
		}
		return nil
	}
	if len(c.Text) > MaxCellBytes {
		r.row.Bad = cellTooLarge()
		return nil
	}
	for len(r.row.Cells) < at {
		r.row.Cells = append(r.row.Cells, Cell{})
	}
	r.row.Cells = append(r.row.Cells, c)
	return nil
}

// cell turns what a workbook stores into a cell, by its type and style.
func (r *sheetReader) cell(kind, style, text string) Cell {
	switch kind {
	case "s":
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= len(r.book.strings) {
			return Cell{}
		}
		return Cell{Text: r.book.strings[i]}
	case "str":
		return Cell{Text: unescape(text)}
	case "inlineStr", "d":
		return Cell{Text: text}
	case "e":
		return Cell{Text: text, Kind: Fault}
	case "b":
		if text == "1" {
			return Cell{Text: "TRUE", Kind: Truth}
		}
		return Cell{Text: "FALSE", Kind: Truth}
	}
	c := Cell{Text: strings.TrimSpace(text), Kind: r.book.style(style)}
	if c.Kind == Moment && r.book.is1904 {
		c.Text = from1904(c.Text)
	}
	return c
}

func attr(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// columnOf is the 0-based column of a reference such as AB12.
func columnOf(ref string) (int, bool) {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		if n = n*26 + int(ref[i]-'A') + 1; n > 1<<20 {
			return 0, false
		}
	}
	return n - 1, n > 0
}

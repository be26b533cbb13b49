package paper

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/signintech/gopdf"
)

// Sizes in points: A4 with a margin of 2 cm.
const (
	pageWidth, pageHeight = 595.28, 841.89
	margin                = 56.7
	width                 = pageWidth - 2*margin
	bottom                = pageHeight - margin - 14 // above the page's number
	bodySize              = 9.5
	lineHeight            = 15.0
	maxPages              = 400
)

// ErrTooLong is a document of more pages than anybody prints.
var ErrTooLong = errors.New("the document has too many pages")

// Paper is a document in the making. The first fault stays, and Bytes returns it.
type Paper struct {
	pdf    gopdf.GoPdf
	y      float64
	pages  int
	footer string
	head   func() // drawn again on each page on which a table goes on
	err    error
}

// New begins a document. font is a TrueType font that has every character it will show.
func New(font []byte, title, footer string) (*Paper, error) {
	p := &Paper{footer: footer}
	p.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: pageWidth, H: pageHeight}})
	p.pdf.SetInfo(gopdf.PdfInfo{Title: title, Creator: "Laurel", Producer: "Laurel"})
	if err := p.pdf.AddTTFFontByReader("text", bytes.NewReader(font)); err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	p.page()
	return p, p.err
}

func (p *Paper) try(err error) {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("set a page: %w", err)
	}
}

func (p *Paper) page() {
	if p.pages++; p.pages > maxPages {
		p.err = ErrTooLong
		return
	}
	p.pdf.AddPage()
	p.size(8, 110)
	p.text(margin, pageHeight-margin+4, width*0.8, p.footer, false)
	p.text(margin, pageHeight-margin+4, width, fmt.Sprint(p.pages), true)
	p.y = margin
	p.size(bodySize, 20)
}

// room makes sure that so much fits on the page.
func (p *Paper) room(height float64) {
	if p.err != nil || p.y+height <= bottom {
		return
	}
	p.page()
	if p.head != nil {
		p.head()
	}
}

func (p *Paper) size(points float64, gray uint8) {
	p.try(p.pdf.SetFont("text", "", points))
	p.pdf.SetTextColor(gray, gray, gray)
}

// text writes one line into a box; what does not fit is cut off with an ellipsis.
func (p *Paper) text(x, y, box float64, text string, right bool) {
	if p.err != nil || text == "" {
		return
	}
	text = p.fit(text, box)
	w, err := p.pdf.MeasureTextWidth(text)
	p.try(err)
	if right {
		x += box - w
	}
	p.pdf.SetXY(x, y)
	p.try(p.pdf.Cell(nil, text))
}

func (p *Paper) fit(text string, box float64) string {
	w, err := p.pdf.MeasureTextWidth(text)
	p.try(err)
	if w <= box {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		cut := string(runes[:n]) + "…"
		if w, err = p.pdf.MeasureTextWidth(cut); err != nil || w <= box {
			p.try(err)
			return cut
		}
	}
	return "…"
}

// Title writes the document's heading.
func (p *Paper) Title(text string) {
	p.size(18, 20)
	p.text(margin, p.y, width, text, false)
	p.y += 30
	p.size(bodySize, 20)
}

// Heading writes the heading of a part.
func (p *Paper) Heading(text string) {
	p.room(4 * lineHeight)
	p.y += 8
	p.size(12, 20)
	p.text(margin, p.y, width, text, false)
	p.y += 20
	p.size(bodySize, 20)
}

// Line writes a text on the left, and one on the right.
func (p *Paper) Line(left, right string) {
	p.room(lineHeight)
	p.text(margin, p.y, width*0.62, left, false)
	p.text(margin, p.y, width, right, true)
	p.y += lineHeight
}

// Note writes a paragraph in small print, broken into lines.
func (p *Paper) Note(text string) {
	p.size(8, 90)
	for _, line := range p.wrap(text, width) {
		p.room(12)
		p.text(margin, p.y, width, line, false)
		p.y += 12
	}
	p.size(bodySize, 20)
}

func (p *Paper) wrap(text string, box float64) []string {
	lines, err := p.pdf.SplitTextWithWordWrap(text, box)
	p.try(err)
	return lines
}

// Column is a column of a table; Share is its part of the width.
type Column struct {
	Head  string
	Share float64
	Right bool
}

// Table writes rows under their heads, which are written again on every page.
func (p *Paper) Table(columns []Column, rows [][]string) {
	head := func() {
		p.size(8, 90)
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = c.Head
		}
		p.row(columns, cells)
		p.size(bodySize, 20)
	}
	p.room(3 * lineHeight)
	head()
	p.head = head
	for _, cells := range rows {
		p.room(lineHeight)
		p.row(columns, cells)
	}
	p.head = nil
	p.y += 4
}

func (p *Paper) row(columns []Column, cells []string) {
	const gap = 6
	x := margin
	for i, c := range columns {
		box := width * c.Share
		inner := box - gap
		if i == len(columns)-1 {
			inner = box
		}
		p.text(x, p.y+2, inner, cells[i], c.Right)
		x += box
	}
	p.y += lineHeight
	p.pdf.SetStrokeColor(225, 231, 228)
	p.pdf.SetLineWidth(0.5)
	p.pdf.Line(margin, p.y, margin+width, p.y)
}

// Bytes ends the document.
func (p *Paper) Bytes() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	out, err := p.pdf.GetBytesPdfReturnErr()
	if err != nil {
		return nil, fmt.Errorf("write the document: %w", err)
	}
	return out, nil
}

package intake

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"laurel/internal/i18n"
)

// BadRows writes problems as CSV for people: line, column, value, code, reason. It begins with a byte order mark, without
// which spreadsheets read Chinese as something else.
type BadRows struct {
	out  *csv.Writer
	lang i18n.Lang
}

// NewBadRows writes the header.
func NewBadRows(w io.Writer, lang i18n.Lang) (*BadRows, error) {
	if _, err := w.Write(byteOrderMark); err != nil {
		return nil, err
	}
	b := &BadRows{out: csv.NewWriter(w), lang: lang}
	header := []string{"行", "列", "值", "代码", "原因"}
	if lang == i18n.EN {
		header = []string{"line", "column", "value", "code", "reason"}
	}
	return b, b.out.Write(header)
}

// Add writes one problem.
func (b *BadRows) Add(p Problem) error {
	return b.out.Write([]string{strconv.Itoa(p.Line), Neutral(p.Column), Neutral(p.Value), Neutral(p.Code), Neutral(p.Reason.In(b.lang))})
}

// Close writes what is left.
func (b *BadRows) Close() error {
	b.out.Flush()
	return b.out.Error()
}

// Neutral puts an apostrophe before a text that a spreadsheet would run as a formula.
func Neutral(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r\n", s[0]) >= 0 || strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠") {
		return "'" + s
	}
	return s
}

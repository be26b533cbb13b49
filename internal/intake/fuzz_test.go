package intake

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Whatever is typed, a cell is either understood as something that its field takes, or a problem in both languages.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"", "1,234.50", "¥-5", "(5)", "1.2万元", "12.5%", "2026年3月5日 下午2:30", "3/5/2026", "46086.5", "1E-3", "５", "是", "-", "5th Mar 2026", "\xff", "2026-03-05T08:00:00+08:00", "''", "1 234"} {
		f.Add(s, byte(0))
		f.Add(s, byte(17))
	}
	kinds := []CellKind{Typed, Number, Percent, Moment, Truth, Fault}
	types := []string{record.TypeText, record.TypeNumber, record.TypeMoney, record.TypePercent, record.TypeDate, record.TypeDateTime, record.TypeBool, record.TypeChoices}
	f.Fuzz(func(t *testing.T, text string, how byte) {
		r := reading{typ: types[int(how)%len(types)], currency: "CNY", order: []Order{NoOrder, MDY, DMY}[int(how)%3], zone: time.UTC, serials: how%2 == 0, nulls: how%5 == 0}
		v, p := r.read(Cell{Text: text, Kind: kinds[int(how/8)%len(kinds)]})
		if p != nil {
			if p.Code == "" || !utf8.ValidString(p.Message.ZH) || !utf8.ValidString(p.Message.EN) || p.Message.ZH == "" {
				t.Fatalf("a problem without good words: %+v", p)
			}
			return
		}
		s, isText := v.(string)
		switch r.typ {
		case record.TypeNumber, record.TypeMoney:
			if _, err := money.ParseDecimal(s); isText && err != nil && !errors.Is(err, money.ErrOverflow) && !strings.Contains(err.Error(), "places") && len(s) <= 64 {
				t.Fatalf("%q became %q: %v", text, s, err)
			}
		case record.TypeDate:
			if _, err := calendar.ParseDay(s); isText && err != nil {
				t.Fatalf("%q became %q: %v", text, s, err)
			}
		case record.TypeDateTime:
			if _, err := time.Parse(time.RFC3339Nano, s); isText && err != nil {
				t.Fatalf("%q became %q: %v", text, s, err)
			}
		}
	})
}

// Whatever bytes a file holds, it is read within its bounds or refused with a problem.
func FuzzFile(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\nb\";c\r\n", "sep=;\na;b", "\xef\xbb\xbf姓名\t金额\r", "合计,,\n", "\xd5\xc5\xce\xb0,1\n", "a,\"b", "PK\x03\x04", "\xff\xfea\x00,\x00b\x00", "|||\n\n,,", "sep=\"\n\"\"\"\n"} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(dir, "f.csv")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := OpenFile(path, "f.csv")
		if err != nil {
			if _, ok := problem.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		defer file.Close()
		s, err := file.Look(t.Context(), Place{})
		if err != nil {
			if _, ok := problem.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		for i := range s.Columns {
			s.Columns[i].guess()
			if s.Columns[i].Name == "" {
				t.Fatalf("a column without a name: %+v", s.Columns[i])
			}
		}
		rows, err := file.rows("")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for last := 0; ; {
			row, err := rows.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("read once, not twice: %v", err)
			}
			if row.Line <= last && last > 0 || len(row.Cells) > MaxColumns {
				t.Fatalf("line %d after %d with %d cells", row.Line, last, len(row.Cells))
			}
			last = row.Line
		}
	})
}

// A stored number is rounded to the digits it holds and never becomes something else.
func FuzzStoredNumber(f *testing.F) {
	for _, s := range []string{"1234.5600000000001", "1E+15", "-0", "1.2E-3", "99999999999999.999", "0.00000000000000001", "1e", "e5", "."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text, _, ok := plainStored(raw)
		if !ok {
			return
		}
		digits := strings.Trim(strings.ReplaceAll(strings.TrimPrefix(text, "-"), ".", ""), "0")
		if len(digits) > storedDigits || strings.Trim(digits, "0123456789") != "" {
			t.Fatalf("%q became %q", raw, text)
		}
		again, _, ok := plainStored(text)
		if !ok || again != text {
			t.Fatalf("%q became %q, then %q", raw, text, again)
		}
	})
}

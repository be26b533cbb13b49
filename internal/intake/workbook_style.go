package intake

import (
	"strconv"
	"strings"
)

// shown is how a cell's style shows a number.
type shown uint8

const (
	asNumber shown = iota
	asPercent
	asMoment // a date, a time or both
)

// readStyles finds out which cell styles show dates and percentages.
func (b *workbook) readStyles(part string) error {
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if _, err := b.decode(part, &styles); err != nil {
		return err
	}
	custom := make(map[int]shown, len(styles.Formats))
	for _, f := range styles.Formats {
		custom[f.ID] = showsAs(f.Code)
	}
	b.shows = make([]shown, len(styles.Cells))
	for i, c := range styles.Cells {
		how, ok := custom[c.Format]
		if !ok {
			how = builtIn(c.Format)
		}
		b.shows[i] = how
	}
	return nil
}

// builtIn is what a format that every workbook has shows (ECMA-376 part 1, 18.8.30, East Asian ones included).
func builtIn(id int) shown {
	switch {
	case id == 9 || id == 10:
		return asPercent
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return asMoment
	}
	return asNumber
}

// showsAs reads a format code such as yyyy"年"m"月"d"日" or [$-409]0.0%;@. Its first section decides.
func showsAs(code string) shown {
	if strings.EqualFold(code, "general") {
		return asNumber
	}
	how := asNumber
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return how
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return how
			}
			i += end + 1
		case '\\', '_', '*':
			i++ // the next character stands for itself, its width or a filling
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return how
			}
			if inner := strings.ToLower(code[i+1 : i+end]); inner != "" && strings.Trim(inner, "hms") == "" {
				return asMoment // elapsed time
			}
			i += end
		case 'y', 'm', 'd', 'h', 's', 'Y', 'D', 'H', 'S', 'M':
			return asMoment
		case '%':
			how = asPercent
		}
	}
	return how
}

// style is the kind of a number cell by the number of its style.
func (b *workbook) style(attr string) CellKind {
	i, err := strconv.Atoi(attr)
	if err != nil || i < 0 || i >= len(b.shows) {
		return Number
	}
	switch b.shows[i] {
	case asPercent:
		return Percent
	case asMoment:
		return Moment
	}
	return Number
}

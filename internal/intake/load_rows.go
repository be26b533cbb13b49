package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

type i18nText = i18n.Text

// readRow understands a row; nil when it had problems, which are noted, or came already.
func (l *load) readRow(row *Row) (*pending, error) {
	if row.Bad != nil {
		return nil, l.reject(Problem{Line: row.Line, Code: row.Bad.Code, Reason: row.Bad.Message, Value: cut(rowText(row), maxShown)})
	}
	p := &pending{line: row.Line, input: make(map[string]any, len(l.columns)), shown: make([]string, len(l.columns))}
	var bad []Problem
	content := l.contentOf(row)
	external, faulty := l.externalID(row, content)
	if faulty != nil {
		bad = append(bad, Problem{Line: row.Line, Column: l.mapping.Key, Code: faulty.Code, Reason: faulty.Message})
	}
	p.external = external
	for i := range l.columns {
		c := &l.columns[i]
		cell := Cell{}
		if c.index < len(row.Cells) {
			cell = row.Cells[c.index]
		}
		p.shown[i] = display(cell)
		if better, ok := c.Corrections[tidy(cell.Text)]; ok {
			cell = Cell{Text: better}
		} else if better, ok := c.Corrections[p.shown[i]]; ok {
			cell = Cell{Text: better}
		}
		if wrong := l.readCell(p, i, c, cell); wrong != nil {
			bad = append(bad, Problem{Line: row.Line, Column: c.name, Value: cut(p.shown[i], maxShown), Code: wrong.Code, Reason: wrong.Message})
		}
	}
	if len(bad) > 0 {
		return nil, l.reject(bad...)
	}
	return l.once(p, content)
}

func (l *load) readCell(p *pending, i int, c *loadColumn, cell Cell) *problem.Error {
	if c.reading.isNothing(tidy(cell.Text)) {
		if c.Empty != EmptyKeep {
			p.input[c.field.Key] = nil
		}
		return nil
	}
	v, wrong := c.reading.read(cell)
	if wrong != nil {
		return wrong
	}
	text, isText := v.(string)
	switch {
	case c.field.Type == record.TypePerson && isText:
		return l.readPerson(p, i, c, strings.Join(strings.Fields(text), " "))
	case c.field.Type == record.TypeRelation && isText:
		return l.readRelation(p, i, c, text)
	}
	if isText && c.field.Type == record.TypeChoice && !offers(c.field, text) {
		return unknownChoice(text)
	}
	if list, ok := v.([]any); ok {
		for _, each := range list {
			if text, _ := each.(string); !offers(c.field, text) {
				return unknownChoice(text)
			}
		}
	}
	p.input[c.field.Key] = v
	return nil
}

// offers reports whether a field has a choice of this key or name, so that an unknown one is reported together with the
// other problems of its row; which choice is meant is for record to say.
func offers(f *record.Field, text string) bool {
	for i := range f.Choices {
		if c := &f.Choices[i]; c.Key == text || c.Name.ZH == text || c.Name.EN == text {
			return true
		}
	}
	return false
}

func unknownChoice(text string) *problem.Error {
	return problem.Bad("unknown_choice", "", "没有选项 %s。请改写这个值，或把它添加为选项。", "There is no choice %s. Correct the value, or add it as a choice.", clip(text))
}

func (l *load) readPerson(p *pending, i int, c *loadColumn, text string) *problem.Error {
	id := findPerson(l.dir, text, c.Match)
	switch {
	case id == ambiguous:
		return problem.Bad("ambiguous_person", "", "有几个人叫 %s，请改用唯一标识（如工号）。", "Several persons are called %s. Use their key, such as the employee number.", clip(text))
	case id != 0:
		p.input[c.field.Key] = id
	case c.CreateMissing:
		p.refs = append(p.refs, reference{column: i, text: text})
	default:
		return problem.Bad("unknown_person", "", "找不到人员 %s。请先添加此人、改写这个值，或选择“找不到就新建”。", "There is no person %s. Add the person, correct the value, or create what is missing.", clip(text))
	}
	return nil
}

func (l *load) readRelation(p *pending, i int, c *loadColumn, text string) *problem.Error {
	id := c.target.find(text)
	switch {
	case id == ambiguous:
		return problem.Bad("ambiguous_record", "", "“%s”中有几条记录叫 %s，请改用唯一的编号来匹配。", "Several records of %s are called %s. Match them by a unique field.", c.target.object.Name, clip(text))
	case id != 0:
		p.input[c.field.Key] = id
	case c.CreateMissing || c.self:
		p.refs = append(p.refs, reference{column: i, text: text})
	default:
		return unknownRecord(c, text)
	}
	return nil
}

func unknownRecord(c *loadColumn, text string) *problem.Error {
	return problem.Bad("unknown_record", "", "“%s”中找不到 %s。请先导入它、改写这个值，或选择“找不到就新建”。",
		"%s has no record %s. Import it first, correct the value, or create what is missing.", c.target.object.Name, clip(text))
}

// contentOf is a fingerprint of all cells of a row with the names of their columns.
func (l *load) contentOf(row *Row) (sum [16]byte) {
	h := sha256.New()
	for i := range l.survey.Columns {
		c := &l.survey.Columns[i]
		text := ""
		if c.Index < len(row.Cells) {
			text = tidy(row.Cells[c.Index].Text)
		}
		if text != "" {
			fmt.Fprintf(h, "%d:%s=%d:%s;", len(c.Name), c.Name, len(text), text)
		}
	}
	copy(sum[:], h.Sum(nil))
	return sum
}

// wholeRow begins the identities that are made of a row's content.
const wholeRow = "row-"

// externalID is the identity of a row's record: the text of the key columns, or, where the mapping has none, made of the
// row's content and of how often that came before, so that the same file gives the same identities.
func (l *load) externalID(row *Row, content [16]byte) (string, *problem.Error) {
	if len(l.key) == 0 {
		l.copies[content]++
		id := wholeRow + hex.EncodeToString(content[:12])
		if n := l.copies[content]; n > 1 {
			id += fmt.Sprintf("-%d", n)
		}
		return id, nil
	}
	parts := make([]string, len(l.key))
	for i, at := range l.key {
		cell := Cell{}
		if at < len(row.Cells) {
			cell = row.Cells[at]
		}
		text, wrong := (&reading{typ: record.TypeText}).read(cell)
		if wrong != nil {
			return "", wrong
		}
		parts[i], _ = text.(string)
		if better, ok := l.keyCorrection(at, parts[i]); ok {
			parts[i] = better
		}
		if parts[i] == "" && (len(l.key) == 1 || strings.Join(parts, "") == "" && i == len(l.key)-1) {
			return "", problem.Bad("key_missing", "", "编号列是空的，请补上编号。", "The identity column is empty. Fill it in.")
		}
	}
	id := strings.Join(parts, "|")
	if utf8.RuneCountInString(id) > record.MaxExternalID {
		if len(l.key) == 1 {
			return "", problem.Bad("too_long", "", "编号最多 %d 个字符。", "An identity has at most %d characters.", record.MaxExternalID)
		}
		sum := sha256.Sum256([]byte(id))
		id = "key-" + hex.EncodeToString(sum[:12])
	}
	return id, nil
}

// keyCorrection applies the corrections of a mapped key column to the identity too.
func (l *load) keyCorrection(at int, text string) (string, bool) {
	for i := range l.columns {
		if l.columns[i].index == at {
			better, ok := l.columns[i].Corrections[text]
			return better, ok
		}
	}
	return "", false
}

// once lets a row through the first time its identity comes. Once more with the same content changes nothing; with other
// content it is a problem, since loading both would leave the last and loading the file again would change it twice.
func (l *load) once(p *pending, content [16]byte) (*pending, error) {
	var key [16]byte
	sum := sha256.Sum256([]byte(p.external))
	copy(key[:], sum[:])
	before, came := l.seen[key]
	if !came {
		l.seen[key] = seenRow{line: p.line, content: content}
		return p, nil
	}
	if before.content == content {
		l.report.Done++
		l.report.Unchanged++
		return nil, nil
	}
	wrong := problem.Bad("duplicate_key", "", "编号 %s 在第 %d 行已出现，而内容不同。请更正其中一行。", "The identity %s came in line %d already, with other content. Correct one of the rows.", clip(p.external), before.line)
	return nil, l.reject(Problem{Line: p.line, Column: l.mapping.Key, Value: p.external, Code: wrong.Code, Reason: wrong.Message})
}

// reject notes the problems of one row.
func (l *load) reject(list ...Problem) error {
	l.report.Done++
	l.report.Failed++
	for _, p := range list {
		if err := l.trouble.add(p); err != nil {
			return err
		}
	}
	return nil
}

// near finds what a wrong value was probably meant to be.
func (l *load) near(column, text string) string {
	for i := range l.columns {
		c := &l.columns[i]
		if c.name != column {
			continue
		}
		switch c.field.Type {
		case record.TypePerson:
			return nearPerson(l.dir, text)
		case record.TypeRelation:
			return nearest(text, func(yield func(string) bool) {
				for name := range c.target.named {
					if !yield(name) {
						return
					}
				}
			})
		case record.TypeChoice, record.TypeChoices:
			return nearest(text, func(yield func(string) bool) {
				for _, choice := range c.field.Choices {
					if !yield(choice.Name.ZH) || !yield(choice.Key) {
						return
					}
				}
			})
		}
	}
	return ""
}

package intake

import (
	"regexp"
	"strings"

	"laurel/internal/record"
)

// Guess is what a column seems to hold.
type Guess struct {
	Type       string `json:"type,omitempty"`
	Field      string `json:"field,omitempty"`  // of the object that was chosen
	Target     string `json:"target,omitempty"` // of a relation
	Person     string `json:"person,omitempty"` // field of a person that the column is called after
	Order      Order  `json:"order,omitempty"`
	Confidence int    `json:"confidence"` // 0 to 100: share of cells that agree
}

// A type is guessed when this share of the cells agrees, in percent.
const enough = 90

// Names of columns that say what numbers mean.
var (
	codeName  = regexp.MustCompile(`(?i)(^|[_\s])(id|no|code|key|zip|phone|mobile|tel|account)$|编号|单号|工号|编码|代码|号码|电话|手机|邮编|身份证|账号|卡号`)
	moneyName = regexp.MustCompile(`(?i)amount|price|revenue|value|salary|cost|fee|budget|payment|total|sales$|金额|价|款|费|工资|薪|收入|成本|预算|销售额|营业额|奖金`)
	keyName   = regexp.MustCompile(`(?i)(^|[_\s])(id|no|code|key|number)$|编号|单号|工号|编码|代码|号码$`)
)

// A column is a choice when it has few different values that come again and again.
const (
	maxGuessedChoices = 30
	choiceRepeats     = 4 // cells for each value, on average
)

// guess judges a column by its facts and its name; people and related records are for Suggest.
func (c *Column) guess() Guess {
	f := &c.Facts
	share := func(n int64) int { return int(n * 100 / max(f.Filled, 1)) }
	is := func(typ string, n int64) Guess { return Guess{Type: typ, Confidence: share(n)} }
	switch {
	case f.Filled == 0:
		return Guess{Type: record.TypeText}
	case f.Long > 0:
		return Guess{Type: record.TypeLongText, Confidence: 100}
	case share(f.Days+f.Slashed) >= enough && f.Days+f.Slashed > f.Wholes/2:
		return c.guessMoment()
	case f.Percents > 0 && share(f.Percents) >= enough:
		return is(record.TypePercent, f.Percents)
	case f.Money > 0 && share(f.Money+f.Numbers) >= enough:
		return is(record.TypeMoney, f.Money+f.Numbers)
	case f.YesNo == f.Filled && f.Distinct <= 2 && (f.Numbers == 0 || f.Distinct == 2 && f.Filled >= 4):
		return is(record.TypeBool, f.YesNo)
	case share(f.Numbers) >= enough && f.Padded == 0 && !codeName.MatchString(c.Name):
		if moneyName.MatchString(c.Name) {
			return is(record.TypeMoney, f.Numbers)
		}
		return is(record.TypeNumber, f.Numbers)
	case f.Distinct <= maxGuessedChoices && f.Filled >= choiceRepeats*f.Distinct && f.Numbers < f.Filled && shortValues(f.Values):
		return Guess{Type: record.TypeChoice, Confidence: 80}
	}
	return Guess{Type: record.TypeText, Confidence: 100}
}

func (c *Column) guessMoment() Guess {
	f := &c.Facts
	g := Guess{Type: record.TypeDate, Order: YMD, Confidence: int((f.Days + f.Slashed) * 100 / f.Filled)}
	if f.Timed > 0 {
		g.Type = record.TypeDateTime
	}
	if f.Slashed > 0 {
		if g.Order = f.Order; g.Order == NoOrder {
			g.Confidence = min(g.Confidence, 50) // a question
		}
	}
	return g
}

func shortValues(values []string) bool {
	for _, v := range values {
		if len([]rune(v)) > 40 || strings.Contains(v, "\n") {
			return false
		}
	}
	return len(values) > 0
}

// canBeKey reports whether a column identifies its rows: always filled, never twice the same, and called so.
func (c *Column) canBeKey(rows int64) bool {
	return !c.Facts.Repeats && c.Facts.Filled == rows && rows > 0 && keyName.MatchString(c.Name)
}

// plainName is a name without case, blanks and signs, by which columns and fields are compared.
func plainName(s string) string {
	s = strings.ToLower(fold(s))
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-·.:：()（）[]【】/*#\u3000", r) {
			return -1
		}
		return r
	}, s)
}

package metric

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// Credit is one of the persons of a record who have credit for it, in the order in which leftover cents go round.
type Credit struct {
	Person     string `json:"person" yaml:"person" doc:"Person field, or a path to one"`
	Share      Share  `json:"share,omitempty" yaml:"share,omitempty" doc:"Fixed share: \"70%\" or 0.7"`
	ShareField string `json:"share_field,omitempty" yaml:"share_field,omitempty" doc:"Percent or number field with the record's own share, in place of share"`
}

// Share is a part of a whole as people write it: "70%", 70 and 0.7 are the same; 1 is all of it.
type Share string

// UnmarshalJSON accepts a number or a text.
func (s *Share) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err == nil {
		*s = Share(n.String())
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("%s is not a share: %w", data, err)
	}
	*s = Share(text)
	return nil
}

// Fraction is the share as an exact part of one.
func (s Share) Fraction() (money.Decimal, error) {
	text, percent := strings.CutSuffix(strings.TrimSpace(string(s)), "%")
	d, err := money.ParseDecimal(strings.TrimSpace(text))
	if err != nil {
		return d, err
	}
	if d = d.Trim(); percent || d.Cmp(money.Decimal{Coef: 1}) > 0 {
		if d.Scale+2 > money.MaxScale {
			return d, fmt.Errorf("%q has too many decimal places", s)
		}
		d.Scale += 2
	}
	return d.Trim(), nil
}

// CountBy is how a record counts for several persons.
type CountBy string

// A record counts 1 for each of its persons, or each person's share of it.
const (
	CountEach  CountBy = "each"
	CountShare CountBy = "share"
)

const (
	// maxCredits bounds the persons of one record.
	maxCredits = 20
	// countScale is how many places a share of a count keeps unless the measure says otherwise: 0.3333 deals.
	countScale = 4
)

// credited is a Credit with its fields found.
type credited struct {
	person int
	weight int64 // of a fixed share
	share  int   // place of the share's field; -1: the weight is fixed
}

// Shared reports whether a record may count for several persons.
func (m *Metric) Shared() bool { return len(m.credits) > 0 }

// whole reports whether each person of a record has the whole of it, so that a team must take it once. Sums are split, and
// so are counts by share; they add up by themselves.
func (m *Metric) whole() bool {
	return m.Shared() && m.Def.Measure.Kind != Sum && (m.Def.Measure.Kind != Count || m.Def.CountBy != CountShare)
}

// compileCredit finds the persons and shares of a definition that credits several.
func (m *Metric) compileCredit(field func(path, key string, types ...string) int, at *places) (bad []*problem.Error) {
	list := m.Def.Credit
	refuse := func(code, path, zh, en string, args ...any) {
		bad = append(bad, problem.Bad(code, path, zh, en, args...))
	}
	if m.Def.Person != "" {
		refuse("needless", "person", "已列出多人分成（credit），请去掉 person", "several persons are credited (credit), so leave person out")
	}
	if len(list) > maxCredits {
		refuse("list_too_long", "credit", "最多 %d 人", "at most %d persons", maxCredits)
		return bad
	}
	var fixed, byNumber, byPercent, none int
	shares := make([]money.Decimal, len(list))
	scale := uint8(0)
	for i, c := range list {
		path := func(key string) string { return fmt.Sprintf("credit[%d].%s", i, key) }
		found := credited{person: field(path("person"), c.Person, record.TypePerson), share: -1}
		switch {
		case c.Share != "" && c.ShareField != "":
			refuse("needless", path("share_field"), "比例只能填一种：share 或 share_field", "give the share once: share or share_field")
		case c.Share != "":
			fixed++
			d, err := c.Share.Fraction()
			if err != nil || d.Sign() <= 0 || d.Cmp(money.Decimal{Coef: 1}) > 0 {
				refuse("bad_share", path("share"), "%q 不是比例；请写成 \"70%%\" 或 0.7，大于 0 且不超过 100%%", "%q is not a share: write \"70%%\" or 0.7, above 0 and at most 100%%", string(c.Share))
			}
			shares[i], scale = d, max(scale, d.Scale)
		case c.ShareField != "":
			if found.share = field(path("share_field"), c.ShareField, record.TypePercent, record.TypeNumber); found.share >= 0 {
				f := at.fieldAt(found.share)
				scale = max(scale, f.Scale)
				if f.Type == record.TypePercent {
					byPercent++
				} else {
					byNumber++
				}
			}
		default:
			none++
			shares[i] = money.Decimal{Coef: 1}
		}
		m.credits = append(m.credits, found)
	}
	if len(bad) > 0 {
		return bad
	}
	switch {
	case none > 0 && none < len(list):
		refuse("required", "credit", "请给每个人都填比例，或者都不填（平均分）", "give everyone a share, or no one (equal parts)")
	case byNumber > 0 && byNumber < len(list):
		refuse("mixed_shares", "credit", "用数字字段表示比例时，每个人都要用数字字段", "where a number field holds a share, all shares must come from number fields")
	case fixed == len(list) && !addToOne(shares):
		refuse("bad_share", "credit", "各人比例之和须为 100%%", "the shares must add up to 100%%")
	}
	for i := range shares {
		if d, err := shares[i].Rescale(scale, money.HalfEven); err == nil {
			m.credits[i].weight = d.Coef
		}
	}
	m.shareScale = scale
	return append(bad, m.compileCountBy()...)
}

func addToOne(shares []money.Decimal) bool {
	sum := money.Whole(0)
	for _, d := range shares {
		var err error
		if sum, err = sum.Add(d.Frac()); err != nil {
			return false
		}
	}
	return sum.Cmp(money.Whole(1)) == 0
}

func (m *Metric) compileCountBy() []*problem.Error {
	switch m.Def.CountBy {
	case "", CountEach:
		return nil
	case CountShare:
	default:
		return []*problem.Error{problem.Bad("unknown_choice", "count", "不认识 %q：可用 each、share", "unknown value %q: use each or share", string(m.Def.CountBy))}
	}
	if m.Def.Measure.Kind != Count {
		return []*problem.Error{problem.Bad("needless", "count", "只有计数指标才能按比例计数", "only a count can count by shares")}
	}
	m.Scale = countScale
	if s := m.Def.Measure.Scale; s != nil {
		if *s > maxScale {
			return []*problem.Error{problem.Bad("out_of_range", "measure.scale", "小数位最多 %d 位", "at most %d decimal places", maxScale)}
		}
		m.Scale = *s
	}
	return nil
}

// part is one person's part of a record.
type part struct {
	person int64
	weight int64
}

// creditOf lists who has credit for a record, in the order of the definition. One person may be there twice.
func (m *Metric) creditOf(rec *record.Record) (out []part, reason Reason) {
	reason = NoPerson
	for _, c := range m.credits {
		person := rec.Values[c.person]
		if person.IsNull() {
			continue
		}
		weight := c.weight
		if c.share >= 0 {
			d, err := rec.Values[c.share].Decimal().Rescale(m.shareScale, money.HalfEven)
			if weight = d.Coef; err != nil {
				return nil, TooLarge
			}
		}
		switch {
		case weight < 0:
			return nil, NoShare
		case weight == 0: // no share, or none of it
			reason = NoShare
		default:
			out = append(out, part{person.Ref(), weight})
		}
	}
	if len(out) > 0 {
		reason = Counted
	}
	return out, reason
}

// divide appends the contributions of a record's persons to the one that it makes as a whole, in the order of persons.
func (m *Metric) divide(into []Contribution, whole Contribution, parts []part) ([]Contribution, Reason) {
	values := make([]int64, len(parts))
	if m.whole() {
		for i := range values {
			values[i] = whole.Value
		}
	} else {
		weights := make([]int64, len(parts))
		for i, p := range parts {
			weights[i] = p.weight
		}
		var err error
		if values, err = money.Allocate(whole.Value, weights); err != nil {
			return into, TooLarge
		}
	}
	first := len(into)
	for i, p := range parts {
		same := slices.IndexFunc(into[first:], func(c Contribution) bool { return c.PersonID == p.person })
		switch {
		case same < 0:
			whole.PersonID, whole.Value = p.person, values[i]
			into = append(into, whole)
		case !m.whole(): // the same person in two roles
			into[first+same].Value += values[i]
		}
	}
	slices.SortFunc(into[first:], func(a, b Contribution) int { return int(min(max(a.PersonID-b.PersonID, -1), 1)) })
	return into, Counted
}

// once takes the contributions of a team that belong to one record together: split parts are added, wholes are one.
func (m *Metric) once(points []rule.Point) []rule.Point {
	if !m.Shared() {
		return points
	}
	place := map[int64]int{}
	out := make([]rule.Point, 0, len(points)) // the list may be remembered
	for _, p := range points {
		i, seen := place[p.RecordID]
		if !seen {
			place[p.RecordID] = len(out)
			out = append(out, p)
			continue
		}
		out[i].PersonID = min(out[i].PersonID, p.PersonID)
		if !m.whole() {
			out[i].Value += p.Value
		}
	}
	return out
}

// noShare is the sentence of the reason NoShare.
var noShare = i18n.T("缺少分成比例", "the share is missing")

// sumOnce adds the records of a unit up, each once.
func (t *Totals) sumOnce(m *Metric, ref rule.Ref, w calendar.Window) (out cell, err error) {
	points, err := t.Points(m, ref, w)
	for _, p := range points {
		high, low := split(p.Value)
		out = cell{out.records + 1, out.high + high, out.low + low}
	}
	return out, err
}

// valuesOnce lists the values of a subject's records, each record once.
func (t *Totals) valuesOnce(m *Metric, ref rule.Ref, w calendar.Window) (out []int64, err error) {
	if ref.Kind == rule.Person || !m.whole() {
		return t.values(m, ref, w)
	}
	points, err := t.Points(m, ref, w)
	for _, p := range points {
		out = append(out, p.Value)
	}
	return out, err
}

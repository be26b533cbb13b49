package people

import (
	"encoding/json"
	"strings"

	"laurel/internal/money"
	"laurel/internal/problem"
)

// Share is a part of a whole, written as a percentage: "30%". Empty is none.
type Share string

// UnmarshalJSON accepts "30%", "30 %", 0.3 and "0.3"; "none", "" and null are none.
func (s *Share) UnmarshalJSON(data []byte) error {
	text := strings.TrimSpace(strings.Trim(string(data), `"`))
	if text == "null" || text == "none" {
		text = ""
	}
	*s = Share(text)
	return nil
}

// fraction reads a share; a number without a percent sign is a fraction of one.
func (s Share) fraction() (money.Decimal, bool) {
	text := strings.ReplaceAll(string(s), " ", "")
	number, percent := text, false
	for _, sign := range []string{"%", "％"} {
		if cut, ok := strings.CutSuffix(text, sign); ok {
			number, percent = cut, true
		}
	}
	d, err := money.ParseDecimal(number)
	if err != nil {
		return d, false
	}
	if percent {
		if d.Scale += 2; d.Scale > money.MaxScale {
			return d, false
		}
	}
	return d.Trim(), true
}

// Frac is the share as a fraction; ok is false where there is none.
func (s Share) Frac() (f money.Frac, ok bool) {
	if s == "" {
		return f, false
	}
	d, ok := s.fraction()
	return d.Frac(), ok
}

// tidy writes a share as a percentage.
func (s Share) tidy() Share {
	d, ok := s.fraction()
	if s == "" || !ok {
		return s
	}
	if d.Scale < 2 {
		d = money.Decimal{Coef: d.Coef * money.Pow10(2-d.Scale), Scale: 2}
	}
	d.Scale -= 2
	return Share(d.Trim().String() + "%")
}

// check refuses what is no share from 0 to 100 %.
func (s Share) check(field string) *problem.Error {
	if s == "" {
		return nil
	}
	d, ok := s.fraction()
	if !ok || d.Sign() < 0 || d.Frac().Cmp(money.Whole(1)) > 0 {
		return problem.Bad("bad_share", field, "请写成 0%% 到 100%% 之间的百分比，如 30%%；不限则留空", "write a percentage from 0%% to 100%%, such as 30%%, or leave it empty for none")
	}
	return nil
}

// MarshalJSON writes the share as text.
func (s Share) MarshalJSON() ([]byte, error) { return json.Marshal(string(s)) }

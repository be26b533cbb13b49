package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"
	"unicode/utf8"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// number is an exact parameter: "12.50", 12.50, "5%" or "5 %".
type number struct {
	*big.Rat
	percent bool // written with a percent sign; Rat is without it
}

// UnmarshalJSON reads a text or a number literal.
func (n *number) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
	}
	text = strings.TrimSpace(text)
	if last, size := utf8.DecodeLastRuneInString(text); last == '%' || last == '％' {
		text, n.percent = strings.TrimSpace(text[:len(text)-size]), true
	}
	if strings.ContainsAny(text, "/eEpPxX_") || len(text) > 64 {
		return fmt.Errorf("%q is not a plain number", text)
	}
	var ok bool
	if n.Rat, ok = new(big.Rat).SetString(text); !ok {
		return fmt.Errorf("%q is not a number", text)
	}
	return nil
}

// share is the number as a fraction: 5 % is 0.05.
func (n *number) share() *big.Rat {
	if n.percent {
		return new(big.Rat).Quo(n.Rat, whole(100))
	}
	return n.Rat
}

// read takes a shape's parameters apart, strictly.
func read[T any](raw json.RawMessage) (T, error) {
	var out T
	if len(bytes.TrimSpace(raw)) == 0 {
		return out, nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return out, fmt.Errorf("read the parameters: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return out, fmt.Errorf("read the parameters: more than one value")
	}
	return out, nil
}

// terms are what a plan says around its rule.
type terms struct {
	reward   rule.Reward
	currency string // the organisation's, for cash that names none
	rounding money.Rounding
	factor   *big.Rat // the part of amounts that is paid; nil is all
	days     *big.Rat // the part of lines that add up over days to which somebody is held; nil is all
	ramp     *big.Rat // the part of all lines; nil is all
	additive bool
}

// owed is one reward that is due.
type owed struct {
	ref      rule.Ref
	slot     string
	reward   rule.Reward
	minor    int64 // of cash
	currency string
	moment   int64  // µs UTC; 0 is the period's end
	by       *point // the record that brought it about; nil at the period's end

	from    rule.Ref // of a share: who earned it
	counted bool     // it stands on the first upTo records, in the order of time; else on all of them
	upTo    int
}

// pay makes a fixed reward due, by a record or, with none, at the period's end.
func (t terms) pay(ref rule.Ref, slot string, reward rule.Reward, by *point) (owed, error) {
	o := owed{ref: ref, slot: slot, reward: reward, by: by}
	if by != nil {
		o.moment = by.moment
	}
	if reward.Kind != rule.Cash {
		return o, nil
	}
	return o, o.cash(t, ratOf(reward.Amount))
}

// cash sets the amount in natural units, rounded once.
func (o *owed) cash(t terms, amount *big.Rat) error {
	o.currency = o.reward.Currency
	if o.currency == "" {
		o.currency = t.currency
	}
	o.reward.Currency = o.currency
	places, known := money.MinorUnits(o.currency)
	if !known {
		return fmt.Errorf("there is no currency %q", o.currency)
	}
	if t.factor != nil {
		amount = new(big.Rat).Mul(amount, t.factor)
	}
	var err error
	o.minor, err = roundAt(amount, places, t.rounding)
	return err
}

// amountOf is so many minor units as the decimal that a reward shows.
func amountOf(minor int64, currency string) money.Decimal {
	places, _ := money.MinorUnits(currency)
	return money.Decimal{Coef: minor, Scale: places}
}

// mostOwed bounds the rewards of one subject and period.
const mostOwed = 10_000

package record

import (
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantMoney = i18n.T(`金额（如 "1234.50"）`, `an amount such as "1234.50"`)

// moneyType is stored in minor units of the field's one currency.
type moneyType struct{ traits }

func (moneyType) check(f *Field) *problem.Error {
	if _, ok := money.MinorUnits(f.Currency); !ok {
		return problem.Bad("unknown_currency", "currency", "金额字段需要一个 ISO 4217 货币代码，如 CNY；%s 不是。",
			"A money field needs an ISO 4217 currency code such as CNY; %s is none.", shown(f.Currency))
	}
	return nil
}

func (t moneyType) parse(f *Field, in any) (parsed, *problem.Error) {
	if m, ok := in.(map[string]any); ok {
		currency, _ := m["currency"].(string)
		amount, has := m["amount"]
		if !has || len(m) > 2 || currency == "" && len(m) == 2 {
			return parsed{}, wrongType(f, i18n.Same(`{"amount":"1234.50","currency":"`+f.Currency+`"}`), in)
		}
		if currency != "" && currency != f.Currency {
			return parsed{}, wrongCurrency(f, currency)
		}
		if amount == nil || amount == "" {
			return parsed{}, nil
		}
		in = amount
	}
	text, ok := numeral(in)
	if !ok {
		return parsed{}, wrongType(f, wantMoney, in)
	}
	d, p := parseDecimal(f, text)
	if p != nil {
		return parsed{}, p
	}
	if d, p = rescale(f, d, f.places()); p != nil {
		return parsed{}, p
	}
	return parsed{value: value.OfMoney(money.Amount{Minor: d.Coef, Currency: f.Currency})}, nil
}

func (moneyType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Money {
		return v, wrongType(f, wantMoney, v)
	}
	if c := v.Amount().Currency; c != f.Currency {
		return v, wrongCurrency(f, c)
	}
	return v, nil
}

func (moneyType) bind(v value.Value) any { return v.Amount().Minor }
func (moneyType) load(f *Field, c *cell) value.Value {
	return value.OfMoney(money.Amount{Minor: c.n.Int64, Currency: f.Currency})
}

func wrongCurrency(f *Field, got string) *problem.Error {
	return fieldProblem(f, "wrong_currency", "以 %s 计，得到的是 %s。请先换算，或使用另一种货币的字段。",
		"is kept in %s; got %s. Convert it first, or use a field of that currency.", f.Currency, clip(got, 10))
}

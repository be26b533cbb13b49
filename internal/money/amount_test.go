package money

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParseAmountAndFormat(t *testing.T) {
	cases := []struct {
		name, in, currency string
		minor              int64
		shown              string
	}{
		{"yuan", "1234.5", "CNY", 123450, "¥1,234.50"},
		{"minus before the sign", "-1234.50", "CNY", -123450, "-¥1,234.50"},
		{"dollars", "1000000", "USD", 100000000, "$1,000,000.00"},
		{"a currency without minor units", "1250.000", "JPY", 1250, "JP¥1,250"},
		{"three places, no sign of its own", "1.25", "KWD", 1250, "KWD 1.250"},
		{"zero", "0", "CNY", 0, "¥0.00"},
		{"below one", "-0.05", "CNY", -5, "-¥0.05"},
		{"smallest", "-92233720368547758.08", "CNY", math.MinInt64, "-¥92,233,720,368,547,758.08"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := ParseAmount(c.in, c.currency)
			if err != nil || a != (Amount{c.minor, c.currency}) {
				t.Fatalf("got %v (%v)", a, err)
			}
			if got := FormatAmount(a); got != c.shown {
				t.Errorf("shown as %q, want %q", got, c.shown)
			}
			data, err := json.Marshal(a)
			var again Amount
			if err != nil || json.Unmarshal(data, &again) != nil || again != a {
				t.Errorf("JSON %s is read back as %v (%v)", data, again, err)
			}
		})
	}
	for _, c := range [][2]string{{"1.005", "CNY"}, {"1.5", "JPY"}, {"1", "XYZ"}, {"1", ""}, {"92233720368547758.08", "CNY"}, {"x", "CNY"}} {
		if a, err := ParseAmount(c[0], c[1]); err == nil {
			t.Errorf("%s %s was read as %v", c[0], c[1], a)
		}
	}
}

func TestFormatDecimal(t *testing.T) {
	for in, want := range map[string]string{"-1234.50": "-1,234.50", "999": "999", "1000": "1,000", "0.123456": "0.123456", "-123456789": "-123,456,789"} {
		if got := FormatDecimal(MustDecimal(in)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestAmountArithmetic(t *testing.T) {
	yuan := func(n int64) Amount { return Amount{n, "CNY"} }
	if s, err := yuan(150).Add(yuan(-50)); err != nil || s != yuan(100) {
		t.Errorf("got %v %v", s, err)
	}
	if _, err := yuan(1).Add(Amount{1, "USD"}); !errors.Is(err, ErrCurrency) {
		t.Errorf("got %v", err)
	}
	if _, err := yuan(1).Sub(Amount{1, "USD"}); !errors.Is(err, ErrCurrency) {
		t.Errorf("got %v", err)
	}
	if _, err := yuan(math.MinInt64).Neg(); !errors.Is(err, ErrOverflow) {
		t.Errorf("got %v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyInt().Draw(t, "a"), anyInt().Draw(t, "b")
		check := func(got Amount, err error, want *big.Int) {
			if !want.IsInt64() && !errors.Is(err, ErrOverflow) || want.IsInt64() && (err != nil || got != yuan(want.Int64())) {
				t.Fatalf("got %v (%v), want %v", got, err, want)
			}
		}
		sum, err := yuan(a).Add(yuan(b))
		check(sum, err, new(big.Int).Add(big.NewInt(a), big.NewInt(b)))
		diff, err := yuan(a).Sub(yuan(b))
		check(diff, err, new(big.Int).Sub(big.NewInt(a), big.NewInt(b)))
	})
}

func TestRoundAmount(t *testing.T) {
	third, _ := NewFrac(10, 3)
	if a, err := RoundAmount(third, "CNY", ""); err != nil || a != (Amount{333, "CNY"}) {
		t.Errorf("got %v %v", a, err)
	}
	if a, err := RoundAmount(third, "JPY", Up); err != nil || a != (Amount{4, "JPY"}) {
		t.Errorf("got %v %v", a, err)
	}
	if _, err := RoundAmount(Whole(math.MaxInt64), "CNY", ""); !errors.Is(err, ErrOverflow) {
		t.Errorf("got %v", err)
	}
	if _, err := RoundAmount(third, "", ""); err == nil {
		t.Error("an amount without a currency")
	}
}

func TestAllocate(t *testing.T) {
	cases := []struct {
		name    string
		total   int64
		weights []int64
		want    []int64
	}{
		{"ties go to the first listed", 100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		{"largest remainder first", 10, []int64{50, 33, 17}, []int64{5, 3, 2}},
		{"negative total mirrors", -100, []int64{1, 1, 1}, []int64{-34, -33, -33}},
		{"weight 0 gets nothing", 5, []int64{0, 1, 1}, []int64{0, 3, 2}},
		{"less than one each", 1, []int64{1, 1, 2}, []int64{0, 0, 1}},
		{"smallest total", math.MinInt64, []int64{1}, []int64{math.MinInt64}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Allocate(c.total, c.weights)
			if err != nil || len(got) != len(c.want) {
				t.Fatal(got, err)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Fatalf("got %v, want %v", got, c.want)
				}
			}
		})
	}
	for _, weights := range [][]int64{nil, {0, 0}, {2, -1}} {
		if _, err := Allocate(1, weights); !errors.Is(err, ErrWeights) {
			t.Errorf("%v: %v", weights, err)
		}
	}
	if _, err := Allocate(1, []int64{math.MaxInt64, 1}); !errors.Is(err, ErrOverflow) {
		t.Error(err)
	}
}

// The parts add up to the whole, and none is a unit or more away from its exact share.
func TestAllocateIsExactAndFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := anyInt().Draw(t, "total")
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 5), rapid.Int64Range(0, 1<<50)), 1, 30).Draw(t, "weights")
		parts, err := Allocate(total, weights)
		sum := new(big.Int)
		for _, w := range weights {
			sum.Add(sum, big.NewInt(w))
		}
		if sum.Sign() == 0 {
			if !errors.Is(err, ErrWeights) {
				t.Fatal(err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		whole := new(big.Int)
		for i, p := range parts {
			whole.Add(whole, big.NewInt(p))
			share := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(total), big.NewInt(weights[i])), sum)
			off := new(big.Rat).Sub(share, big.NewRat(p, 1))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d of %v is %d, its share %v", i, parts, p, share)
			}
		}
		if whole.Cmp(big.NewInt(total)) != 0 {
			t.Fatalf("%v adds up to %v, not %d", parts, whole, total)
		}
	})
}

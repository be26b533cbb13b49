package money

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

func TestParseDecimal(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"places are kept", "-1234.50", "-1234.50"},
		{"no places", "7", "7"},
		{"leading zeros", "007.10", "7.10"},
		{"below one", "-0.05", "-0.05"},
		{"largest", "9223372036854775807", "9223372036854775807"},
		{"smallest", "-9223372036854775808", "-9223372036854775808"},
		{"twelve places", "0.000000000001", "0.000000000001"},
		{"one above the largest", "9223372036854775808", ""},
		{"far above the largest", "99999999999999999999999", ""},
		{"thirteen places", "0.0000000000001", ""},
		{"thousands separator", "1,234.50", ""},
		{"exponent", "1e3", ""},
		{"plus", "+1", ""},
		{"spaces", " 1", ""},
		{"no digit before the point", ".5", ""},
		{"no digit after the point", "5.", ""},
		{"only a minus", "-", ""},
		{"empty", "", ""},
		{"other digits", "１２", ""},
		{"two points", "1.2.3", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := ParseDecimal(c.in)
			if c.want == "" {
				if err == nil {
					t.Errorf("%q was read as %s", c.in, d)
				}
				return
			}
			if err != nil || d.String() != c.want {
				t.Errorf("got %s (%v), want %s", d, err, c.want)
			}
		})
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"-1234.50", "0", "9223372036854775808", "1e9", "--1", "0.0000000000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok || ratOfDecimal(d).Cmp(want) != 0 {
			t.Fatalf("%q was read as %s", s, d)
		}
		if again, err := ParseDecimal(d.String()); err != nil || again != d {
			t.Fatalf("%s is read back as %s (%v)", d, again, err)
		}
	})
}

func TestDecimalInJSONAndYAML(t *testing.T) {
	for _, in := range []string{`"0.10"`, `0.10`} {
		var d Decimal
		if err := json.Unmarshal([]byte(in), &d); err != nil || d != (Decimal{10, 2}) {
			t.Errorf("JSON %s: %+v %v", in, d, err)
		}
		var y struct{ D Decimal }
		if err := yaml.Unmarshal([]byte("d: "+in), &y); err != nil || y.D != (Decimal{10, 2}) {
			t.Errorf("YAML %s: %+v %v", in, y.D, err)
		}
	}
	if out, _ := json.Marshal(Decimal{1250, 2}); string(out) != `"12.50"` {
		t.Errorf("JSON %s", out)
	}
	if out, _ := yaml.Marshal(Decimal{1250, 2}); string(out) != "\"12.50\"\n" {
		t.Errorf("YAML %s", out)
	}
	for _, in := range []string{`1e3`, `true`, `{}`, `"1,000"`, `[]`} {
		var d Decimal
		if err := json.Unmarshal([]byte(in), &d); err == nil {
			t.Errorf("JSON %s was read as %s", in, d)
		}
	}
}

func TestRounding(t *testing.T) {
	cases := []struct {
		in                            string
		halfEven, halfUp, down, upper int64
	}{
		{"2.5", 2, 3, 2, 3}, {"3.5", 4, 4, 3, 4}, {"-2.5", -2, -3, -2, -3}, {"2.4", 2, 2, 2, 3},
		{"2.6", 3, 3, 2, 3}, {"-0.1", 0, 0, 0, -1}, {"2.51", 3, 3, 2, 3}, {"4", 4, 4, 4, 4},
	}
	for _, c := range cases {
		for _, r := range []struct {
			Rounding
			want int64
		}{{HalfEven, c.halfEven}, {"", c.halfEven}, {HalfUp, c.halfUp}, {Down, c.down}, {Up, c.upper}} {
			d, err := MustDecimal(c.in).Rescale(0, r.Rounding)
			if err != nil || d.Coef != r.want {
				t.Errorf("%s %q: got %d (%v), want %d", c.in, r.Rounding, d.Coef, err, r.want)
			}
		}
	}
	if _, err := MulDiv(1, 1, 2, "sideways"); err == nil {
		t.Error("an unknown rounding was accepted")
	}
	if _, err := MulDiv(math.MinInt64, -1, 1, Down); !errors.Is(err, ErrOverflow) {
		t.Errorf("got %v", err)
	}
}

func TestFracText(t *testing.T) {
	cases := []struct {
		num, den int64
		want     string
		exact    bool
	}{
		{1, 4, "0.25", true}, {-1, 8, "-0.125", true}, {1, 1000000, "0.000001", true}, {5, 1, "5", true}, {0, 3, "0", true},
		{1, 3, "0.3333", false}, {-2, 3, "-0.6667", false}, {1, 10000000, "0", false}, {-1, 10000000, "0", false},
		{29999999, 30000000, "1", false}, {1, 128, "0.0078", false}, {math.MinInt64, 1, "-9223372036854775808", true},
		{math.MaxInt64, math.MaxInt64 - 1, "1", false},
	}
	for _, c := range cases {
		f, err := NewFrac(c.num, c.den)
		if text, exact := f.Text(); err != nil || text != c.want || exact != c.exact {
			t.Errorf("%d/%d: got %s %v (%v), want %s %v", c.num, c.den, text, exact, err, c.want, c.exact)
		}
	}
}

// anyInt draws small, large and extreme integers alike.
func anyInt() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1000, 1000), rapid.Int64Range(math.MinInt64, math.MinInt64+3),
		rapid.Int64Range(math.MaxInt64-3, math.MaxInt64), rapid.Int64Range(-3e9, 3e9))
}

func anyFrac(t *rapid.T, label string) Frac {
	den := rapid.OneOf(rapid.Int64Range(1, math.MaxInt64), rapid.Int64Range(1, 1000), rapid.Int64Range(math.MaxInt64-3, math.MaxInt64))
	f, err := NewFrac(anyInt().Draw(t, label+" num"), den.Draw(t, label+" den"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func rat(f Frac) *big.Rat             { return big.NewRat(f.Num(), f.Den()) }
func ratOfDecimal(d Decimal) *big.Rat { return big.NewRat(d.Coef, Pow10(d.Scale)) }

func fits(r *big.Rat) bool { return r.Num().IsInt64() && r.Denom().IsInt64() }

func TestFracAgreesWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyFrac(t, "a"), anyFrac(t, "b")
		x, y := rat(a), rat(b)
		same := func(name string, got Frac, err error, want *big.Rat) {
			if !fits(want) {
				if !errors.Is(err, ErrOverflow) {
					t.Fatalf("%s of %v and %v must overflow, got %v %v", name, x, y, got, err)
				}
				return
			}
			if err != nil || got.Num() != want.Num().Int64() || got.Den() != want.Denom().Int64() {
				t.Fatalf("%s of %v and %v: got %d/%d (%v), want %v", name, x, y, got.Num(), got.Den(), err, want)
			}
		}
		sum, err := a.Add(b)
		same("sum", sum, err, new(big.Rat).Add(x, y))
		diff, err := a.Sub(b)
		same("difference", diff, err, new(big.Rat).Sub(x, y))
		prod, err := a.Mul(b)
		same("product", prod, err, new(big.Rat).Mul(x, y))
		if quot, err := a.Div(b); b.IsZero() {
			if !errors.Is(err, ErrDivideByZero) {
				t.Fatalf("division by zero: %v", err)
			}
		} else {
			same("quotient", quot, err, new(big.Rat).Quo(x, y))
		}
		if got, want := a.Cmp(b), x.Cmp(y); got != want {
			t.Fatalf("%v against %v: %d, want %d", x, y, got, want)
		}
		d := anyDecimal(t)
		if got, want := a.CmpDecimal(d), x.Cmp(ratOfDecimal(d)); got != want {
			t.Fatalf("%v against %v: %d, want %d", x, d, got, want)
		}
		floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean, which is the floor for a denominator above zero
		if a.Floor() != floor.Int64() {
			t.Fatalf("floor of %v is %d", x, a.Floor())
		}
		ceil := new(big.Int).Neg(new(big.Int).Div(new(big.Int).Neg(x.Num()), x.Denom()))
		if a.Ceil() != ceil.Int64() {
			t.Fatalf("ceiling of %v is %d", x, a.Ceil())
		}
	})
}

func TestNewFracAgreesWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, d := anyInt().Draw(t, "num"), anyInt().Draw(t, "den")
		f, err := NewFrac(n, d)
		if d == 0 {
			if !errors.Is(err, ErrDivideByZero) {
				t.Fatalf("got %v", err)
			}
			return
		}
		want := big.NewRat(n, d)
		if !fits(want) {
			if !errors.Is(err, ErrOverflow) {
				t.Fatalf("%v must overflow, got %v", want, err)
			}
			return
		}
		if err != nil || rat(f).Cmp(want) != 0 || f.Den() <= 0 {
			t.Fatalf("got %d/%d (%v), want %v", f.Num(), f.Den(), err, want)
		}
	})
}

func anyDecimal(t *rapid.T) Decimal {
	return Decimal{Coef: anyInt().Draw(t, "coef"), Scale: rapid.Uint8Range(0, MaxScale).Draw(t, "scale")}
}

func TestDecimalAgreesWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDecimal(t), anyDecimal(t)
		if got, want := a.Cmp(b), ratOfDecimal(a).Cmp(ratOfDecimal(b)); got != want {
			t.Fatalf("%s against %s: %d, want %d", a, b, got, want)
		}
		if again, err := ParseDecimal(a.String()); err != nil || again != a {
			t.Fatalf("%s is read back as %s (%v)", a, again, err)
		}
		if rat(a.Frac()).Cmp(ratOfDecimal(a)) != 0 || a.Trim().Cmp(a) != 0 {
			t.Fatalf("%s as a fraction is %v, trimmed %s", a, rat(a.Frac()), a.Trim())
		}
	})
}

// roundBig rounds by the definition of each rounding, on unbounded integers.
func roundBig(r *big.Rat, how Rounding) *big.Int {
	abs := new(big.Rat).Abs(r)
	low := new(big.Int).Quo(abs.Num(), abs.Denom())
	rest := new(big.Rat).Sub(abs, new(big.Rat).SetInt(low))
	half := rest.Cmp(big.NewRat(1, 2))
	if how == Up && rest.Sign() > 0 || how == HalfUp && half >= 0 ||
		(how == HalfEven || how == "") && (half > 0 || half == 0 && low.Bit(0) == 1) {
		low.Add(low, big.NewInt(1))
	}
	if r.Sign() < 0 {
		low.Neg(low)
	}
	return low
}

func TestMulDivAndRoundAgreeWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		how := rapid.SampledFrom([]Rounding{"", HalfEven, HalfUp, Down, Up}).Draw(t, "rounding")
		check := func(name string, got int64, err error, exact *big.Rat) {
			want := roundBig(exact, how)
			if !want.IsInt64() {
				if !errors.Is(err, ErrOverflow) {
					t.Fatalf("%s must overflow, got %d %v", name, got, err)
				}
				return
			}
			if err != nil || got != want.Int64() {
				t.Fatalf("%s of %v %q: got %d (%v), want %v", name, exact, how, got, err, want)
			}
		}
		a, b, c := anyInt().Draw(t, "a"), anyInt().Draw(t, "b"), anyInt().Draw(t, "c")
		if c != 0 {
			got, err := MulDiv(a, b, c, how)
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(b)), big.NewInt(c))
			check("MulDiv", got, err, exact)
		}
		f, scale := anyFrac(t, "f"), rapid.Uint8Range(0, MaxScale).Draw(t, "scale")
		d, err := f.Round(scale, how)
		check("Round", d.Coef, err, new(big.Rat).Mul(rat(f), big.NewRat(Pow10(scale), 1)))

		g := new(big.Rat).Mul(rat(f), rat(anyFrac(t, "g"))) // fits no Frac
		d, err = RoundRat(g, scale, how)
		check("RoundRat", d.Coef, err, new(big.Rat).Mul(g, big.NewRat(Pow10(scale), 1)))
	})
}

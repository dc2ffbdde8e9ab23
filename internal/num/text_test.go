package num

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseAndString(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"0", "0"}, {"-0", "0"}, {"0.00", "0"}, {"007", "7"},
		{"12", "12"}, {"12.50", "12.5"}, {"-3", "-3"}, {"-0.05", "-0.05"}, {"1.1", "1.1"},
		{"9223372036854775807", "9223372036854775807"},
		{"9223372036854775808", "9223372036854775808"},
		{"-9223372036854775808", "-9223372036854775808"},
		{"0.000000000000000001", "0.000000000000000001"},
		{"0.00000000000000000000000001", "0.00000000000000000000000001"},
		{"123456789012345678901234567890.125", "123456789012345678901234567890.125"},
		{strings.Repeat("9", MaxDigits), strings.Repeat("9", MaxDigits)},
		{"0." + strings.Repeat("1", MaxDigits-1), "0." + strings.Repeat("1", MaxDigits-1)},
	} {
		a, err := Parse(c.in)
		if err != nil {
			t.Errorf("Parse(%q): %v", c.in, err)
			continue
		}
		want, _ := new(big.Rat).SetString(c.in)
		holds(t, c.in, a, want)
		if a.String() != c.want {
			t.Errorf("Parse(%q) = %s, want %s", c.in, a, c.want)
		}
	}
}

func TestStringOfFractions(t *testing.T) {
	for _, c := range []struct {
		n, d int64
		want string
	}{
		{1, 3, "1/3"}, {-22, 7, "-22/7"}, {1, 8, "0.125"}, {-1, 40, "-0.025"}, {7, 6, "7/6"},
		{1, 1 << 62, "0." + fractionOf(1<<62)},
		{math.MaxInt64, 5, "1844674407370955161.4"},
		{math.MaxInt64, 1 << 40, "8388607.9999999999990905052982270717620849609375"},
		{math.MinInt64, 3, "-9223372036854775808/3"},
	} {
		if got := Ratio(c.n, c.d).String(); got != c.want {
			t.Errorf("%d/%d prints as %s, want %s", c.n, c.d, got, c.want)
		}
	}
}

// fractionOf is the decimals of 1/2^k, by long division.
func fractionOf(d uint64) string {
	var b strings.Builder
	rest := new(big.Int).SetInt64(1)
	for rest.Sign() != 0 {
		digit, next := new(big.Int).QuoRem(rest.Mul(rest, big.NewInt(10)), new(big.Int).SetUint64(d), new(big.Int))
		b.WriteString(digit.String())
		rest = next
	}
	return b.String()
}

func TestParseRefuses(t *testing.T) {
	for _, in := range []string{
		"", "-", "+3", ".5", "5.", "-.5", "1e3", "1_00", "1000_000", "_1", "1_", "1__000", "1.000_000", "1,000", "1.2.3", " 1", "1 ", "0x10", "١", "--1", "1/3", "NaN", "Inf",
		strings.Repeat("1", MaxDigits+1), "0." + strings.Repeat("1", MaxDigits), "1\x00",
	} {
		if a, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %s, want an error", in, a)
		} else if len(err.Error()) > 200 {
			t.Errorf("Parse(%q): the error is %d bytes long", in, len(err.Error()))
		}
	}
}

func TestParseJSON(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"1e3", "1000"}, {"1E+3", "1000"}, {"1.5e-3", "0.0015"}, {"-2.50e1", "-25"}, {"0", "0"}, {"-0.0e5", "0"}, {"0e0", "0"},
		{"1e1000", "1" + strings.Repeat("0", 1000)}, {"12.5", "12.5"},
	} {
		a, err := ParseJSON(c.in)
		if err != nil || a.String() != c.want {
			t.Errorf("ParseJSON(%q) = %s, %v, want %s", c.in, a, err, c.want)
		}
	}
	for _, in := range []string{"", "e", "1e", "1e+", "e5", "01", "1.e3", "1e1.5", "1e1001", "1e-1001", "1e99999999999999999999", "1e+-3", "1e--3", strings.Repeat("9", 1000) + "e1000"} {
		if a, err := ParseJSON(in); err == nil {
			t.Errorf("ParseJSON(%q) = %s, want an error", in, a)
		}
	}
}

func TestFloat(t *testing.T) {
	for f, want := range map[float64]string{0.1: "0.1", -2.5: "-2.5", 1e21: "1000000000000000000000", 0: "0", 5e-324: "0." + strings.Repeat("0", 323) + "5"} {
		if a, err := Float(f, 64); err != nil || a.String() != want {
			t.Errorf("Float(%v) = %s, %v, want %s", f, a, err, want)
		}
	}
	if a, err := Float(math.MaxFloat64, 64); err != nil || a.Float64() != math.MaxFloat64 {
		t.Errorf("Float(MaxFloat64) = %s, %v", a, err)
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if a, err := Float(f, 64); err == nil {
			t.Errorf("Float(%v) = %s", f, a)
		}
	}
}

func TestStringReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := operand().Draw(t, "a")
		s := a.String()
		r, ok := new(big.Rat).SetString(s)
		if !ok || r.Cmp(a.Rat()) != 0 {
			t.Fatalf("%s reads back as %v", s, r)
		}
		_, finite := a.Rat().FloatPrec()
		if finite == strings.Contains(s, "/") {
			t.Fatalf("%s: its decimals are finite: %v", s, finite)
		}
		if finite {
			if b, err := Parse(s); err != nil || !b.Equal(a) {
				t.Fatalf("Parse(%s) = %s, %v", s, b, err)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"12", "-12.50", "0.1", "1e3", "", "-", ".", "9223372036854775808", "0.0000000000000000000000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(s)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "\"") && !strings.HasPrefix(err.Error(), "a number") {
				t.Errorf("Parse(%q): %v", s, err)
			}
			return
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("Parse(%q) = %s, which math/big does not read", s, a)
		}
		holds(t, strconv.Quote(s), a, want)
		if b, err := ParseJSON(s); err == nil && !b.Equal(a) {
			t.Errorf("Parse(%q) = %s, ParseJSON %s", s, a, b)
		}
		if b, err := Parse(a.String()); err != nil || !b.Equal(a) {
			t.Errorf("Parse(%s) = %s, %v", a, b, err)
		}
	})
}

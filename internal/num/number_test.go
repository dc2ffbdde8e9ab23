package num

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// operand draws numbers of every size: small ones, those at the edge of the
// fast path, and big ones.
func operand() *rapid.Generator[Number] {
	return rapid.Custom(func(t *rapid.T) Number {
		edge := rapid.SampledFrom([]int64{1, 2, 3, 5, 7, 10, 1 << 31, 1 << 32, math.MaxInt32, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1, -1, -6})
		switch rapid.IntRange(0, 4).Draw(t, "size") {
		case 0:
			return Int(rapid.Int64Range(-1000, 1000).Draw(t, "int"))
		case 1:
			return Ratio(rapid.Int64Range(-1000, 1000).Draw(t, "n"), rapid.Int64Range(1, 1000).Draw(t, "d"))
		case 2:
			return Ratio(edge.Draw(t, "n"), edge.Draw(t, "d"))
		case 3:
			return Ratio(rapid.Int64().Draw(t, "n"), edge.Draw(t, "d"))
		}
		n := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "n"))
		d := new(big.Int).SetBytes(append(rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "d"), 1))
		r := new(big.Rat).SetFrac(n, d)
		if rapid.Bool().Draw(t, "negative") {
			r.Neg(r)
		}
		a, err := FromRat(r)
		if err != nil {
			t.Fatal(err)
		}
		return a
	})
}

// holds checks that a is the value want in its one form.
func holds(t interface {
	Helper()
	Fatalf(string, ...any)
}, what string, a Number, want *big.Rat) {
	t.Helper()
	if a.Rat().Cmp(want) != 0 {
		t.Fatalf("%s = %s, want %s", what, a, want.RatString())
	}
	small := want.Num().BitLen() <= 63 && want.Denom().BitLen() <= 63
	if small != (a.big == nil) || a.big == nil && (a.n == math.MinInt64 || a.d < 0) {
		t.Fatalf("%s = %#v is not the canonical form of %s", what, a, want.RatString())
	}
	if a.big == nil && want.Denom().Int64() != a.den() {
		t.Fatalf("%s = %#v is not reduced", what, a)
	}
}

func TestArithmeticAgainstBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := operand().Draw(t, "a"), operand().Draw(t, "b")
		ra, rb := a.Rat(), b.Rat()
		for _, op := range []struct {
			name string
			got  func() (Number, error)
			want func() *big.Rat
		}{
			{"a+b", func() (Number, error) { return a.Add(b) }, func() *big.Rat { return new(big.Rat).Add(ra, rb) }},
			{"a-b", func() (Number, error) { return a.Sub(b) }, func() *big.Rat { return new(big.Rat).Sub(ra, rb) }},
			{"a*b", func() (Number, error) { return a.Mul(b) }, func() *big.Rat { return new(big.Rat).Mul(ra, rb) }},
			{"a/b", func() (Number, error) { return a.Div(b) }, func() *big.Rat { return new(big.Rat).Quo(ra, rb) }},
		} {
			got, err := op.got()
			if op.name == "a/b" && rb.Sign() == 0 {
				if !errors.Is(err, ErrDivisionByZero) {
					t.Fatalf("%s / 0: %v", a, err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			holds(t, op.name, got, op.want())
		}
		holds(t, "-a", a.Neg(), new(big.Rat).Neg(ra))
		holds(t, "|a|", a.Abs(), new(big.Rat).Abs(ra))
		if a.Sign() != ra.Sign() || a.IsInt() != ra.IsInt() {
			t.Fatalf("%s: sign %d, integer %v", a, a.Sign(), a.IsInt())
		}
		cmp := ra.Cmp(rb)
		if a.Cmp(b) != cmp || b.Cmp(a) != -cmp || a.Equal(b) != (cmp == 0) || (a.Key() == b.Key()) != (cmp == 0) {
			t.Fatalf("%s against %s: Cmp %d, Equal %v, Key equal %v", a, b, a.Cmp(b), a.Equal(b), a.Key() == b.Key())
		}
		if c, err := a.Add(b); err == nil {
			if back, err := c.Sub(b); err != nil || !back.Equal(a) || back.Key() != a.Key() || back.Cmp(a) != 0 {
				t.Fatalf("(a+b)-b = %s, want %s (%v)", back, a, err)
			}
		}
		f, _ := ra.Float64()
		if a.Float64() != f {
			t.Fatalf("Float64(%s) = %v, want %v", a, a.Float64(), f)
		}
	})
}

func TestRounding(t *testing.T) {
	for _, c := range []struct {
		in     string
		places int
		want   string
	}{
		{"2.345", 2, "2.35"}, {"-2.345", 2, "-2.35"}, {"2.344999", 2, "2.34"},
		{"0.5", 0, "1"}, {"-0.5", 0, "-1"}, {"0.49", 0, "0"}, {"-0.49", 0, "0"},
		{"1250", -2, "1300"}, {"-1249", -2, "-1200"}, {"49", -2, "0"}, {"12.5", -1, "10"},
		{"3", 5, "3"}, {"1.1", 1000, "1.1"}, {"1.1", math.MaxInt, "1.1"}, {"1.1", math.MinInt, "0"},
		{"0.05", 1, "0.1"}, {"9.99", 1, "10"},
	} {
		a, err := Parse(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Round(c.places).String(); got != c.want {
			t.Errorf("Round(%s, %d) = %s, want %s", c.in, c.places, got, c.want)
		}
	}
}

func TestRoundFloorCeilByDefinition(t *testing.T) {
	half := big.NewRat(1, 2)
	rapid.Check(t, func(t *rapid.T) {
		a := operand().Draw(t, "a")
		places := rapid.IntRange(-30, 30).Draw(t, "places")
		floor, ceil := a.Floor(), a.Ceil()
		if !floor.IsInt() || !ceil.IsInt() || floor.Cmp(a) > 0 || ceil.Cmp(a) < 0 {
			t.Fatalf("floor %s and ceil %s of %s", floor, ceil, a)
		}
		gap, err := ceil.Sub(floor)
		if err != nil || a.IsInt() && gap.Sign() != 0 || !a.IsInt() && !gap.Equal(Int(1)) {
			t.Fatalf("floor %s and ceil %s of %s are %s apart", floor, ceil, a, gap)
		}
		holds(t, "floor", floor, floor.Rat())
		holds(t, "ceil", ceil, ceil.Rat())

		r := a.Round(places)
		holds(t, "round", r, r.Rat())
		step := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(places, -places))), nil))
		if places > 0 {
			step.Inv(step)
		}
		if !new(big.Rat).Quo(r.Rat(), step).IsInt() {
			t.Fatalf("Round(%s, %d) = %s is no multiple of %s", a, places, r, step)
		}
		off := new(big.Rat).Sub(r.Rat(), a.Rat())
		off.Quo(off, step)
		away := off.Sign() == 0 || off.Sign() == a.Sign()
		if c := new(big.Rat).Abs(off).Cmp(half); c > 0 || c == 0 && !away {
			t.Fatalf("Round(%s, %d) = %s, which is %s steps off", a, places, r, off)
		}
	})
}

func TestResultsAreBounded(t *testing.T) {
	a := Int(10)
	var err error
	for range 20 {
		var b Number
		if b, err = a.Mul(a); err != nil {
			break
		}
		a = b
	}
	if !errors.Is(err, ErrTooLarge) {
		t.Fatalf("squaring for ever: %v", err)
	}
	if n := a.Rat().Num().BitLen(); n > MaxBits || n < MaxBits/2 {
		t.Errorf("the last number within bounds has %d bits", n)
	}
	inverse, err := Int(1).Div(a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inverse.Mul(inverse); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a denominator beyond the bound: %v", err)
	}
	if _, err := a.Div(inverse); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a quotient beyond the bound: %v", err)
	}
	limit := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), MaxBits-1))
	top, err := FromRat(limit)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := top.Add(top); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a sum beyond the bound: %v", err)
	}
	if _, err := FromRat(limit.Add(limit, limit)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a rational beyond the bound: %v", err)
	}
	if r := top.Round(MaxPlaces); !r.Equal(top) {
		t.Errorf("rounding a whole number changed it to %s", r)
	}
}

func TestInt64(t *testing.T) {
	for _, i := range []int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MinInt64 + 1} {
		if got, ok := Int(i).Int64(); !ok || got != i {
			t.Errorf("Int(%d).Int64() = %d, %v", i, got, ok)
		}
		holds(t, "Int", Int(i), new(big.Rat).SetInt64(i))
		if got := Ratio(i, 1); !got.Equal(Int(i)) {
			t.Errorf("Ratio(%d, 1) = %s", i, got)
		}
	}
	above, err := Int(math.MaxInt64).Add(Int(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []Number{above, Ratio(1, 2), Ratio(1, math.MinInt64)} {
		if i, ok := a.Int64(); ok {
			t.Errorf("%s is no int64, got %d", a, i)
		}
	}
}

func TestRatioOfZeroPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Ratio(1, 0) did not panic")
		}
	}()
	Ratio(1, 0)
}

func TestZeroValueIsZero(t *testing.T) {
	var zero Number
	if zero.String() != "0" || zero.Sign() != 0 || !zero.Equal(Int(0)) || !zero.IsInt() || zero.Key() != Int(0).Key() {
		t.Errorf("the zero Number is %s", zero)
	}
	if size := unsafe.Sizeof(zero); size > 24 {
		t.Errorf("a Number takes %d bytes", size)
	}
}

func TestFloat64OfTheVeryLarge(t *testing.T) {
	a, err := Parse("-1" + strings.Repeat("0", 400))
	if err != nil {
		t.Fatal(err)
	}
	if !math.IsInf(a.Float64(), -1) {
		t.Errorf("Float64 of -10^400 = %v", a.Float64())
	}
}

func TestFastPathDoesNotAllocate(t *testing.T) {
	a, b := Ratio(22, 7), Ratio(math.MaxInt64, math.MaxInt64-2)
	cmp, equal, sum := 0, false, Number{}
	var key Key
	for name, f := range map[string]func(){
		"Cmp":   func() { cmp += a.Cmp(b) },
		"Equal": func() { equal = a.Equal(b) },
		"Key":   func() { key = a.Key() },
		"Add":   func() { sum, _ = a.Add(Ratio(1, 3)) },
		"Mul":   func() { sum, _ = a.Mul(Ratio(1, 3)) },
		"Div":   func() { sum, _ = a.Div(Ratio(1, 3)) },
		"Round": func() { sum = a.Round(3) },
		"Parse": func() { sum, _ = Parse("-1234.5678") },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
	if cmp <= 0 || equal || key != a.Key() || sum.Sign() == 0 {
		t.Error("the results are wrong")
	}
}

func BenchmarkCmp(b *testing.B) {
	x, y := Ratio(22, 7), Ratio(355, 113)
	n := 0
	for b.Loop() {
		n += x.Cmp(y)
	}
	if n <= 0 {
		b.Fatal("22/7 > 355/113")
	}
}

func BenchmarkAddFractions(b *testing.B) {
	x, y := Ratio(22, 7), Ratio(355, 113)
	for b.Loop() {
		if _, err := x.Add(y); err != nil {
			b.Fatal(err)
		}
	}
}

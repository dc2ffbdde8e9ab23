package num

import (
	"errors"
	"math"
	"math/big"
	"math/bits"
)

// Number is an exact rational number. The zero value is 0. Numbers are
// immutable and safe to share; two Numbers are compared with Equal or Cmp, not
// with ==.
type Number struct {
	// A number whose reduced fraction has a numerator and a denominator of at
	// most math.MaxInt64 in size is held in n and d and has big == nil; every
	// other number is held in big alone. There is one form for each value.
	n   int64
	d   int64 // the denominator less one, so that the zero value is 0/1
	big *big.Rat
}

// MaxBits is how long the numerator and the denominator of a result may be.
const MaxBits = 4096

// What can go wrong in arithmetic.
var (
	ErrDivisionByZero = errors.New("division by zero")
	ErrTooLarge       = errors.New("the result is too large: it has more than 4,096 binary digits")
)

// Int is the whole number i.
func Int(i int64) Number {
	if i == math.MinInt64 {
		return Number{big: new(big.Rat).SetInt64(i)}
	}
	return Number{n: i}
}

// Ratio is the number n/d. It panics where d is 0: that is a mistake of the
// program and not of its data, which goes through Div.
func Ratio(n, d int64) Number {
	if d == 0 {
		panic("num.Ratio: denominator 0")
	}
	if n == math.MinInt64 || d == math.MinInt64 {
		return fromRat(big.NewRat(n, d))
	}
	if d < 0 {
		n, d = -n, -d
	}
	g := int64(gcd(magnitude(n), uint64(d)))
	return Number{n: n / g, d: d/g - 1}
}

// FromRat is the number r, or ErrTooLarge. It keeps no reference to r.
func FromRat(r *big.Rat) (Number, error) {
	if r.Num().BitLen() > MaxBits || r.Denom().BitLen() > MaxBits {
		return Number{}, ErrTooLarge
	}
	return fromRat(new(big.Rat).Set(r)), nil
}

// Rat is a as a rational of math/big, the caller's own.
func (a Number) Rat() *big.Rat {
	if a.big != nil {
		return new(big.Rat).Set(a.big)
	}
	return big.NewRat(a.n, a.den())
}

// Sign is -1, 0 or +1.
func (a Number) Sign() int {
	if a.big != nil {
		return a.big.Sign()
	}
	return sign(a.n)
}

// Cmp is -1 where a < b, 0 where they are equal and +1 where a > b. It does not
// allocate where both numbers fit a fraction of two 64-bit integers.
func (a Number) Cmp(b Number) int {
	if a.big != nil || b.big != nil {
		return a.view(new(big.Rat)).Cmp(b.view(new(big.Rat)))
	}
	if a.d == b.d {
		switch {
		case a.n < b.n:
			return -1
		case a.n > b.n:
			return 1
		}
		return 0
	}
	as, bs := sign(a.n), sign(b.n)
	if as != bs {
		return sign(int64(as - bs))
	}
	ahi, alo := bits.Mul64(magnitude(a.n), uint64(b.den()))
	bhi, blo := bits.Mul64(magnitude(b.n), uint64(a.den()))
	switch {
	case ahi > bhi || ahi == bhi && alo > blo:
		return as
	case ahi < bhi || alo < blo:
		return -as
	}
	return 0
}

// Equal says whether a and b are the same number.
func (a Number) Equal(b Number) bool {
	if a.big == nil && b.big == nil {
		return a.n == b.n && a.d == b.d
	}
	return a.big != nil && b.big != nil && a.big.Cmp(b.big) == 0
}

// IsInt says whether a is a whole number.
func (a Number) IsInt() bool {
	if a.big != nil {
		return a.big.IsInt()
	}
	return a.d == 0
}

// Int64 is a as an integer, where it is one and fits.
func (a Number) Int64() (int64, bool) {
	if a.big != nil {
		if a.big.IsInt() && a.big.Num().IsInt64() {
			return a.big.Num().Int64(), true
		}
		return 0, false
	}
	if a.d != 0 {
		return 0, false
	}
	return a.n, true
}

// Float64 is the float nearest to a; where a is too large for one, an infinity.
func (a Number) Float64() float64 {
	const exact = 1 << 53 // up to here every integer is a float, and the quotient of two is rounded once
	if a.big == nil && (a.d == 0 || magnitude(a.n) <= exact && a.d < exact) {
		return float64(a.n) / float64(a.den())
	}
	f, _ := a.view(new(big.Rat)).Float64()
	return f
}

// Key is a value that is the same for equal numbers and differs for others, to
// be used as the key of a map.
type Key struct {
	n, d int64
	text string // of the numbers beyond the fast path
}

// Key is a's key. It does not allocate on the fast path.
func (a Number) Key() Key {
	if a.big != nil {
		return Key{text: a.big.RatString()}
	}
	return Key{n: a.n, d: a.d}
}

// den is the denominator on the fast path.
func (a Number) den() int64 { return a.d + 1 }

// view is a as a rational that must not be changed: into is used where a has none.
func (a Number) view(into *big.Rat) *big.Rat {
	if a.big != nil {
		return a.big
	}
	return into.SetFrac64(a.n, a.den())
}

// fromRat takes r over and brings it into its one form.
func fromRat(r *big.Rat) Number {
	if r.Num().BitLen() <= 63 && r.Denom().BitLen() <= 63 {
		return Number{n: r.Num().Int64(), d: r.Denom().Int64() - 1}
	}
	return Number{big: r}
}

func sign(i int64) int {
	switch {
	case i < 0:
		return -1
	case i > 0:
		return 1
	}
	return 0
}

func magnitude(i int64) uint64 {
	if i < 0 {
		return -uint64(i)
	}
	return uint64(i)
}

// gcd of a and b; gcd(0, b) is b.
func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

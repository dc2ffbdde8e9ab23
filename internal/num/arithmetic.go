package num

import (
	"math"
	"math/big"
	"math/bits"
)

// Add is a + b, or ErrTooLarge.
func (a Number) Add(b Number) (Number, error) {
	if a.big == nil && b.big == nil {
		if c, ok := addFast(a, b); ok {
			return c, nil
		}
	}
	return bounded(new(big.Rat).Add(a.view(new(big.Rat)), b.view(new(big.Rat))))
}

// Sub is a - b, or ErrTooLarge.
func (a Number) Sub(b Number) (Number, error) { return a.Add(b.Neg()) }

// Mul is a * b, or ErrTooLarge.
func (a Number) Mul(b Number) (Number, error) {
	if a.big == nil && b.big == nil {
		if c, ok := mulFast(a.n, a.den(), b.n, b.den()); ok {
			return c, nil
		}
	}
	return bounded(new(big.Rat).Mul(a.view(new(big.Rat)), b.view(new(big.Rat))))
}

// Div is a / b, or ErrDivisionByZero, or ErrTooLarge.
func (a Number) Div(b Number) (Number, error) {
	if b.Sign() == 0 {
		return Number{}, ErrDivisionByZero
	}
	if a.big == nil && b.big == nil {
		n, d := b.den(), b.n // 1/b
		if d < 0 {
			n, d = -n, -d
		}
		if c, ok := mulFast(a.n, a.den(), n, d); ok {
			return c, nil
		}
	}
	return bounded(new(big.Rat).Quo(a.view(new(big.Rat)), b.view(new(big.Rat))))
}

// Neg is -a.
func (a Number) Neg() Number {
	if a.big != nil {
		return fromRat(new(big.Rat).Neg(a.big))
	}
	return Number{n: -a.n, d: a.d}
}

// Abs is a without its sign.
func (a Number) Abs() Number {
	if a.Sign() < 0 {
		return a.Neg()
	}
	return a
}

// Floor is the largest whole number that is not above a.
func (a Number) Floor() Number {
	if a.IsInt() {
		return a
	}
	if a.big == nil {
		q := a.n / a.den()
		if a.n < 0 {
			q--
		}
		return Number{n: q}
	}
	// Euclidean division by a positive denominator rounds down.
	q := new(big.Int).Div(a.big.Num(), a.big.Denom())
	return fromRat(new(big.Rat).SetInt(q))
}

// Ceil is the smallest whole number that is not below a.
func (a Number) Ceil() Number { return a.Neg().Floor().Neg() }

// MaxPlaces is the greatest number of decimal places Round knows of.
const MaxPlaces = 1000

// Round is a rounded to a number of decimal places, a half away from zero:
// 2.345 to two places is 2.35, -0.5 to none is -1. Negative places round to
// tens, hundreds and so on. Places beyond MaxPlaces either way count as
// MaxPlaces. A number of great length rounded to many places may grow beyond
// MaxBits (by less than as much again); arithmetic with it then answers
// ErrTooLarge.
func (a Number) Round(places int) Number {
	places = max(-MaxPlaces, min(MaxPlaces, places))
	if places >= 0 && a.IsInt() {
		return a
	}
	if a.big == nil && places >= 0 && places < len(powersOfTen) {
		if c, ok := roundFast(a, powersOfTen[places]); ok {
			return c
		}
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(places, -places))), nil)
	r := new(big.Rat).SetInt(scale)
	if places < 0 {
		r.Inv(r)
	}
	x := new(big.Rat).Mul(a.view(new(big.Rat)), r)
	negative := x.Sign() < 0
	x.Abs(x).Add(x, big.NewRat(1, 2))
	q := new(big.Int).Quo(x.Num(), x.Denom())
	if negative {
		q.Neg(q)
	}
	return fromRat(r.Quo(new(big.Rat).SetInt(q), r))
}

// roundFast rounds a, which is no whole number, to a multiple of 1/scale.
func roundFast(a Number, scale int64) (Number, bool) {
	d := uint64(a.den())
	hi, lo := bits.Mul64(magnitude(a.n), uint64(scale))
	if hi >= d {
		return Number{}, false
	}
	q, rest := bits.Div64(hi, lo, d)
	if rest >= d-rest {
		q++
	}
	if q == 0 || q > math.MaxInt64 {
		return Number{}, q == 0
	}
	n := int64(q)
	if a.n < 0 {
		n = -n
	}
	return Ratio(n, scale), true
}

// addFast adds as in Knuth, The Art of Computer Programming 4.5.1: what the
// denominators have in common is divided out first, so that few sums overflow.
func addFast(a, b Number) (Number, bool) {
	if a.d == 0 && b.d == 0 {
		n, ok := addInts(a.n, b.n)
		return Number{n: n}, ok
	}
	ad, bd := a.den(), b.den()
	g := int64(gcd(uint64(ad), uint64(bd)))
	x, ok1 := mulInts(a.n, bd/g)
	y, ok2 := mulInts(b.n, ad/g)
	n, ok3 := addInts(x, y)
	if !ok1 || !ok2 || !ok3 {
		return Number{}, false
	}
	g2 := int64(gcd(magnitude(n), uint64(g)))
	d, ok := mulInts(ad/g, bd/g2)
	return Number{n: n / g2, d: d - 1}, ok
}

// mulFast multiplies two reduced fractions; reducing crosswise first leaves
// the product reduced and as small as it can be.
func mulFast(an, ad, bn, bd int64) (Number, bool) {
	g := int64(gcd(uint64(bd), magnitude(an))) // bd and ad are positive: no gcd is 0
	h := int64(gcd(uint64(ad), magnitude(bn)))
	n, ok1 := mulInts(an/g, bn/h)
	d, ok2 := mulInts(ad/h, bd/g)
	return Number{n: n, d: d - 1}, ok1 && ok2
}

// addInts adds where the sum is no larger than math.MaxInt64 either way.
func addInts(a, b int64) (int64, bool) {
	c := a + b
	if (c > a) != (b > 0) && b != 0 || c == math.MinInt64 {
		return 0, false
	}
	return c, true
}

// mulInts multiplies where the product is no larger than math.MaxInt64 either way.
func mulInts(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

// bounded takes a result over, unless it is too large.
func bounded(r *big.Rat) (Number, error) {
	if r.Num().BitLen() > MaxBits || r.Denom().BitLen() > MaxBits {
		return Number{}, ErrTooLarge
	}
	return fromRat(r), nil
}

package num

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// MaxDigits is how many digits a written number may have.
const MaxDigits = 1000

// powersOfTen are those that fit the fast path.
var powersOfTen = func() (p [19]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

// Parse reads a decimal number: 12, 12.50, -3, 10_000. Digits must stand on both sides
// of a point, and an underscore may stand between groups of three before it. There is no
// exponent and no plus sign, and there are at most MaxDigits digits.
func Parse(s string) (Number, error) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if strings.IndexByte(whole, '_') > 0 && grouped(whole) {
		whole = strings.ReplaceAll(whole, "_", "")
	}
	if !allDigits(whole) || point && !allDigits(fraction) {
		return Number{}, fmt.Errorf("%s is not a number such as 12, 12.5 or -3", quote(s))
	}
	return decimal(negative, whole, fraction, 0)
}

// ParseJSON reads a number as JSON writes it, which may have an exponent: 1e3
// is 1000. Exponents beyond MaxDigits either way are an error.
func ParseJSON(s string) (Number, error) {
	mantissa, power := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa = s[:i]
		exponent := s[i+1:]
		digits := strings.TrimPrefix(exponent, "+")
		if digits == exponent {
			digits = strings.TrimPrefix(exponent, "-")
		}
		if !allDigits(digits) {
			return Number{}, fmt.Errorf("%s is not a number", quote(s))
		}
		p, err := strconv.Atoi(exponent)
		if err != nil || p > MaxDigits || p < -MaxDigits {
			return Number{}, fmt.Errorf("the exponent of %s is beyond %d", quote(s), MaxDigits)
		}
		power = p
	}
	digits, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if !allDigits(whole) || point && !allDigits(fraction) || len(whole) > 1 && whole[0] == '0' {
		return Number{}, fmt.Errorf("%s is not a number", quote(s))
	}
	return decimal(negative, whole, fraction, power)
}

// Float is the shortest decimal that reads back as f, a float of 32 or 64 bits: Float(0.1, 64)
// is 1/10, and so is Float(float64(float32(0.1)), 32). Not a number and the infinities are an
// error.
func Float(f float64, bits int) (Number, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Number{}, errors.New("a number must be finite")
	}
	return Parse(strconv.FormatFloat(f, 'f', -1, bits))
}

// decimal is whole.fraction times ten to a power, both parts being digits.
func decimal(negative bool, whole, fraction string, power int) (Number, error) {
	if len(whole)+len(fraction) > MaxDigits {
		return Number{}, fmt.Errorf("a number has at most %d digits, this one has %d", MaxDigits, len(whole)+len(fraction))
	}
	power -= len(fraction)
	if len(whole)+len(fraction) < len(powersOfTen) && power <= 0 && -power < len(powersOfTen) {
		n := digitsValue(fraction, digitsValue(whole, 0))
		if negative {
			n = -n
		}
		return Ratio(n, powersOfTen[-power]), nil
	}
	n, _ := new(big.Int).SetString(whole+fraction, 10)
	if negative {
		n.Neg(n)
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(power, -power))), nil)
	if power >= 0 {
		return bounded(new(big.Rat).SetInt(n.Mul(n, ten)))
	}
	return bounded(new(big.Rat).SetFrac(n, ten))
}

// Grouped says whether the underscores in a number without a sign stand where they may.
func Grouped(s string) bool {
	whole, fraction, _ := strings.Cut(s, ".")
	return grouped(whole) && !strings.Contains(fraction, "_")
}

// grouped says whether a text is digits in groups of three.
func grouped(s string) bool {
	groups := strings.Split(s, "_")
	for i, g := range groups {
		if !allDigits(g) || len(g) > 3 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return len(groups) > 1
}

func digitsValue(s string, n int64) int64 {
	for i := range len(s) {
		n = 10*n + int64(s[i]-'0')
	}
	return n
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// quote shows what somebody wrote, shortened where it is long.
func quote(s string) string {
	const most = 40
	if len(s) <= most {
		return strconv.Quote(s)
	}
	return strconv.Quote(strings.ToValidUTF8(s[:most], "")) + "..."
}

// String is a as a decimal where that is finite (1.1), as a fraction otherwise
// (1/3). It is exact either way.
func (a Number) String() string {
	if a.big == nil && a.d == 0 {
		return strconv.FormatInt(a.n, 10)
	}
	if a.big == nil {
		if places, ok := placesFast(a.den()); ok && places < len(powersOfTen) {
			if n, ok := mulInts(a.n, powersOfTen[places]/a.den()); ok {
				return withPoint(strconv.FormatInt(n, 10), places)
			}
		}
	}
	r := a.view(new(big.Rat))
	places, ok := r.FloatPrec()
	switch {
	case r.IsInt():
		return r.Num().String()
	case ok:
		return r.FloatString(places)
	}
	return r.String()
}

// placesFast is how many decimal places a reduced fraction with denominator d
// has, where they are finite: the larger of its numbers of factors 2 and 5.
func placesFast(d int64) (int, bool) {
	twos, fives := 0, 0
	for ; d%2 == 0; d /= 2 {
		twos++
	}
	for ; d%5 == 0; d /= 5 {
		fives++
	}
	return max(twos, fives), d == 1
}

// withPoint puts the decimal point before the last places digits.
func withPoint(digits string, places int) string {
	digits, negative := strings.CutPrefix(digits, "-")
	if missing := places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	minus := ""
	if negative {
		minus = "-"
	}
	return minus + digits[:len(digits)-places] + "." + digits[len(digits)-places:]
}

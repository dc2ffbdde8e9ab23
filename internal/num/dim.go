package num

import (
	"sort"
	"strconv"
	"strings"
)

// Dim is the dimension of a quantity: the canonical text of a product of base
// dimensions, "length", "length/time", "length mass/time^2",
// "mass/(length time^2)", "1/time". "" is a pure number's. A base dimension is
// any word of an author's. Dims are made by converting one word, by DimMul and
// by DimDiv, and are compared with ==.
type Dim string

// DimMul is the dimension of a product.
func DimMul(a, b Dim) Dim { return combine(a, b, 1) }

// DimDiv is the dimension of a quotient.
func DimDiv(a, b Dim) Dim { return combine(a, b, -1) }

// combine is a * b^power, written canonically.
func combine(a, b Dim, power int) Dim {
	if b == "" {
		return a
	}
	powers := map[string]int{}
	a.addTo(powers, 1)
	b.addTo(powers, power)
	names := make([]string, 0, len(powers))
	for name := range powers {
		names = append(names, name)
	}
	sort.Strings(names)
	var above, below []string
	for _, name := range names {
		switch p := powers[name]; {
		case p > 0:
			above = append(above, factor(name, p))
		case p < 0:
			below = append(below, factor(name, -p))
		}
	}
	text := strings.Join(above, " ")
	if len(below) == 0 {
		return Dim(text)
	}
	if len(above) == 0 {
		text = "1"
	}
	if len(below) == 1 {
		return Dim(text + "/" + below[0])
	}
	return Dim(text + "/(" + strings.Join(below, " ") + ")")
}

// factor is name^power, with power 1 or more.
func factor(name string, power int) string {
	if power == 1 {
		return name
	}
	return name + "^" + strconv.Itoa(power)
}

// addTo adds the exponents of d, times sign, to powers.
func (d Dim) addTo(powers map[string]int, sign int) {
	above, below, _ := strings.Cut(string(d), "/")
	below = strings.TrimSuffix(strings.TrimPrefix(below, "("), ")")
	for i, side := range []string{above, below} {
		for _, f := range strings.Fields(side) {
			name, exponent, has := strings.Cut(f, "^")
			power := 1
			if has {
				power, _ = strconv.Atoi(exponent) // Dims are written by combine
			}
			if name == "1" {
				continue
			}
			powers[name] += sign * (1 - 2*i) * power
		}
	}
}

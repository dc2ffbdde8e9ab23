package stdlib

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/internal/num"
)

func TestModules(t *testing.T) {
	want := []string{"iso3166", "iso4217", Prelude}
	if got := Modules(); !slices.Equal(got, want) {
		t.Fatalf("Modules() = %v, want %v", got, want)
	}
	for _, name := range want {
		if text, ok := Module(name); !ok || text == "" || !strings.HasSuffix(text, "\n") {
			t.Errorf("Module(%q) = %d bytes, %v", name, len(text), ok)
		}
	}
	for _, name := range []string{"", "iso", "iso3166.ctl", "../stdlib/iso3166", ".", "ISO3166"} {
		if _, ok := Module(name); ok {
			t.Errorf("there is a module %q", name)
		}
	}
}

func TestDimensionsAreCanonical(t *testing.T) {
	length, mass, time := num.Dim("length"), num.Dim("mass"), num.Dim("time")
	force := num.DimDiv(num.DimMul(mass, length), num.DimMul(time, time))
	for name, want := range map[string]num.Dim{
		"length": length, "mass": mass, "time": time, "temperature": "temperature",
		"area":     num.DimMul(length, length),
		"volume":   num.DimMul(num.DimMul(length, length), length),
		"speed":    num.DimDiv(length, time),
		"force":    force,
		"pressure": num.DimDiv(force, num.DimMul(length, length)),
		"impulse":  num.DimMul(force, time),
	} {
		if num.Dim(Dimensions[name]) != want {
			t.Errorf("Dimensions[%q] = %q, want %q", name, Dimensions[name], want)
		}
	}
	if len(Dimensions) != 10 {
		t.Errorf("there are %d dimensions", len(Dimensions))
	}
}

// unit is a unit of the prelude in the coherent unit of its dimension.
type unit struct {
	dim            num.Dim
	factor, offset num.Number
	title          string
}

var unitLine = regexp.MustCompile(`^unit (\pL[\pL\d_]*)(?: of (\w+)| = ([\d.]+) (\w+)(?:/(\w+))?(?: \+ ([\d.]+) (\w+))?)(?: "([^"]+)")?$`)

// prelude reads the units as the interpreter does: each in terms of earlier ones.
func prelude(t *testing.T) map[string]unit {
	t.Helper()
	units := map[string]unit{}
	text, _ := Module(Prelude)
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := unitLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not a unit declaration: %s", line)
		}
		if _, twice := units[m[1]]; twice {
			t.Fatalf("unit %s is declared twice", m[1])
		}
		units[m[1]] = readUnit(t, units, line, m)
	}
	return units
}

func readUnit(t *testing.T, units map[string]unit, line string, m []string) unit {
	t.Helper()
	u := unit{factor: num.Int(1), title: m[8]}
	if m[2] != "" {
		dim, ok := Dimensions[m[2]]
		if !ok {
			t.Fatalf("no dimension: %s", line)
		}
		u.dim = num.Dim(dim)
		return u
	}
	known := func(name string) unit {
		of, ok := units[name]
		if !ok || of.offset.Sign() != 0 {
			t.Fatalf("unit %q cannot be used here: %s", name, line)
		}
		return of
	}
	times := func(text, name string) num.Number {
		n, err := num.Parse(text)
		if err == nil {
			n, err = n.Mul(known(name).factor)
		}
		if err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		return n
	}
	u.dim, u.factor = known(m[4]).dim, times(m[3], m[4])
	if m[5] != "" {
		below := known(m[5])
		factor, err := u.factor.Div(below.factor)
		if err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		u.dim, u.factor = num.DimDiv(u.dim, below.dim), factor
	}
	if m[6] != "" {
		u.offset = times(m[6], m[7])
	}
	return u
}

func TestPreludeUnits(t *testing.T) {
	units := prelude(t)
	for _, c := range []struct{ unit, dim, factor string }{
		{"m", "length", "1"}, {"kilometres", "length", "1000"}, {"microns", "length", "0.000001"}, {"nm", "length", "0.000000001"},
		{"feet", "length", "0.3048"}, {"miles", "length", "1609.344"}, {"nmi", "length", "1852"},
		{"kilograms", "mass", "1"}, {"tonnes", "mass", "1000"}, {"mg", "mass", "0.000001"}, {"pounds", "mass", "0.45359237"},
		{"short_ton", "mass", "907.18474"}, {"long_ton", "mass", "1016.0469088"},
		{"ns", "time", "0.000000001"}, {"minutes", "time", "60"}, {"hours", "time", "3600"},
		{"km2", "area", "1000000"}, {"ha", "area", "10000"},
		{"L", "volume", "0.001"}, {"l", "volume", "0.001"},
		{"mps", "speed", "1"}, {"kmh", "speed", "5/18"}, {"mph", "speed", "0.44704"}, {"kn", "speed", "463/900"}, {"fps", "speed", "0.3048"},
		{"kN", "force", "1000"}, {"MN", "force", "1000000"},
		{"kPa", "pressure", "1000"}, {"MPa", "pressure", "1000000"}, {"GPa", "pressure", "1000000000"},
		{"bar", "pressure", "100000"}, {"mbar", "pressure", "100"}, {"atm", "pressure", "101325"},
		{"kNs", "impulse", "1000"}, {"MNs", "impulse", "1000000"},
	} {
		u, ok := units[c.unit]
		if !ok || u.dim != num.Dim(Dimensions[c.dim]) || u.factor.String() != c.factor || u.offset.Sign() != 0 {
			t.Errorf("unit %s is %s of %q, want %s of %q", c.unit, u.factor, u.dim, c.factor, Dimensions[c.dim])
		}
	}
	for _, name := range []string{"degC", "celsius"} {
		if u := units[name]; u.dim != "temperature" || u.factor.String() != "1" || u.offset.String() != "273.15" {
			t.Errorf("unit %s is %s and %s of %q", name, u.factor, u.offset, u.dim)
		}
	}
	dims := map[num.Dim]bool{}
	for name, u := range units {
		dims[u.dim] = true
		if num.IsDurationUnit(name) {
			t.Errorf("unit %s is a unit of duration already", name)
		}
	}
	for name, dim := range Dimensions {
		if !dims[num.Dim(dim)] {
			t.Errorf("no unit of %s", name)
		}
	}
}

// TestPreludeUnitsAgree holds the factors to their definitions by other units.
func TestPreludeUnitsAgree(t *testing.T) {
	units := prelude(t)
	f := func(name string) num.Number {
		u, ok := units[name]
		if !ok {
			t.Fatalf("no unit %s", name)
		}
		return u.factor
	}
	product := func(ns ...num.Number) num.Number {
		p := num.Int(1)
		for _, n := range ns {
			var err error
			if p, err = p.Mul(n); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
	gravity := num.Ratio(980665, 100000) // standard acceleration of free fall, m/s2
	for _, c := range []struct {
		unit string
		want num.Number
	}{
		{"ft", product(num.Int(12), f("inch"))},
		{"yd", product(num.Int(3), f("ft"))},
		{"mi", product(num.Int(1760), f("yd"))},
		{"oz", product(num.Ratio(1, 16), f("lb"))},
		{"lbf", product(f("lb"), gravity)},
		{"kgf", gravity},
		{"lbfs", f("lbf")},
		{"in2", product(f("inch"), f("inch"))},
		{"ft2", product(f("ft"), f("ft"))},
		{"mi2", product(f("mi"), f("mi"))},
		{"acre", product(num.Int(4840), f("yd"), f("yd"))},
		{"ft3", product(f("ft"), f("ft"), f("ft"))},
		{"gal", product(num.Int(231), f("inch"), f("inch"), f("inch"))},
		{"cm2", product(f("cm"), f("cm"))},
		{"mm2", product(f("mm"), f("mm"))},
		{"cm3", product(f("cm"), f("cm"), f("cm"))},
		{"mL", f("cm3")},
		{"hPa", f("mbar")},
		{"um", product(num.Int(1000), f("nm"))},
	} {
		if !f(c.unit).Equal(c.want) {
			t.Errorf("unit %s is %s, want %s", c.unit, f(c.unit), c.want)
		}
	}
	pressure, err := f("lbf").Div(f("in2"))
	if err != nil || !f("psi").Equal(pressure) || f("psi").Round(3).String() != "6894.757" {
		t.Errorf("psi is %s, want %s", f("psi"), pressure)
	}
}

func TestEveryUnitSymbolHasATitle(t *testing.T) {
	titled := map[string]bool{}
	for name, u := range prelude(t) {
		if u.title != "" {
			titled[string(u.dim)+" "+u.factor.String()+" "+u.offset.String()] = true
			if titled[u.title] {
				t.Errorf("two units are titled %q, one is %s", u.title, name)
			}
			titled[u.title] = true
		}
	}
	for name, u := range prelude(t) {
		if !titled[string(u.dim)+" "+u.factor.String()+" "+u.offset.String()] {
			t.Errorf("unit %s and its like have no title", name)
		}
	}
}

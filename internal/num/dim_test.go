package num

import (
	"testing"

	"pgregory.net/rapid"
)

func TestDim(t *testing.T) {
	speed := DimDiv("length", "time")
	force := DimMul("mass", DimDiv(speed, "time"))
	area := DimMul("length", "length")
	pressure := DimDiv(force, area)
	for _, c := range []struct{ got, want Dim }{
		{speed, "length/time"},
		{force, "length mass/time^2"},
		{area, "length^2"},
		{DimMul(area, "length"), "length^3"},
		{pressure, "mass/(length time^2)"},
		{DimMul(force, "time"), "length mass/time"},
		{DimDiv("", "time"), "1/time"},
		{DimDiv("", pressure), "length time^2/mass"},
		{DimDiv("", force), "time^2/(length mass)"},
		{DimDiv(force, force), ""},
		{DimMul(speed, "time"), "length"},
		{DimMul("", ""), ""},
		{DimMul("", speed), speed},
		{DimMul("währung", "Stück"), "Stück währung"},
		{DimDiv("money", DimMul("mass", "mass")), "money/mass^2"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestDimIsAnAbelianGroup: products are the same whatever the order they are
// taken in, and dividing undoes multiplying, text for text.
func TestDimIsAnAbelianGroup(t *testing.T) {
	dim := rapid.Custom(func(t *rapid.T) Dim {
		var d Dim
		for range rapid.IntRange(0, 6).Draw(t, "factors") {
			base := Dim(rapid.SampledFrom([]string{"length", "mass", "time", "money", "x1"}).Draw(t, "base"))
			if rapid.Bool().Draw(t, "above") {
				d = DimMul(d, base)
			} else {
				d = DimDiv(d, base)
			}
		}
		return d
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := dim.Draw(t, "a"), dim.Draw(t, "b"), dim.Draw(t, "c")
		if DimMul(a, b) != DimMul(b, a) {
			t.Fatalf("%q and %q do not commute", a, b)
		}
		if DimMul(DimMul(a, b), c) != DimMul(a, DimMul(b, c)) {
			t.Fatalf("%q, %q and %q do not associate", a, b, c)
		}
		if got := DimDiv(DimMul(a, b), b); got != a {
			t.Fatalf("%q * %q / %q = %q", a, b, b, got)
		}
		if DimDiv(a, b) != DimMul(a, DimDiv("", b)) {
			t.Fatalf("%q / %q is not the product with the inverse", a, b)
		}
	})
}

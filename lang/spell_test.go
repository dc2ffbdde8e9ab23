package lang

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	words := []string{"policy", "term", "unless", "nonMember", "CategoryI", "CategoryII", "SLV", "US", "GB", "strong_controls", "permit", "prohibit", "größe"}
	for _, c := range []struct{ word, want string }{
		{"polcy", "policy"},
		{"plicy", "policy"},
		{"poilcy", "policy"},
		{"unles", "unless"},
		{"nonmember", "nonMember"},
		{"nonMembr", "nonMember"},
		{"Category1", "CategoryI"},
		{"slv", "SLV"},
		{"SLW", "SLV"},
		{"SU", "US"},
		{"UK", ""},
		{"strongcontrols", "strong_controls"},
		{"permits", "permit"},
		{"grösse", "größe"},
		{"GRÖßE", "größe"},
		{"banana", ""},
		{"", ""},
	} {
		got, ok := Nearest(c.word, words)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Nearest(%q) = %q, %v; want %q", c.word, got, ok, c.want)
		}
	}
}

func TestNearestDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-dA-D]{0,8}`).Draw(t, "word")
		list := rapid.SliceOfDistinct(rapid.StringMatching(`[a-d]{1,8}`), rapid.ID[string]).Draw(t, "candidates")
		got, ok := Nearest(word, list)
		other := slices.Clone(list)
		slices.Reverse(other)
		got2, ok2 := Nearest(word, other)
		if got != got2 || ok != ok2 {
			t.Fatalf("%q in one order, %q in the other", got, got2)
		}
		if ok && (got == word || !slices.Contains(list, got)) {
			t.Fatalf("%q is not a candidate other than the word itself", got)
		}
	})
}

func TestNearestFindsEverySingleSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := []rune(rapid.StringMatching(`[a-z]{4,12}`).Draw(t, "word"))
		i := rapid.IntRange(0, len(word)-2).Draw(t, "i")
		var slip []rune
		switch rapid.SampledFrom([]string{"drop", "add", "replace", "swap"}).Draw(t, "slip") {
		case "drop":
			slip = slices.Concat(word[:i], word[i+1:])
		case "add":
			slip = slices.Concat(word[:i], []rune{'q'}, word[i:])
		case "replace":
			slip = slices.Concat(word[:i], []rune{'q'}, word[i+1:])
		default:
			slip = slices.Clone(word)
			slip[i], slip[i+1] = slip[i+1], slip[i]
		}
		if string(slip) == string(word) {
			return
		}
		if got, ok := Nearest(string(slip), []string{string(word)}); !ok || got != string(word) {
			t.Fatalf("Nearest(%q) = %q, %v; want %q", string(slip), got, ok, string(word))
		}
	})
}

// Of names such as those of countries only a really near one is offered.
func TestNearestName(t *testing.T) {
	countries := []string{"Serbia", "Germany", "Iran", "Slovakia", "Slovenia", "Niger", "Nigeria", "Austria"}
	for word, want := range map[string]string{
		"Germny": "Germany", "germanny": "Germany", "Austira": "Austria", "Irann": "Iran",
		"Persia": "", "Erbia": "", "Slovania": "", "Ira": "", "Astralia": "",
	} {
		if got, ok := NearestName(word, countries); got != want || ok != (want != "") {
			t.Errorf("%s: %q, not %q", word, got, want)
		}
	}
}

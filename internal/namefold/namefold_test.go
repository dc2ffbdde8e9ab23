package namefold_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/namefold"
)

// oracle is the fold as SPEC.md tells it, by the tables of golang.org/x/text.
func oracle(name string) string {
	letters := strings.NewReplacer("æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ħ", "h", "ŧ", "t", "ı", "i", "ŋ", "n")
	for range 3 {
		name = strings.ReplaceAll(norm.NFKD.String(name), "\u0345", "") // the one mark whose case is a letter
		name = norm.NFKD.String(strings.ToLower(cases.Fold().String(name)))
		name = letters.Replace(strings.Map(kept, name))
	}
	return norm.NFC.String(name)
}

// kept is a character that counts in a name, or -1.
func kept(r rune) rune {
	switch {
	case r == '&', r == '\u3099', r == '\u309A':
		return r
	case r == '\u2800', '\u02B0' <= r && r <= '\u02FF', unicode.In(r, unicode.P, unicode.Z, unicode.Cc, unicode.Cf, unicode.Sk),
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return -1
	case unicode.In(r, unicode.Mn, unicode.Me) && unicode.In(r, unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Syriac):
		return -1
	}
	return r
}

func TestFoldOfEveryCharacter(t *testing.T) {
	wrong := 0
	for r := rune(0); r <= unicode.MaxRune && wrong < 20; r++ {
		if 0xD800 <= r && r < 0xE000 {
			continue
		}
		text := string(r)
		got := namefold.Fold(text)
		if want := oracle(text); got != want {
			wrong++
			t.Errorf("%U folds to %+q, not to %+q", r, got, want)
		}
		if again := namefold.Fold(got); again != got {
			wrong++
			t.Errorf("%U folds to %+q, and that to %+q", r, got, again)
		}
	}
}

// awkward are characters that take part in orders, compositions and foldings of several.
var awkward = []rune("aZß&+ ÆøŁıİſΣςᾳ\u0301\u0323\u0345한각가ㄱᄀ\u1161\u11A8かガｶﾞ\u3099\u309Aक\u093C\u094D\u0958ো\u09C7\u09BEก\u0E38\u0E48\u05D1\u05BCﬃ①\u200D\uFE0F\u0DD9\u0DCA\u0DCF\U00011099\U000110BA\u1025\u102E")

func drawName(t *rapid.T) string {
	return string(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(awkward), rapid.Rune())).Draw(t, "name"))
}

func TestFoldOfRandomNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := drawName(t)
		got := namefold.Fold(name)
		if want := oracle(name); got != want {
			t.Fatalf("%+q folds to %+q, not to %+q", name, got, want)
		}
		if again := namefold.Fold(got); again != got {
			t.Fatalf("%+q folds to %+q, and that to %+q", name, got, again)
		}
		for what, form := range map[string]string{"NFC": norm.NFC.String(name), "NFD": norm.NFD.String(name), "NFKC": norm.NFKC.String(name), "NFKD": norm.NFKD.String(name)} {
			if norm.NFKD.String(form) != norm.NFKD.String(name) {
				continue // composition in x/text takes some characters beyond U+FFFF for others
			}
			if other := namefold.Fold(form); other != got {
				t.Fatalf("%+q folds to %+q, and %s of it to %+q", name, got, what, other)
			}
		}
	})
}

func TestBetween(t *testing.T) {
	for r := rune(-1); r <= unicode.MaxRune+1; r++ {
		if got, want := namefold.Between(r), unicode.IsSpace(r) || unicode.IsPunct(r); got != want {
			t.Fatalf("%U: %t, not %t", r, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, row := range []struct{ a, b string }{
		{"ORION MARINE CO., LTD.", "Orion Marine Co., Ltd."},
		{"Łódź Straße Ærø", "lodz strasse aero"},
		{"İstanbul", "ISTANBUL"},
		{"ＯＲＩＯＮ　Ｍａｒｉｎｅ", "orion marine"},
		{"O’Neill", "ONeill"},
		{"Ha\u2018ifa\u02BB", "haifa"},
		{"한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8"},
		{"ガス", "カ\u3099ス"},
		{"a\u0323\u0301", "á"},
		{"ΣΊΣΥΦΟΣ", "σισυφος"},
		{"zero\u200Bwidth", "zerowidth"},
	} {
		if x, y := namefold.Fold(row.a), namefold.Fold(row.b); x != y || x == "" {
			t.Errorf("%q folds to %q, %q to %q", row.a, x, row.b, y)
		}
	}
	for _, row := range []struct{ a, b string }{
		{"カス", "ガス"}, {"Smith & Co", "Smith Co"}, {"Smith & Co", "Smith and Co"}, {"A+", "A"}, {"Müller", "Mueller"}, {"क़", "क"}, {"Orion Ltd", "Orion Limited"},
	} {
		if x := namefold.Fold(row.a); x == namefold.Fold(row.b) {
			t.Errorf("%q and %q fold to %q", row.a, row.b, x)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("ORION MARINE CO., LTD.")
	f.Add(string(awkward))
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, name string) {
		once := namefold.Fold(name)
		if twice := namefold.Fold(once); twice != once {
			t.Errorf("%+q folds to %+q, and that to %+q", name, once, twice)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for what, name := range map[string]string{"ascii": "ORION MARINE CO., LTD.", "accents": "Société Générale d’Énergie"} {
		b.Run(what, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				namefold.Fold(name)
			}
		})
	}
}

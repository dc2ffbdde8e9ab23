package analysis_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/looks"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// written is a program with some words as choices, or as texts that are compared with.
func written(quoted bool, words ...string) string {
	if quoted {
		return "outcomes deny > permit\nkind Item { owner: text }\nrole item: Item\npolicy p {\n  deny when item.owner in (\"" + strings.Join(words, `", "`) + "\", \"?\")\n  otherwise permit\n}\n"
	}
	return "outcomes deny > permit\nkind Item { form: " + strings.Join(words, " | ") + " | rest }\nrole item: Item\npolicy p {\n  deny when item.form = rest\n  otherwise permit\n}\n"
}

// looksFound are the codes of what is found of names in a program.
func looksFound(t testing.TB, text string) []code.Code {
	t.Helper()
	var out []code.Code
	for _, f := range lint(t, text).Findings {
		switch f.Code {
		case code.LooksAlike, code.MixedScripts, code.InvisibleCharacter:
			out = append(out, f.Code)
		}
	}
	return out
}

// resembling are the letters and digits beyond ASCII that look like a letter of it.
var resembling = func() map[rune][]rune {
	letters := map[string]rune{}
	for r := 'A'; r <= 'z'; r++ {
		if unicode.IsLetter(r) {
			letters[looks.Skeleton(string(r))] = r
		}
	}
	out := map[rune][]rune{}
	for r := rune(0x80); r < 0x1FC00; r++ {
		if like, is := letters[looks.Skeleton(string(r))]; is && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			out[like] = append(out[like], r)
		}
	}
	return out
}()

// A letter that is replaced by one that looks like it is told, whether what it imitates
// stands in the rules or not.
func TestImitatedNames(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := []rune(rapid.StringMatching(`[A-Za-z]{2,12}`).Filter(func(s string) bool {
			return strings.ContainsFunc(s, func(r rune) bool { return resembling[r] != nil })
		}).Draw(rt, "word"))
		i := rapid.IntRange(0, len(word)-1).Filter(func(i int) bool { return resembling[word[i]] != nil }).Draw(rt, "at")
		by := rapid.SampledFrom(resembling[word[i]]).Draw(rt, "by")
		imitated := append([]rune{}, word...)
		imitated[i] = by
		quoted := i == 0 && !unicode.IsLetter(by) || rapid.Bool().Draw(rt, "quoted")
		if got := looksFound(t, written(quoted, string(word), string(imitated))); len(got) != 1 || got[0] != code.LooksAlike {
			rt.Errorf("%s and %s (%s): %v", string(word), string(imitated), looks.CodePoint(by), got)
		}
		if european := by < 0x180 || by >= 0x1E00 && by <= 0x1EFF; european {
			return // þ and ı stand in honest words
		}
		// What it imitates may be a name of the standard modules, too.
		if got := looksFound(t, written(quoted, string(imitated))); len(got) != 1 || got[0] == code.InvisibleCharacter {
			rt.Errorf("%s (%s) alone: %v", string(imitated), looks.CodePoint(by), got)
		}
	})
}

// scripts are the letters of names in one script, or in those that are written together,
// each word behind a letter that looks like none of ASCII.
var scripts = map[string][2]string{
	"Latin":      {"Z", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_äöüßéèñçøåæşğıłžđþðőřąěăơưẽ"},
	"Cyrillic":   {"Ж", "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЭЮЯіїєґ0123456789_"},
	"Greek":      {"Ω", "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώς0123456789_"},
	"Armenian":   {"Ա", "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ0123456789_"},
	"Arabic":     {"ج", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي0123456789_"},
	"Hebrew":     {"ש", "אבגדהוזחטיכלמנסעפצקרשת0123456789_"},
	"Devanagari": {"क", "कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह"},
	"Japanese":   {"漢", "abcXYZ日本語漢字かなカナひらがな０１ＡＢ"},
	"Chinese":    {"中", "abcXYZ中文导弹出口管制"},
	"Korean":     {"한", "abcXYZ한국어수출통제漢"},
	"symbols":    {"k", "ΩΔπabc0123"},
}

// A name in one script, or in those that are written together, is never told.
func TestNamesOfOneScript(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := scripts[rapid.SampledFrom([]string{"Latin", "Cyrillic", "Greek", "Armenian", "Arabic", "Hebrew", "Devanagari", "Japanese", "Chinese", "Korean", "symbols"}).Draw(rt, "script")]
		name := s[0] + strings.Join(rapid.SliceOfN(rapid.SampledFrom(strings.Split(s[1], "")), 1, 8).Draw(rt, "letters"), "")
		if strings.ContainsAny(name, "ＡＢ０１") && strings.ContainsAny(name, "abcXYZ") {
			return // which of the two letters it is cannot be seen
		}
		if got := looksFound(t, written(rapid.Bool().Draw(rt, "quoted"), name)); got != nil {
			rt.Errorf("%s: %v", name, got)
		}
	})
}

// A name in the two forms of Unicode is told, and that the two are one in NFC.
func TestNamesInTwoForms(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := "x" + rapid.StringOfN(rapid.RuneFrom([]rune("aeoäöüéèñçåžőřąěёй")), 1, 8, -1).Draw(rt, "word")
		other := norm.NFD.String(word)
		if word == other || strings.ContainsAny(word, "ёй") && strings.ContainsAny(word, "aeoäöüéèñçåžőřąě") {
			return
		}
		r := lint(t, written(rapid.Bool().Draw(rt, "quoted"), strings.TrimPrefix(word, "x"), strings.TrimPrefix(other, "x")))
		if len(r.Findings) != 1 || r.Findings[0].Code != code.LooksAlike || !strings.Contains(r.Findings[0].Message, "in the form NFC of Unicode both are one") {
			rt.Errorf("%s: %v", word, r.Diagnostics())
		}
	})
}

// unseen are the characters that are not to be seen, but for those that turn the direction
// of a text, which is an error.
var unseen = []rune{0xAD, 0x34F, 0x61C, 0x115F, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2062, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xE0041, 0xE0100}

// What is not to be seen in a text is told wherever it stands.
func TestInvisibleCharacters(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := []rune(rapid.StringMatching(`[A-Za-z ]{1,9}`).Draw(rt, "word"))
		i := rapid.IntRange(0, len(word)).Draw(rt, "at")
		r := rapid.SampledFrom(unseen).Draw(rt, "unseen")
		text := string(word[:i]) + string(r) + string(word[i:])
		found := lint(t, written(true, text)).Findings
		if len(found) != 1 || found[0].Code != code.InvisibleCharacter || !strings.Contains(found[0].Message, looks.CodePoint(r)) {
			rt.Fatalf("%q: %v", text, found)
		}
		if got := found[0].Source.Slice(found[0].Fix.Span); got != string(r) {
			rt.Errorf("%q: the fix takes out %q", text, got)
		}
	})
}

// Joiners and the choice of a form are let be where they are needed; so are escapes.
func TestNeededInvisibleCharacters(t *testing.T) {
	for _, text := range []string{"می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", "❤\ufe0f", "1\ufe0f\u20e3", "葛\U000E0100", `Acme\u{200B}`, `a\nМосква`} {
		if got := looksFound(t, written(true, text)); got != nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Members of groups are looked at as names are, whether the rules name their file or the
// program gives them: of each group the first of each code is told, with how many are like it.
func TestNamesOfMembers(t *testing.T) {
	const rules = "outcomes deny > permit\nkind Party = text\nrole to buyer: Party\ngroup Denied of Party from \"denied.csv\"\npolicy p { deny to Denied, \"\u0410cme\"  otherwise permit }\n"
	var many strings.Builder
	for i := range 50 {
		fmt.Fprintf(&many, "%d Gl\u043Ebex\n", i)
	}
	prog, err := interp.Load(context.Background(), fstest.MapFS{"a.ctl": {Data: []byte(rules)}, "denied.csv": {Data: []byte("id\nAcme\nAcme\u200B\n" + many.String())}}, "a.ctl")
	if err != nil {
		t.Fatal(err)
	}
	r, err := analysis.Lint(context.Background(), prog, analysis.LintOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintln(&got, f.Error())
	}
	want := "a.ctl:4:7: `Gl\u043Ebex` in `0 Gl\u043Ebex` mixes scripts: G is U+0047 (Latin), \u043E is U+043E (Cyrillic) (a member of the group `Denied`; 49 more are like it) [W0220]\n" +
		"a.ctl:4:7: an invisible character (U+200B) stands in `Acme<U+200B>` (a member of the group `Denied`) [W0221]\n" +
		"a.ctl:5:28: `\u0410cme` looks like `Acme` and is another: it has U+0410 where that has U+0041 [W0219]\n"
	if d := cmp.Diff(want, got.String()); d != "" {
		t.Error(d)
	}
}

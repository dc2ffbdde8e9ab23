package screen

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/namefold"
)

// legalForms are words that say what a company is by law, and not which: they do not count. Each
// is as it is left of a name without its points: `S.p.A.` is `spa`. Those of several words are here
// word by word.
var legalForms = setOf(`
	ltd limited llc llp lp plc inc incorporated corp corporation co company cie
	gmbh ag kg kgaa ohg mbh ug ev eg se
	sa sas sarl sasu sci snc scs spa srl sapa scarl sl slu sau ltda cv sab eireli lda
	bv nv cvba bvba vof
	ab as asa aps is ks oy oyj hf ehf
	pty pte sdn bhd pvt private tbk pt kk yk
	ooo oao zao pao ao tov pat prat jsc pjsc ojsc cjsc fze fzco fzc dmcc wll
	ооо оао зао пао ао тов
	kft zrt nyrt bt sro spol doo dd ad eood ood ead sp zoo as uab sia ou
	sti tic ve ltdsti anonim sirketi`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[namefold.Fold(w)] = true
	}
	return set
}

// isCut says whether a character ends a word. Points and apostrophes do not, so that `S.A.` and
// `O'Neill` are one word.
func isCut(r rune) bool {
	switch r {
	case '.', '\'', '’', 'ʼ', '`', '&':
		return false
	}
	return namefold.Between(r)
}

// wordsOf are the words of a name, folded, without legal forms; with them where there is nothing else.
func wordsOf(name string) []string {
	var all, left []string
	for _, w := range strings.FieldsFunc(name, isCut) {
		if w = namefold.Fold(w); w == "" {
			continue
		}
		all = append(all, w)
		if !legalForms[w] {
			left = append(left, w)
		}
	}
	if left == nil {
		return all
	}
	return left
}

// formsOf are what two names are compared by: their words as they are written, and in the order of
// the alphabet, each without anything between them.
func formsOf(words []string) (written, sorted string) {
	written = strings.Join(words, "")
	if slices.IsSorted(words) {
		return written, written
	}
	return written, strings.Join(slices.Sorted(slices.Values(words)), "")
}

// MostLetters is how many letters a listed name may have at most, and MostBytes how many bytes all
// names of a list together: of each character up to eleven times as much may be left.
const (
	MostLetters = 1_000
	MostBytes   = math.MaxUint32 / 16
)

// TooLong says whether a name has more letters than can be listed.
func TooLong(name string) bool {
	return len(name) > MostLetters && utf8.RuneCountInString(strings.Join(wordsOf(name), "")) > MostLetters
}

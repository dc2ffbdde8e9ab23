package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// pattern is a set of texts: those that a like describes, or a code and what goes on from it.
type pattern struct {
	text  string // as it was written
	under bool
	glob  []rune // folded, with the wildcards
}

// The wildcards of a glob.
const (
	anyRun rune = -1 - iota // any run of characters
	anyOne                  // any one character
)

// separators are the marks by which a code is divided.
const separators = ".-/"

// newGlob is the pattern of a like. A character behind a backslash stands for itself.
func newGlob(text string, f *folding) *pattern {
	p := &pattern{text: text}
	var piece []rune // what stands for itself since the last wildcard: characters may fold together
	fold := func() {
		p.glob = append(p.glob, []rune(f.of(string(piece)))...)
		piece = piece[:0]
	}
	escaped := false
	for _, r := range text {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == '*':
			fold()
			if n := len(p.glob); n == 0 || p.glob[n-1] != anyRun {
				p.glob = append(p.glob, anyRun)
			}
		case !escaped && r == '?':
			fold()
			p.glob = append(p.glob, anyOne)
		default:
			piece = append(piece, r)
		}
		escaped = false
	}
	fold()
	return p
}

// newUnder is a code and what goes on from it.
func newUnder(text string, f *folding) *pattern {
	return &pattern{text: text, under: true, glob: []rune(f.of(text))}
}

// partPattern is the pattern of the texts of which a function that looks for a part says yes; nil
// of another function.
func partPattern(function, part string) *pattern {
	escaped := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`).Replace(part)
	switch function {
	case "starts_with":
		escaped += "*"
	case "ends_with":
		escaped = "*" + escaped
	case "contains":
		escaped = "*" + escaped + "*"
	default:
		return nil
	}
	return newGlob(escaped, nil)
}

// words are the operator and the pattern as they are written in a condition.
func (p *pattern) words() string {
	if p.under {
		return "under " + lang.Quote(p.text)
	}
	return "like " + lang.QuotePattern(p.text)
}

// matches says whether a text, folded, is one of the pattern's. Every now and then it asks
// whether it may go on.
func (p *pattern) matches(text string, goOn func() bool) bool {
	if !p.under {
		return matchGlob([]rune(text), p.glob, goOn)
	}
	rest, ok := strings.CutPrefix(text, string(p.glob))
	return ok && (rest == "" || strings.ContainsRune(separators, rune(rest[0])))
}

// matchGlob goes back to the last run only, so it looks at most len(text) × len(glob) times.
func matchGlob(text, glob []rune, goOn func() bool) bool {
	const atOnce = 256
	i, j, run, mark := 0, 0, -1, 0
	for n := 1; i < len(text); n++ {
		if n%atOnce == 0 && !goOn() {
			return false
		}
		switch {
		case j < len(glob) && glob[j] == anyRun:
			run, mark = j, i
			j++
		case j < len(glob) && (glob[j] == anyOne || glob[j] == text[i]):
			i++
			j++
		case run >= 0:
			mark++
			i, j = mark, run+1
		default:
			return false
		}
	}
	return !slices.ContainsFunc(glob[j:], func(r rune) bool { return r != anyRun })
}

// example is a short text that matches.
func (p *pattern) example() string {
	var b strings.Builder
	for _, r := range p.glob {
		switch r {
		case anyRun:
		case anyOne:
			b.WriteRune('x')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

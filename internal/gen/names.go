package gen

import (
	"strconv"
	"strings"
	"unicode"
)

// initialisms are written in capital letters in the names of Go.
var initialisms = map[string]bool{
	"api": true, "cpu": true, "html": true, "http": true, "https": true, "id": true, "ip": true, "json": true,
	"sql": true, "uid": true, "uri": true, "url": true, "uuid": true, "xml": true,
}

// exported is an author's name as an exported name of Go: space_launch is SpaceLaunch.
// Marks that Go does not have in names fall away. A name whose first letter has no
// capital form gets an X in front of it.
func exported(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' }) {
		if initialisms[strings.ToLower(word)] {
			word = strings.ToUpper(word)
		}
		first := true
		for _, r := range word {
			switch {
			case !unicode.IsLetter(r) && !unicode.IsDigit(r):
				continue
			case first:
				r = unicode.ToUpper(r)
			}
			first = false
			b.WriteRune(r)
		}
	}
	out := b.String()
	if out == "" || !unicode.IsUpper([]rune(out)[0]) {
		out = "X" + out
	}
	return out
}

// scope gives out names, each once.
type scope map[string]bool

// name is the exported form of the parts put together. Where that is taken, a number
// tells the two apart.
func (s scope) name(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(exported(p))
	}
	base := b.String()
	out := base
	for i := 2; s[out]; i++ {
		out = base + strconv.Itoa(i)
	}
	s[out] = true
	return out
}

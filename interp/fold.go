package interp

import (
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/internal/namefold"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// folding says which texts of a type are one: those of which the same is left once differences of
// writing are taken away. A nil one takes nothing away.
type folding struct {
	name string // of the type
	key  func(text string) string
	ask  string // how what functions of texts say of others is asked of them
}

// codeFold is that of codes: capital and small letters are the same, and blanks are nothing.
var codeFold = &folding{"code", codeKey, "`like` and `under`"}

// nameFold is that of the names of parties.
var nameFold = &folding{"name", namefold.Fold, "`like`"}

// of is what is left of a text.
func (f *folding) of(text string) string {
	if f == nil {
		return text
	}
	return f.key(text)
}

// value is a text as a value.
func (f *folding) value(text string) Value {
	if f == nil {
		return Text(text)
	}
	return Folded{text, f.key(text)}
}

// empty says whether nothing is left of a text of which something has to be: every name has letters.
func (f *folding) empty(text string) bool { return f == nameFold && f.key(text) == "" }

// textValue is a text as a value of a type of texts.
func (t *Type) textValue(text string, at spot) (Value, *lang.Diagnostic) {
	if t.fold.empty(text) {
		return nil, at.errorf(code.FactType, "`%s` is no name: a name has a letter or a digit", text)
	}
	return t.fold.value(text), nil
}

// foldOf is the fold of the texts of a type, or of the identities of its kind.
func (t *Type) foldOf() *folding {
	if t.basic == thingType {
		return t.kind.fold
	}
	return t.fold
}

// enumFold is the fold of the texts, or of the listed names, of a type.
func (t *Type) enumFold() *folding {
	if t.basic == enumType {
		return t.enum.fold
	}
	return t.foldOf()
}

// codeKey is a code in capital letters and without blanks.
func codeKey(code string) string {
	if isCodeKey(code) {
		return code
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return firstCase(r)
	}, code)
}

// isCodeKey says whether a code is certainly its own key: it is so of most.
func isCodeKey(code string) bool {
	for i := range len(code) {
		if c := code[i]; c <= ' ' || c >= 'a' && c <= 'z' || c >= 0x7F {
			return false
		}
	}
	return true
}

// firstCase is the first of the letters that differ from one in their case alone: of those of
// English the capital.
func firstCase(r rune) rune {
	first := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		first = min(first, next)
	}
	return first
}

// writtenAs is a text or an identity as it was written.
func writtenAs(v Value) string {
	switch v := v.(type) {
	case Text:
		return string(v)
	case Folded:
		return v.written
	case Choice:
		return v.Name()
	case *Thing:
		return writtenAs(v.ID)
	}
	return ""
}

// keyOfText is the text of a value by which it is equal to others; not ok of what is no text.
func keyOfText(v Value) (key string, ok bool) {
	switch v := v.(type) {
	case Text:
		return string(v), true
	case Folded:
		return v.key, true
	}
	return "", false
}

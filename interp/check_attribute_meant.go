package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// fullStop reports a point at the end of a sentence, which joins the next word to it.
func (k *checker) fullStop(n lang.Name) bool {
	before := k.src.Text[:n.Offset]
	point := strings.LastIndexByte(before, '.')
	if point < 0 || !strings.ContainsAny(before[point:], "\r\n") {
		return false
	}
	d := k.errorf(code.UnknownAttribute, n, "a sentence of the language ends without a full stop")
	d.Span = lang.Span{Start: uint32(point), End: uint32(point) + 1}
	d.Fix = &lang.Fix{Label: "remove it?", Span: d.Span}
	return true
}

// foreignAttribute reports what other languages have as an attribute of a set or a date.
func (k *checker) foreignAttribute(e *lang.Ref, p *path, n lang.Name) bool {
	fact := p.fact()
	switch word := strings.ToLower(n.Text); {
	case p.t.elem != nil && p.t.elem.kind != nil && p.t.elem.kind.index[n.Text] != nil:
		d := k.errorf(code.UnknownAttribute, n, "`%s` is %s: each of its members has `%s`, and none by itself", fact, article(p.t), n.Text)
		d.Notes = append(d.Notes, lang.Note{Text: "that of each member is meant by `some p in " + fact + " has p." + n.Text + " …`, or by `sum of p." + n.Text + " for p in " + fact + "`"})
		return true
	case p.t.elem != nil && (word == "size" || word == "length" || word == "count" || word == "len"):
		return k.insteadOf(e, code.UnknownAttribute, "how many members a set or a list has is asked with `count`", "count("+fact+")")
	case p.t.basic == textType && (word == "size" || word == "length" || word == "len"):
		return k.insteadOf(e, code.UnknownAttribute, "how long a text is, is asked with `length`", "length("+fact+")")
	case p.t.basic == dateType && (word == "year" || word == "month" || word == "day"):
		return k.insteadOf(e, code.UnknownAttribute, "the "+word+" of a date is asked with `"+word+"`", word+"("+fact+")")
	}
	return false
}

// birthOf is the attribute of a kind that is a date of birth; "" where there is none.
func birthOf(kind *Kind) string {
	for _, a := range kind.Attrs {
		if name := strings.ToLower(a.Name); a.Type.basic == dateType && (strings.HasPrefix(name, "born") || strings.HasPrefix(name, "birth") || strings.Contains(name, "of_birth") || name == "dob") {
			return a.Name
		}
	}
	return ""
}

package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// foreignCall reports a function of another language, with what is meant; false where it
// is none that is known.
func (k *checker) foreignCall(e *lang.Call, sc scope) bool {
	name := strings.ToLower(strings.ReplaceAll(e.Fun.Text, "_", ""))
	if len(e.Args) == 0 && slices.Contains(todayWords, name) {
		return k.insteadOf(e, code.UnknownFunction, "there is no function `"+e.Fun.Text+"`: the date of the case is `as_of`", "as_of")
	}
	if len(e.Args) == 0 {
		return false
	}
	x := lang.FormatExpr(e.Args[0])
	unknown := "there is no function `" + e.Fun.Text + "`"
	better := ""
	switch name {
	case "exists", "has", "known", "isknown", "defined", "isdefined", "isset", "present", "notnull", "isnotnull", "hasvalue":
		better = "has " + x
	case "isnull", "isnone", "missing", "isunknown", "unknown", "isundefined":
		better = "not has " + x
	case "age", "ageof", "yearssince", "yearsold":
		if t := k.typeNow(e.Args[0], sc); t != nil && t.basic == thingType {
			born := birthOf(t.kind)
			if born == "" {
				return false
			}
			x += "." + born
		}
		better = "years_between(" + x + ", as_of)"
	case "monthssince":
		better = "months_between(" + x + ", as_of)"
	case "dayssince":
		better = "days_between(" + x + ", as_of)"
	case "date", "todate", "parsedate", "dateof":
		if text, ok := e.Args[0].(*lang.Text); ok && len(lang.DateReadings(text.Value)) == 1 {
			better = lang.DateReadings(text.Value)[0]
		}
	case "datediff", "daysdiff", "yearsdiff", "datedif":
		if len(e.Args) == 2 {
			better = map[bool]string{true: "years", false: "days"}[name == "yearsdiff"] + "_between(" + x + ", " + lang.FormatExpr(e.Args[1]) + ")"
		}
	case "len", "size", "length", "cardinality", "isempty", "empty", "strlen":
		t := k.typeNow(e.Args[0], sc)
		if t == nil {
			return false
		}
		empty := strings.HasSuffix(name, isEmpty)
		switch {
		case t.elem != nil && empty:
			better = x + " is " + isEmpty
		case t.elem != nil:
			better = "count(" + x + ")"
		case empty:
			better = "length(" + x + ") = 0"
		default:
			better = "length(" + x + ")"
		}
	case "avg", "mean":
		better = "average(" + x + ")"
	case "mod", "rem", "modulo":
		if len(e.Args) == 2 {
			better = "remainder(" + x + ", " + lang.FormatExpr(e.Args[1]) + ")"
		}
	default:
		if ref, ok := e.Args[0].(*lang.Ref); ok && len(e.Args) == 1 {
			switch {
			case k.prog.terms[e.Fun.Text] != nil:
				unknown, better = "`"+e.Fun.Text+"` is a term, and no function", lang.FormatExpr(ref)+" is "+e.Fun.Text
			case k.prog.groups[e.Fun.Text] != nil:
				unknown, better = "`"+e.Fun.Text+"` is a group, and no function", lang.FormatExpr(ref)+" in "+e.Fun.Text
			}
		}
	}
	if better == "" {
		return false
	}
	return k.insteadOf(e, code.UnknownFunction, unknown, better)
}

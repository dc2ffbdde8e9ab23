package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/zone"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

// isLocal says whether a function reads the calendar or the clock of a zone.
func isLocal(fn *stdlib.Function) bool { return fn.Name == "local_date" || fn.Name == "local_time" }

// zone checks that a zone is written in the rules, and that there is one such.
func (k *checker) zone(at lang.Expr, o operand) bool {
	switch o := o.(type) {
	case *constant:
		if name, ok := o.v.(Text); ok {
			return k.zoneNamed(at, string(name))
		}
	case *valueOperand:
		for _, of := range o.named.of {
			if name, ok := of.v.(Text); ok && !k.zoneNamed(at, string(name)) {
				return false
			}
		}
		return true
	}
	k.errorf(code.BadArguments, at, "a zone is written in the rules, as a text such as \"Europe/Berlin\" or as a value with a name, so that what its clocks show is known to whoever reads them")
	return false
}

func (k *checker) zoneNamed(at lang.Expr, name string) bool {
	_, err := zone.Load(name)
	if err == nil {
		return true
	}
	d := k.errorf(code.BadArguments, at, "%s: zones are those of the IANA database, such as Europe/Berlin or UTC", err)
	near, ok := lang.Nearest(name, zone.Names())
	for _, known := range zone.Names() {
		if city := known[strings.LastIndexByte(known, '/')+1:]; strings.EqualFold(known, name) || strings.EqualFold(city, strings.ReplaceAll(name, " ", "_")) {
			near, ok = known, true
			break
		}
	}
	if text, written := at.(*lang.Text); ok && written {
		d.Fix = &lang.Fix{Label: "did you mean \"" + near + "\"?", Span: text.Span, Replacement: lang.Quote(near)}
	}
	return false
}

package interview

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Replacements are what the text that a problem is about may have been meant as: what
// its fix says, or the days that a date written as elsewhere may be.
func Replacements(d *lang.Diagnostic) []string {
	if d.Fix != nil {
		return []string{d.Fix.Replacement}
	}
	if d.Source == nil {
		return nil
	}
	return lang.DateReadings(strings.Trim(d.Source.Slice(d.Span), `"`))
}

// Offers are the answers that one which was none may have meant, from the error of Answer: those
// that the question takes.
func (iv *Interview) Offers(err error) []string {
	list, ok := err.(lang.Diagnostics)
	if !ok || len(list) != 1 {
		return nil
	}
	switch list[0].Code {
	case code.UnknownIdentity, code.FactType, code.FactDate:
		return slices.DeleteFunc(Replacements(list[0]), func(text string) bool {
			_, err := iv.now.tell(iv.c.Clone(), text)
			return err != nil
		})
	}
	return nil
}

// Taken is what a line takes of what was offered: yes the only one, a number one of
// several; "" where it takes none.
func Taken(offers []string, line string) string {
	if len(offers) == 1 && isYes(line) {
		return offers[0]
	}
	if n, err := strconv.Atoi(line); err == nil && len(offers) > 1 && n >= 1 && n <= len(offers) {
		return offers[n-1]
	}
	return ""
}

// HowToTake tells how to take what is offered.
func HowToTake(offers []string) string {
	if len(offers) == 1 {
		return "`yes` takes this: " + offers[0] + "\n"
	}
	text := ""
	for i, o := range offers {
		text += fmt.Sprintf("`%d` takes this: %s\n", i+1, o)
	}
	return text
}

package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// become takes over a case to which facts have been added, unless it is too large, or files say
// otherwise.
func (c *Case) become(next *Case) error {
	for _, refuses := range []func() *lang.Diagnostic{next.small, next.agrees} {
		if d := refuses(); d != nil {
			return lang.Diagnostics{d}
		}
	}
	*c = *next
	return nil
}

// small refuses a case that holds more facts than the limit.
func (c *Case) small() *lang.Diagnostic {
	most := c.prog.options.Limits.Facts
	left := most
	for _, t := range c.things {
		t.count(&left)
	}
	c.whole.count(&left)
	for _, v := range c.results {
		countValue(v, &left)
	}
	if left < 0 {
		return spot{}.errorf(code.FactTooLarge, "a case holds at most %d facts, members of lists counted", most)
	}
	return nil
}

// count takes what is known of a thing off what is left.
func (t *Thing) count(left *int) {
	if t.ID != nil {
		*left--
	}
	for _, v := range t.attrs {
		countValue(v, left)
	}
}

func countValue(v Value, left *int) {
	switch v := v.(type) {
	case nil:
	case *Thing:
		v.count(left)
	case Set:
		*left -= len(v) + 1
	case List:
		*left -= len(v) + 1
		for _, m := range v {
			thing, ok := m.(*Thing)
			if !ok || *left < 0 {
				break
			}
			*left++ // its facts count instead
			thing.count(left)
		}
	default:
		*left--
	}
}

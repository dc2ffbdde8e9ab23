package interp

import (
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// Sentences are the facts of a case as a test's given states them.
func (c *Case) Sentences() []string {
	var out []string
	for _, f := range c.Facts() {
		out = append(out, c.sentence(f))
	}
	return out
}

// sentence is a fact as an author says it: an open term's as recipient is vetted.
func (c *Case) sentence(f Fact) string {
	yes, isBool := f.Value.(Bool)
	if seen, ok := c.peek(f.Name); ok && isBool && seen.attr != nil && seen.attr.Open {
		i := strings.LastIndexByte(f.Name, '.')
		switch {
		case i < 0 && bool(yes):
			return f.Name
		case i < 0:
			return "not " + f.Name
		case bool(yes):
			return f.Name[:i] + " is " + strings.TrimPrefix(f.Name[i+1:], "in ")
		default:
			return f.Name[:i] + " is not " + strings.TrimPrefix(f.Name[i+1:], "in ")
		}
	}
	return f.String()
}

// InWords says whether the facts of the case can be told in words, as a test tells them:
// a list of things without an identity is told as JSON.
//
// Unstable: it serves package analysis, and changes with it.
func (c *Case) InWords() bool { return c.prog.NewCase().Tell(c.Sentences()...) == nil }

// AsTest is the case with its decision as a test that can be put into a rule file.
func (c *Case) AsTest(name string, d *Decision) string {
	var b strings.Builder
	fmt.Fprintf(&b, "test %s under %s {\n  as of %s\n", lang.Quote(name), d.Policy.Name, c.Date())
	if facts := c.Sentences(); len(facts) > 0 {
		b.WriteString("  given ")
		width := len("  given ")
		for i, f := range facts {
			if i > 0 {
				b.WriteString(",")
				if width+len(f)+2 > 98 {
					b.WriteString("\n    ")
					width = 4
				} else {
					b.WriteString(" ")
					width += 2
				}
			}
			b.WriteString(f)
			width += len(f)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "  expect %s%s%s\n}\n", d.Answer(), expected(d), required(d))
	return b.String()
}

// expected is what else a test of the decision expects: its rules, or what is possible.
func expected(d *Decision) string {
	switch d.Status {
	case Undetermined:
		names := make([]string, len(d.Possible))
		for i, p := range d.Possible {
			names[i] = p.Name()
		}
		return " between " + strings.Join(names, ", ")
	case Decided:
		labels := make([]string, len(d.Rules))
		for i, r := range d.Rules {
			labels[i] = r.Label
		}
		if len(labels) > 0 {
			return " by " + strings.Join(labels, ", ")
		}
	}
	return ""
}

// required are the obligations that a test of the decision expects, each on a line of
// its own where they are several.
func required(d *Decision) string {
	text := ""
	for i, o := range d.Obligations {
		switch {
		case i > 0:
			text += ",\n      "
		case len(d.Obligations) > 1:
			text = "\n    requiring "
		default:
			text = " requiring "
		}
		text += lang.Quote(o)
	}
	return text
}

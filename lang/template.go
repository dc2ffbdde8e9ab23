package lang

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// said is how the message of a diagnostic was put together.
type said struct {
	format string
	args   []any
}

// Say sets the message, as fmt.Sprintf makes it.
func (d *Diagnostic) Say(format string, args ...any) *Diagnostic {
	d.Message, d.said = fmt.Sprintf(format, args...), said{format, args}
	return d
}

// Add goes on with the message.
func (d *Diagnostic) Add(format string, args ...any) *Diagnostic {
	before, was := d.said, d.Message
	if len(before.args) == 0 && before.format == "" {
		before.format = strings.ReplaceAll(was, "%", "%%")
	}
	d.Message = was + fmt.Sprintf(format, args...)
	d.said = said{before.format + format, append(before.args[:len(before.args):len(before.args)], args...)}
	return d
}

var verb = regexp.MustCompile(`%[-+# 0]*[0-9]*[a-zA-Z%]`)

var braces = strings.NewReplacer("{", "{{", "}", "}}")

// Template is the message apart from its arguments, for programs that translate it: {1}, {2} and
// so on stand in the places of the arguments, and {{ and }} for braces. All problems of one kind have one
// template; a code has several. An argument is a name, a value or a number, a list of names, or what
// Ctl says of one, which is English. FillTemplate makes the message again.
func (d *Diagnostic) Template() (template string, args []string) {
	i := 0
	var b strings.Builder
	rest := d.said.format
	for rest != "" {
		at := verb.FindStringIndex(rest)
		if at == nil {
			break
		}
		b.WriteString(braces.Replace(rest[:at[0]]))
		switch v := rest[at[0]:at[1]]; {
		case v == "%%":
			b.WriteByte('%')
		case i < len(d.said.args):
			args = append(args, fmt.Sprintf(v, d.said.args[i]))
			i++
			fmt.Fprintf(&b, "{%d}", i)
		}
		rest = rest[at[1]:]
	}
	b.WriteString(braces.Replace(rest))
	if template = b.String(); FillTemplate(template, args) != d.Message { // it was set otherwise
		return braces.Replace(d.Message), nil
	}
	return template, args
}

var blanks = regexp.MustCompile(`\{\{|\}\}|\{[0-9]+\}`)

// FillTemplate is a template, be it that of a diagnostic or its translation, with the arguments in their places.
func FillTemplate(template string, args []string) string {
	return blanks.ReplaceAllStringFunc(template, func(s string) string {
		switch s {
		case "{{":
			return "{"
		case "}}":
			return "}"
		}
		if n, err := strconv.Atoi(s[1 : len(s)-1]); err == nil && n >= 1 && n <= len(args) {
			return args[n-1]
		}
		return s
	})
}

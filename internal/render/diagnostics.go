package render

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Diagnostics are the problems that an error of lang or interp reports. An error of
// another sort is a problem without a code.
func Diagnostics(err error) lang.Diagnostics {
	var list lang.Diagnostics
	var one *lang.Diagnostic
	switch {
	case err == nil:
		return nil
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return lang.Diagnostics{one}
	}
	return lang.Diagnostics{{Message: err.Error()}}
}

// mostShown is how many problems are shown: more than anybody mends at once.
const mostShown = 200

// WriteDiagnostics shows the problems with their places, the lines they stand on and
// the fixes, and closes with their count.
func WriteDiagnostics(w io.Writer, ds lang.Diagnostics, st Style) {
	for _, d := range ds[:min(len(ds), mostShown)] {
		writeDiagnostic(w, d, st)
	}
	if n := len(ds) - mostShown; n > 0 {
		fmt.Fprintf(w, "%s not shown\n", plural(n, "further problem"))
	}
	if errs, warnings := count(ds); errs+warnings > 0 {
		fmt.Fprintln(w, Summary(ds))
	}
}

// Summary is the count of problems: 3 errors, 1 warning.
func Summary(ds lang.Diagnostics) string {
	errs, warnings := count(ds)
	var parts []string
	if errs > 0 {
		parts = append(parts, plural(errs, "error"))
	}
	if warnings > 0 {
		parts = append(parts, plural(warnings, "warning"))
	}
	if len(parts) == 0 {
		return "no problems"
	}
	return strings.Join(parts, ", ")
}

// Line is a problem on one line, without its code: for lists that have more to say.
func Line(d *lang.Diagnostic) string {
	line := place(d.Source, d.Span) + plain.Line(d.Message)
	if d.Fix != nil {
		line += " (" + plain.Line(d.Fix.Label) + ")"
	}
	return line
}

func count(ds lang.Diagnostics) (errs, warnings int) {
	for _, d := range ds {
		if d.Code.Severity() == code.Error {
			errs++
		} else {
			warnings++
		}
	}
	return errs, warnings
}

func severity(d *lang.Diagnostic) (word, color string) {
	if d.Code.Severity() == code.Warning {
		return "warning", yellow
	}
	return "error", red
}

func writeDiagnostic(w io.Writer, d *lang.Diagnostic, st Style) {
	word, color := severity(d)
	if d.Code != "" {
		word += "[" + string(d.Code) + "]"
	}
	fmt.Fprintf(w, "%s%s %s\n", st.paint(bold, place(d.Source, d.Span)), st.paint(color, word+":"), plain.Line(d.Message))
	writeSnippet(w, d.Source, d.Span, color, st)
	for _, n := range d.Notes {
		if n.Source == nil {
			fmt.Fprintf(w, "  %s %s\n", st.paint(bold, "= note:"), plain.Line(n.Text))
			continue
		}
		fmt.Fprintf(w, "  %s %s%s\n", st.paint(bold, "= note:"), place(n.Source, n.Span), plain.Line(n.Text))
		writeSnippet(w, n.Source, n.Span, blue, st)
	}
	if d.Fix != nil {
		fmt.Fprintf(w, "  %s %s\n", st.paint(cyan, "= help:"), plain.Line(d.Fix.Label))
	}
}

// factSource is the name that interp gives to a fact told in words. It has one line,
// so line and column would say nothing.
const factSource = "fact"

// place is file:line:col with a colon behind, or nothing where there is no place.
func place(src *lang.Source, span lang.Span) string {
	switch {
	case src == nil:
		return ""
	case src.Name == factSource:
		return "fact: "
	}
	return plain.Line(src.Place(span.Start)) + ": "
}

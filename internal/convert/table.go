package convert

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/lang"
)

// Table is a decision table as `rules from` reads it, and what is known of its facts.
type Table struct {
	Heading   []string
	Rows      [][]string
	Facts     []Fact
	Parties   []Party
	Outcomes  []Outcome // the strictest first
	Decides   string
	Otherwise string
	Notes     []string // for who reads the rules first
}

// Fact is a fact of the table.
type Fact struct{ Role, Attr, Type string }

// Party is a role that stands behind a preposition: its identities, or nil for any.
type Party struct {
	Prep string
	Ids  []string
}

// parties are usual names of roles, by their prepositions.
var parties = map[string]string{"to": "recipient", "from": "origin", "for": "purpose", "by": "actor", "via": "route", "at": "place", "on": "occasion", "with": "partner", "into": "destination"}

// Outcome is an outcome, and how it was called.
type Outcome struct{ Name, Title string }

// Refused is what cannot be converted, with its place.
type Refused struct{ Place, Why string }

func (r Refused) Error() string {
	if r.Place == "" {
		return r.Why
	}
	return r.Place + ": " + r.Why
}

// Refusals are all that cannot be converted.
type Refusals []Refused

// mostRefused is how many of them are told.
const mostRefused = 50

func (rs Refusals) Error() string {
	var lines []string
	for i, r := range rs {
		if i == mostRefused {
			lines = append(lines, fmt.Sprintf("and %d more", len(rs)-i))
			break
		}
		lines = append(lines, plain.Line(r.Error()))
	}
	return strings.Join(lines, "\n")
}

func (rs *Refusals) add(place, format string, args ...any) {
	*rs = append(*rs, Refused{place, fmt.Sprintf(format, args...)})
}

// err is the refusals, if there are any.
func (rs Refusals) err() error {
	if len(rs) == 0 {
		return nil
	}
	return rs
}

// WriteCSV writes the table.
func (t *Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write(t.Heading)
	for _, row := range t.Rows {
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// Rules is a first vocabulary for the table, with the policy that reads it from a file.
func (t *Table) Rules(policy, file string) string {
	var b strings.Builder
	for _, note := range t.Notes {
		fmt.Fprintf(&b, "# %s\n", plain.Line(note))
	}
	b.WriteString("outcomes")
	for i, o := range t.Outcomes {
		if i > 0 {
			b.WriteString(" >")
		}
		b.WriteString(" " + o.Name)
		if o.Title != "" && o.Title != o.Name {
			b.WriteString(" " + lang.Quote(o.Title))
		}
	}
	b.WriteString("\n\n")
	for _, unit := range t.currencies() {
		fmt.Fprintf(&b, "unit %s of money\n", unit)
	}
	for _, role := range t.roles() {
		fmt.Fprintf(&b, "kind %s {\n", capital(role))
		for _, f := range t.Facts {
			if f.Role == role {
				fmt.Fprintf(&b, "  %s: %s\n", f.Attr, f.Type)
			}
		}
		b.WriteString("}\n")
	}
	for _, p := range t.Parties {
		fmt.Fprintf(&b, "kind %s = %s\n", capital(parties[p.Prep]), cmp.Or(strings.Join(p.Ids, " | "), "text"))
	}
	for _, role := range t.roles() {
		fmt.Fprintf(&b, "role %s: %s\n", role, capital(role))
	}
	for _, p := range t.Parties {
		fmt.Fprintf(&b, "role %s %s: %s\n", p.Prep, parties[p.Prep], capital(parties[p.Prep]))
	}
	fmt.Fprintf(&b, "\npolicy %s decides by %s {\n  rules from %s\n", policy, t.Decides, lang.Quote(file))
	if t.Otherwise != "" {
		fmt.Fprintf(&b, "  otherwise %s\n", t.Otherwise)
	}
	b.WriteString("}\n")
	return b.String()
}

// capital is the name of a role's kind.
func capital(role string) string {
	first, size := utf8.DecodeRuneInString(role)
	return string(unicode.ToUpper(first)) + role[size:] + map[bool]string{true: "_"}[unicode.ToUpper(first) == first]
}

func (t *Table) roles() (roles []string) {
	for _, f := range t.Facts {
		if !slices.Contains(roles, f.Role) {
			roles = append(roles, f.Role)
		}
	}
	return roles
}

// currencies are the units of money that cells use, which the rules declare.
func (t *Table) currencies() (units []string) {
	for _, f := range t.Facts {
		if f.Type != "money" {
			continue
		}
		i := slices.Index(t.Heading, f.Role+"."+f.Attr)
		for _, row := range t.Rows {
			for _, v := range values(row[i]) {
				if u := unitOf(v); u != "" && !slices.Contains(units, u) {
					units = append(units, u)
				}
			}
		}
	}
	return units
}

// Name is a name of the language for a text: its letters and digits, in small letters, joined by
// underscores. It is "" where nothing is left.
func Name(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		default:
			gap = true
		}
	}
	name := b.String()
	if name != "" && !lang.IsName(name) {
		name += "_"
	}
	if !lang.IsName(name) {
		return ""
	}
	return name
}

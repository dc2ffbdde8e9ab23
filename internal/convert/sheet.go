package convert

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// Clauses are the headings of a table of rules that are no facts.
var Clauses = []string{"label", "outcome", "when", "unless", "notwithstanding", "subject to", "requiring", "because", "source", "from", "until"}

// mostChoices is of how many different words an enumeration is guessed.
const mostChoices = 40

// Sheet guesses the vocabulary of a table in which people wrote rules: its rows stand below a heading
// of facts in any words, and one of the clauses.
func Sheet(heading []string, rows [][]string) (*Table, error) {
	t := &Table{Decides: "first", Rows: rows}
	var wrong Refusals
	t.Notes = []string{
		"The vocabulary is guessed from the headings and cells of the table: correct it, and order the outcomes, the strictest first.",
		"The first row that applies decides: write another way behind `decides by` where that is meant.",
	}
	outcome := -1
	seen := map[string]bool{}
	for i, h := range heading {
		name := h
		lower := strings.ToLower(strings.TrimSpace(h))
		switch {
		case slices.Contains(Clauses, lower):
			name = lower
			if lower == "outcome" {
				outcome = i
			}
		case slices.Contains(lang.Prepositions(), lower):
			name = lower
			t.Parties = append(t.Parties, Party{lower, identities(column(rows, i))})
		case strings.HasPrefix(h, "#"):
		case h == "":
			wrong.add(place(i, 1), "a heading is missing here")
			continue
		default:
			f := Fact{Role: "item", Attr: Name(h)}
			if role, attr, ok := strings.Cut(h, "."); ok && lang.IsName(role) && lang.IsName(attr) {
				f.Role, f.Attr = role, attr
			}
			if f.Attr == "" {
				wrong.add(place(i, 1), "no name can be made of the heading `%s`", h)
				continue
			}
			f.Type = guess(column(rows, i))
			name = f.Role + "." + f.Attr
			t.Facts = append(t.Facts, f)
			if name != h {
				t.Notes = append(t.Notes, fmt.Sprintf("`%s` is %s", h, name))
			}
		}
		if seen[name] {
			wrong.add(place(i, 1), "the heading `%s` is the same as one before it, as a name", h)
		}
		seen[name] = true
		t.Heading = append(t.Heading, name)
	}
	if outcome < 0 {
		wrong.add("", "no heading is `outcome`: call the column so that says what each row comes to")
		return nil, wrong
	}
	t.outcomes(outcome, &wrong)
	return t, wrong.err()
}

// identities are those that phrases name, if they are names of the language; nil where they are not.
func identities(cells []string) (ids []string) {
	for _, cell := range cells {
		for _, v := range values(cell) {
			if !lang.IsName(v) {
				return nil
			}
			if !slices.Contains(ids, v) {
				ids = append(ids, v)
			}
		}
	}
	return ids
}

// outcomes are those in a column, as names.
func (t *Table) outcomes(column int, wrong *Refusals) {
	for n, row := range t.Rows {
		text := row[column]
		name := text
		if !lang.IsName(text) {
			name = Name(text)
		}
		if name == "" {
			wrong.add(place(column, n+2), "no outcome can be made of `%s`", text)
			continue
		}
		row[column] = name
		i := slices.IndexFunc(t.Outcomes, func(o Outcome) bool { return o.Name == name })
		switch {
		case i < 0:
			t.Outcomes = append(t.Outcomes, Outcome{name, text})
		case t.Outcomes[i].Title != text:
			wrong.add(place(column, n+2), "`%s` and `%s` would be one outcome, `%s`", text, t.Outcomes[i].Title, name)
		}
	}
}

// place is a column and a row of a table, from 1.
func place(column, row int) string { return fmt.Sprintf("column %d, row %d", column+1, row) }

func column(rows [][]string, i int) (cells []string) {
	for _, row := range rows {
		cells = append(cells, row[i])
	}
	return cells
}

var (
	isNumber   = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	isQuantity = regexp.MustCompile(`^-?\d+(?:\.\d+)? ?([\pL%][\pL\d/]*)$`)
	isDay      = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	relation   = regexp.MustCompile(`^(?:not |>=|<=|!=|>|<|=)\s*`)
)

// values are the values that a cell names.
func values(cell string) (out []string) {
	cell = relation.ReplaceAllString(strings.TrimSpace(cell), "")
	for part := range strings.SplitSeq(cell, ",") {
		for side := range strings.SplitSeq(part, "..") {
			for bound := range strings.SplitSeq(side, " and ") {
				if v := strings.TrimSpace(relation.ReplaceAllString(strings.TrimSpace(bound), "")); v != "" && v != "-" {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

func unitOf(value string) string {
	if m := isQuantity.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	return ""
}

// dimensions are what usual units measure.
var dimensions = map[string]string{
	"mm": "length", "cm": "length", "m": "length", "km": "length", "g": "mass", "kg": "mass", "t": "mass", "N": "force", "K": "temperature", "Pa": "pressure",
	"eur": "money", "usd": "money", "gbp": "money", "chf": "money", "jpy": "money", "EUR": "money", "USD": "money", "GBP": "money", "CHF": "money", "JPY": "money",
}

// guess is the type of a column.
func guess(cells []string) string {
	var all []string
	for _, cell := range cells {
		all = append(all, values(cell)...)
	}
	every := func(is func(string) bool) bool {
		return len(all) > 0 && !slices.ContainsFunc(all, func(v string) bool { return !is(v) })
	}
	dimension := ""
	if len(all) > 0 {
		dimension = dimensions[unitOf(all[0])]
	}
	switch {
	case every(func(v string) bool {
		return slices.Contains([]string{"yes", "no", "true", "false"}, strings.ToLower(v))
	}):
		return "bool"
	case every(isNumber.MatchString):
		return "number"
	case every(isDay.MatchString):
		return "date"
	case dimension != "" && every(func(v string) bool { return dimensions[unitOf(v)] == dimension }):
		return dimension
	case every(lang.IsName):
		slices.Sort(all)
		if all = slices.Compact(all); len(all) > 1 && len(all) <= mostChoices {
			return strings.Join(all, " | ")
		}
	}
	return "text"
}

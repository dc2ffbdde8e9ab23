package session

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/lang"
)

// What kinds, their attributes and groups say of files has no names of a program in it: it is
// completed by the words before the cursor, and by the headings of the file.

// completeData finds what may stand where a declaration says of a file; not ok where it says
// something else.
func (s *Session) completeData(c cursor) (start int, found []candidate, ok bool) {
	d := dataCursor{s: s, start: c.start, tokens: c.tokens}
	if t := c.last(); t.Open && len(c.tokens) > 1 { // a heading is being typed
		d.start, d.tokens, d.quoted = int(t.Start), c.tokens[:len(c.tokens)-1], true
	} else if c.quoted {
		return 0, nil, false
	}
	switch d.tokens[0].Text {
	case "group":
		found, ok = d.group()
	case "kind":
		found, ok = d.kind()
	}
	return d.start, found, ok && (!d.quoted || len(found) > 0 && strings.HasPrefix(found[0].text, `"`))
}

// dataCursor is the end of a declaration that may say of a file.
type dataCursor struct {
	s      *Session
	start  int
	tokens []lang.Token
	quoted bool // a text is being typed
}

// back is the word so many before the cursor; "" where there is none.
func (d *dataCursor) back(n int) string {
	if n > len(d.tokens) {
		return ""
	}
	return d.tokens[len(d.tokens)-n].Text
}

// text says whether a text stands so many words before the cursor, behind one of some words.
func (d *dataCursor) text(n int, behind ...string) bool {
	return strings.HasPrefix(d.back(n), `"`) && slices.Contains(behind, d.back(n+1))
}

// without are words that do not stand in the declaration yet.
func (d *dataCursor) without(of ...string) []candidate {
	return words(slices.DeleteFunc(of, func(word string) bool {
		return slices.ContainsFunc(d.tokens, func(t lang.Token) bool { return t.Text == word })
	}))
}

// group completes what stands behind the kind of a group.
func (d *dataCursor) group() ([]candidate, bool) {
	at := func(word string) int {
		return slices.IndexFunc(d.tokens, func(t lang.Token) bool { return t.Text == word })
	}
	switch {
	case at(":") >= 0:
		return nil, false
	case len(d.tokens) == 2:
		return words([]string{"of"}), true
	case len(d.tokens) == 4 && d.tokens[2].Text == "of":
		return words([]string{"from", "external"}), true
	case d.back(1) == "external":
		return words([]string{"screened"}), true
	case d.back(1) == "screened":
		return words([]string{"at"}), true
	case d.back(1) == "at":
		return words([]string{"0.9"}), true
	case at("from") < 0 || at("screened") >= 0:
		return nil, at("from") >= 0
	case at("where") >= 0:
		return d.where(), true
	case slices.Contains([]string{"column", "since", "until"}, d.back(1)):
		return d.headings(at("from") + 1), true
	case d.text(1, "from"):
		return words([]string{"column", "since", "until", "where", "screened"}), true
	case d.text(1, "column", "since", "until"):
		return d.without("since", "until", "where", "screened"), true
	}
	return nil, true
}

// where completes the condition on the rows of a file.
func (d *dataCursor) where() []candidate {
	compared := []string{"=", "!=", "like", "in", ","}
	switch last := d.back(1); {
	case last == "not" && strings.HasPrefix(d.back(2), `"`):
		return words([]string{"in", "like"})
	case slices.Contains([]string{"where", "and", "or", "not"}, last), last == "(" && d.back(2) != "in":
		from := slices.IndexFunc(d.tokens, func(t lang.Token) bool { return t.Text == "from" })
		return append(d.headings(from+1), words([]string{"not"})...)
	case d.text(1, compared...), last == ")":
		return words([]string{"and", "or", "screened"})
	case d.text(1, "where", "and", "or", "not") || d.text(1, "(") && d.back(3) != "in":
		return words([]string{"=", "!=", "in", "like", "not"})
	}
	return nil
}

// kind completes what a kind says of a file, and its attributes.
func (d *dataCursor) kind() ([]candidate, bool) {
	body := slices.IndexFunc(d.tokens, func(t lang.Token) bool { return t.Text == "{" })
	file := slices.IndexFunc(d.tokens, func(t lang.Token) bool { return t.Text == "from" }) + 1
	switch {
	case body >= 0:
		return d.attribute(body, file)
	case len(d.tokens) == 2:
		return words([]string{"also", "from"}), true
	case d.back(1) == "=":
		return words([]string{"text", "code", "name"}), true
	case d.back(2) == "=" && slices.Contains([]string{"text", "code", "name"}, d.back(1)):
		return words([]string{"from"}), true
	case d.back(1) == "column":
		return d.headings(file), true
	case d.text(1, "from"):
		return words([]string{"column", "open"}), true
	case d.text(1, "column"):
		return words([]string{"open"}), true
	}
	return nil, false
}

// attribute completes what an attribute says of a file, in the body of a kind whose own file, if it
// has one, is a token.
func (d *dataCursor) attribute(body, file int) ([]candidate, bool) {
	name := len(d.tokens) - 1 // of the attribute
	for name > body && d.tokens[name].Text != ":" {
		name--
	}
	from := len(d.tokens) - 1
	for from > name && d.tokens[from].Text != "from" {
		from--
	}
	switch {
	case name == body:
		return nil, false
	case from == name: // its type
		last := d.tokens[len(d.tokens)-1]
		complete := len(d.tokens)-1 > name && (last.Kind == lang.TokenName || last.Text == "?" || last.Text == "text") && d.back(2) != "|"
		return words([]string{"from", "sensitive", "json"}), complete
	}
	if from+1 < len(d.tokens) && strings.HasPrefix(d.tokens[from+1].Text, `"`) { // it names a file of its own
		file = from + 1
	} else if file > body { // its kind has none
		file = 0
	}
	switch last := d.back(1); {
	case last == "from":
		return words([]string{"column", "marked", "marks"}), true
	case slices.Contains([]string{"column", "value", "marked"}, last):
		return d.headings(file), true
	case d.text(1, "from"):
		return words([]string{"column", "value", "marked", "marks"}), true
	case d.text(1, "value"), d.text(1, "column") && d.back(3) == "from":
		return words([]string{"split", "in"}), true
	case d.text(1, "column"):
		return words([]string{"value", "marked", "marks"}), true
	}
	return nil, true
}

// mostOfHeading is how much of a file is read for its heading.
const mostOfHeading = 64 << 10

// headings are those of the file that a token names, in quotes.
func (d *dataCursor) headings(file int) []candidate {
	if file < 1 || file >= len(d.tokens) || len(d.tokens[file].Text) < 2 {
		return nil
	}
	name := path.Clean(strings.Trim(d.tokens[file].Text, `"`))
	if info, err := fs.Stat(d.s.opts.FS, name); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := d.s.opts.FS.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostOfHeading))
	if err != nil {
		return nil
	}
	if len(text) == mostOfHeading { // which may end within a character
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	r, err := table.NewReader(text)
	if err != nil {
		return nil
	}
	r.Comments = true
	row, _, err := r.Heading(func([]string) bool { return false }) // by the separator that makes most of it
	if err != nil {
		return nil
	}
	var out []candidate
	for _, cell := range row.Cells() {
		if cell != "" {
			out = append(out, candidate{text: lang.Quote(cell)})
		}
	}
	return out
}

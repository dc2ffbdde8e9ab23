package code

import (
	"embed"
	"sort"
	"strings"
)

// The codes are documented where they are declared, and nowhere else.
//
//go:embed lexis.go syntax.go names.go types.go structure.go claims.go programs.go cases.go warnings.go lints.go looks.go
var codeFiles embed.FS

// Page is what there is to say about a code.
type Page struct {
	Code    Code
	Name    string // RedundantRule
	Occurs  string // when it occurs: "a rule decides cases that ..."
	Text    string // what it means and what to do; may be empty
	Example string // a file, or a condition, that has the problem; may be empty
}

// Explain looks a code up; not ok where there is none.
func Explain(code Code) (Page, bool) {
	for _, e := range Pages() {
		if e.Code == code {
			return e, true
		}
	}
	return Page{}, false
}

// Pages are those of all codes, by code.
func Pages() []Page {
	var out []Page
	files, _ := codeFiles.ReadDir(".")
	for _, f := range files {
		text, _ := codeFiles.ReadFile(f.Name())
		out = append(out, pages(string(text))...)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}

// pages reads the comments above the constants of a file.
func pages(text string) []Page {
	var out []Page
	var doc []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimLeft(line, "\t")
		switch {
		case strings.HasPrefix(line, "//"):
			doc = append(doc, strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
			continue
		case strings.Contains(line, " Code = \"") || strings.Contains(line, "= \"") && strings.Contains(line, "Code"):
			if e, ok := explanation(line, doc); ok {
				out = append(out, e)
			}
		}
		doc = nil
	}
	return out
}

func explanation(line string, doc []string) (Page, bool) {
	name, rest, _ := strings.Cut(line, " ")
	_, code, ok := strings.Cut(rest, "\"")
	code, _, closed := strings.Cut(code, "\"")
	if !ok || !closed || len(doc) == 0 {
		return Page{}, false
	}
	e := Page{Code: Code(code), Name: name}
	e.Occurs = strings.TrimSuffix(strings.TrimPrefix(doc[0], name+" occurs when "), ".")
	var body, example []string
	in := false
	for _, l := range doc[1:] {
		switch {
		case strings.HasPrefix(l, "Example"):
			in = true
		case in:
			example = append(example, strings.TrimPrefix(l, "\t"))
		default:
			body = append(body, l)
		}
	}
	e.Text = strings.TrimSpace(strings.Join(body, "\n"))
	e.Example = strings.Trim(strings.Join(example, "\n"), "\n")
	return e, true
}

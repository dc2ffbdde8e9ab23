package session

import (
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// completeArgument finds what may stand behind a command.
func (s *Session) completeArgument(cmd *command, c cursor) (int, []candidate) {
	x := s.now.prog.index()
	args, start, typed := c.tokens[1:], c.start, c.typed()
	switch cmd.name {
	case "why":
		if len(args) == 0 {
			return start, words([]string{"not"})
		}
		return start, words(x.outcomes)
	case "what":
		if len(args) == 0 {
			return start, words([]string{"if"})
		}
		return s.completeFact(c, int(args[0].End))
	case "as":
		if len(args) == 0 {
			return start, words([]string{"of"})
		}
		return fileStart(c.text), words(s.dates())
	case "flip":
		if len(args) == 1 {
			return start, words([]string{"all"})
		}
	case "diff":
		if i := slices.IndexFunc(args, func(t lang.Token) bool { return t.Text == "when" }); i >= 0 {
			return s.completeFact(c, int(args[i].End))
		}
		if len(args) > 0 {
			return start, append(prefixed(x.policies, typed), candidate{text: "when"})
		}
	case "terms":
		return start, words(x.kinds)
	case "save":
		if len(args) == 0 {
			start = fileStart(c.text)
			return start, append([]candidate{{text: "case"}, {text: "test"}}, files(c.text[start:])...)
		}
	}
	switch cmd.args {
	case toldArgument:
		var told []string
		for _, f := range s.now.c.Facts() {
			told = append(told, f.Name)
		}
		return start, words(told)
	case outcomeArgument:
		return start, words(x.outcomes)
	case policyArgument:
		return start, prefixed(x.policies, typed)
	case attrArgument:
		return start, prefixed(x.facts, typed)
	case labelArgument:
		return start, append(s.labels(typed), append(prefixed(x.shown, typed), candidate{text: "session"})...)
	case fileArgument:
		return fileStart(c.text), files(c.text[fileStart(c.text):])
	case topicArgument:
		var names []string
		for _, t := range topics {
			names = append(names, t.name)
		}
		for _, other := range commands {
			names = append(names, other.name)
		}
		return start, words(names)
	case testArgument:
		return restStart(c.text), testNames(s.now.prog)
	case claimArgument:
		return restStart(c.text), claimNames(s.now.prog)
	}
	return start, nil
}

// fileStart is where the word at the end of a text begins that may be of anything but
// spaces: the name of a file, a date.
func fileStart(text string) int { return strings.LastIndexAny(text, " \t") + 1 }

// restStart is where what follows the first word begins.
func restStart(text string) int {
	trimmed := strings.TrimLeft(text, " \t")
	at := len(text) - len(trimmed) + len(firstWord(trimmed))
	for at < len(text) && text[at] == ' ' {
		at++
	}
	return at
}

func testNames(p *program) []candidate {
	var out []candidate
	for _, t := range p.Tests() {
		out = append(out, candidate{text: t.Name})
	}
	return out
}

func claimNames(p *program) []candidate {
	var out []candidate
	for _, c := range p.Claims() {
		out = append(out, candidate{text: c.Name})
	}
	return out
}

// dates are the days that matter: when policies begin and end.
func (s *Session) dates() []string {
	out := []string{"today"}
	for _, p := range s.now.prog.Policies() {
		from, until := period(p)
		for _, d := range []string{from, until} {
			if d != "" && !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	sort.Strings(out)
	return out
}

// files are the names of files and folders that begin with what is typed.
func files(typed string) []candidate {
	found, err := filepath.Glob(escapeGlob(typed) + "*")
	if err != nil {
		return nil
	}
	var out []candidate
	dir, _ := filepath.Split(typed)
	for _, f := range found {
		f = dir + filepath.Base(f) // the folder as it is typed
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			f += string(filepath.Separator)
		}
		out = append(out, candidate{text: f})
	}
	return out
}

func escapeGlob(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(s)
}

package repl

import (
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// candidate is one way to go on with a line.
type candidate struct {
	text   string
	about  string // its title, shown beside it
	hidden bool   // is offered only once something of it is typed
}

// mostCandidates is how many ways to go on are looked up: more than anybody reads.
const mostCandidates = 500

// Completion is how a line can go on: what stands from Start to the cursor is replaced.
type Completion struct {
	Start      int // in bytes
	Candidates []Candidate
}

// Candidate is one way to go on, with its title.
type Candidate struct{ Text, About string }

// Complete finds what may stand at the end of a text, by what stands before it.
func (s *Session) Complete(text string) Completion {
	if s.talk != nil && s.talk.now != nil {
		return finished(text, valueStart(text), s.valuesOf(s.talk.now.Name))
	}
	start, found := s.complete(text)
	return finished(text, start, found)
}

// finished keeps the candidates that begin with what is typed, letters in either case
// where nothing fits else.
func finished(text string, start int, found []candidate) Completion {
	typed := text[start:]
	out := Completion{Start: start}
	keep := func(fits func(string) bool) {
		seen := map[string]bool{}
		for _, c := range found {
			if len(out.Candidates) < mostCandidates && !seen[c.text] && (!c.hidden || typed != "") && fits(c.text) {
				seen[c.text] = true
				out.Candidates = append(out.Candidates, Candidate{c.text, c.about})
			}
		}
	}
	keep(func(t string) bool { return strings.HasPrefix(t, typed) })
	if len(out.Candidates) == 0 && typed != "" {
		lower := strings.ToLower(typed)
		keep(func(t string) bool {
			return len(t) >= len(typed) && strings.HasPrefix(strings.ToLower(t), lower)
		})
	}
	return out
}

// words are names without titles as candidates.
func words(names []string) []candidate {
	out := make([]candidate, len(names))
	for i, n := range names {
		out[i] = candidate{text: n}
	}
	return out
}

// prefixed are the names of a sorted list that begin with a prefix, or all, if none does.
func prefixed(sorted []string, prefix string) []candidate {
	if found := withPrefix(sorted, prefix); len(found) > 0 {
		return words(found[:min(len(found), mostCandidates)])
	}
	return words(sorted)
}

// wordStart is where the word at the end of a text begins: letters, digits, _ and dots.
func wordStart(text string) int {
	i := len(text)
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if !isWordRune(r) {
			break
		}
		i -= n
	}
	return i
}

func isWordRune(r rune) bool {
	return r == '_' || r == '.' || r == '/' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
}

// valueStart is where the value at the end of a text begins: behind the last equals
// sign or comma, so that names of several words can be completed.
func valueStart(text string) int {
	i := strings.LastIndexAny(text, "=,") + 1
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}

func (s *Session) complete(text string) (start int, found []candidate) {
	start = wordStart(text)
	before := text[:start]
	x := s.now.prog.index()
	if strings.TrimSpace(before) == "" {
		return start, prefixed(x.starters, text[start:])
	}
	if inQuotes(before) {
		return start, nil
	}
	trimmed := strings.TrimLeft(text, " \t")
	if cmd, _, ok := s.command(trimmed); ok && strings.ContainsAny(before, " \t") {
		return s.completeArgument(cmd, text, start)
	}
	if isDeclaration(strings.TrimSpace(trimmed)) || s.isItem(strings.TrimSpace(trimmed)) {
		return start, s.completeRule(before, text[start:])
	}
	switch firstWord(trimmed) {
	case "repeal", "replace", "otherwise", "section":
		return start, s.completeRule(before, text[start:])
	}
	return s.completeFact(text, start)
}

// inQuotes says whether the end of a text stands in quotes.
func inQuotes(text string) bool {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case quoted && text[i] == '\\':
			i++
		case text[i] == '"':
			quoted = !quoted
		}
	}
	return quoted
}

// completeArgument finds what may stand behind a command.
func (s *Session) completeArgument(cmd *command, text string, start int) (int, []candidate) {
	x := s.now.prog.index()
	args := strings.Fields(text[:start])[1:]
	typed := text[start:]
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
		return s.completeFact(text, start)
	case "as":
		if len(args) == 0 {
			return start, words([]string{"of"})
		}
		start = strings.LastIndexAny(text, " \t") + 1
		return start, words(s.dates())
	case "flip":
		if len(args) == 1 {
			return start, words([]string{"all"})
		}
	case "diff":
		if slices.Contains(args, "when") {
			return s.completeFact(text, start)
		}
		if len(args) > 0 {
			return start, append(prefixed(x.policies, typed), candidate{text: "when"})
		}
	case "terms":
		return start, words(x.kinds)
	case "save":
		if len(args) == 0 {
			found := append([]candidate{{text: "case"}, {text: "test"}}, files(typed)...)
			return start, found
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
		return start, files(typed)
	case topicArgument:
		var names []string
		for _, t := range topics {
			names = append(names, t.name)
		}
		for _, c := range commands {
			names = append(names, c.name)
		}
		return start, words(names)
	case testArgument:
		return restStart(text), testNames(s.now.prog)
	case claimArgument:
		return restStart(text), claimNames(s.now.prog)
	}
	return start, nil
}

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

// labels are those of the policy's rules that begin with what is typed.
func (s *Session) labels(typed string) []candidate {
	p, err := s.now.by()
	if err != nil {
		return nil
	}
	found := withPrefix(s.now.prog.index().ruleLabels(p), typed)
	return words(found[:min(len(found), mostCandidates)])
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
	for _, f := range found {
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

// comparison are the words between a fact and its value.
var comparison = []string{"=", "!=", "<", "<=", ">", ">="}

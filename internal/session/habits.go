package session

import (
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// elsewhere are words that people of other sessions and of shells type, and what is
// typed here. Behind the word may stand what %s stands for; where there is no %s, the
// word has to stand alone.
var elsewhere = map[string]string{
	"h": "help %s", "man": "help %s", "commands": "help", "usage": "help",
	"x": "quit", "logout": "quit", "close": "quit",
	"i": "replay %s", "read": "replay %s", "include": "replay %s", "source": "replay %s",
	"e": "edit %s", "s": "history", "l": "use", "policies": "use", "series": "use",
	"d": "show %s", "t": "show %s", "dt": "kinds", "type": "show %s", "info": "show %s", "describe": "show %s", "desc": "show %s", "print": "show %s", "inspect": "show %s",
	"display": "show %s", "view": "show %s", "rule": "show %s",
	"explain": "why", "reason": "why", "reasons": "why",
	"status": "decide", "result": "decide", "answer": "decide", "decision": "decide", "run": "decide", "go": "decide",
	"set": "%s", "let": "%s", "tell": "%s", "given": "%s", "assume": "%s", "assert": "%s",
	"unset": "forget %s", "delete": "forget %s", "del": "forget %s", "remove": "forget %s", "drop": "forget %s",
	"open": "load %s", "write": "save %s", "w": "save %s",
	"compare": "diff %s", "verify": "prove %s", "tests": "test", "lint": "check", "claims": "prove",
	"vars": "facts", "variables": "facts", "values": "facts", "case": "facts",
	"schema": "kinds", "fields": "kinds", "attributes": "kinds", "vocabulary": "kinds", "tables": "kinds",
	"as_of": "as of %s", "asof": "as of %s", "date": "as of %s", "questions": "ask", "interview": "ask", "missing": "needs",
}

// alone are inputs of one meaning that have more than a word or less.
var alone = map[string]string{
	`\?`: "help", ":?": "help", "-h": "help", "--help": "help", "set": "facts", "d": "kinds", "rule": "rules", "date": "as of",
	"reset all": "reset", "clear facts": "reset", "clear all": "reset", "forget all": "reset", "forget everything": "reset", "delete all": "reset", "undo all": "reset",
	"show rules": "rules", "show facts": "facts", "show case": "facts", "show terms": "terms", "show groups": "groups", "show kinds": "kinds", "show policies": "use",
	"show sources": "sources", "show tests": "test", "list rules": "rules", "list facts": "facts", "list policies": "use", "list terms": "terms", "list groups": "groups",
	"list kinds": "kinds", "list": "rules", "ask me": "ask", "what is missing": "needs",
}

// hints are said to what the session does not do.
var hints = map[string]string{
	"clear": "Ctrl-L clears the screen; `reset` forgets all facts", "cls": "Ctrl-L clears the screen; `reset` forgets all facts",
	"ls": noShell, "dir": noShell, "pwd": noShell, "cd": noShell, "cat": noShell, "sh": noShell, "shell": noShell, "system": noShell,
	"select": noQuery, "insert": noQuery, "update": noQuery, "create": noQuery,
	"new": "`reset` forgets all facts; `use POLICY` chooses another policy", "restart": "`reset` forgets all facts; `reload` reads the rule files anew",
	"yes": "there is nothing to say yes to: nothing was offered", "y": "there is nothing to say yes to: nothing was offered", "ok": "there is nothing to say yes to: nothing was offered",
	"no": "nothing was asked; `ask` asks for the facts that matter", "back": "`undo` takes the last change back", "stop": "nothing is going on; `quit` leaves", "cancel": "`undo` takes the last change back; Ctrl-C drops a line or stops an analysis",
	"abort": "`undo` takes the last change back; Ctrl-C drops a line or stops an analysis", "more": "the last answer was shown whole", "import": "rules are named where the session begins, as in: ctlrepl rules.ctl; `use MODULE` takes a module in",
}

const (
	noShell = "the session runs no commands of the shell; Ctrl-Z goes back to it, and `fg` to here"
	noQuery = "a fact is told as `item.range = 300 km` is, a question asked as `SLV and vetted` is, and `rules` and `facts` list what there is"
)

// calls is a word that is called like a function, or ends with what ends a line elsewhere.
var calls = regexp.MustCompile(`^([A-Za-z_]+)\s*\(\s*\)$`)

// wants asks what would give an outcome.
var wants = regexp.MustCompile(`(?i)^(?:how (?:do|can|could|would) (?:i|we) get|how to get|what (?:would|could) give|what gives)\s+(?:an? |to )?(\w+)\s*\??$`)

// whyIs asks for the reasons of an outcome.
var whyIs = regexp.MustCompile(`(?i)^why is (?:it|this|the case) (not )?(\w+)\s*\??$`)

// habit is what is typed here for an input of another session's kind, or a hint. A word
// of the rules is none.
func (s *Session) habit(text string) (own, hint string, ok bool) {
	if strings.HasPrefix(text, "!") {
		return "", noShell, true
	}
	plain := strings.TrimSpace(text)
	if ended := strings.TrimRight(plain, "; \t"); ended != plain && !s.endsText(plain) {
		plain = ended
	}
	if m := calls.FindStringSubmatch(plain); m != nil {
		plain = m[1]
	}
	if m := wants.FindStringSubmatch(plain); m != nil && s.isOutcome(m[1]) {
		return "flip " + m[1], "", true
	}
	if m := whyIs.FindStringSubmatch(plain); m != nil && s.isOutcome(m[2]) {
		return "why " + strings.ToLower(m[1]) + m[2], "", true
	}
	marked := len(plain) > 1 && strings.IndexByte(`\:.@`, plain[0]) >= 0 && plain[1] != '.'
	for _, form := range []string{plain, strings.TrimRight(plain, "? ")} {
		if own, found := alone[strings.ToLower(form)]; found && own != text {
			return own, "", true
		}
	}
	if marked {
		if plain[0] == '@' {
			return "replay " + plain[1:], "", true
		}
		if plain = strings.TrimSpace(plain[1:]); strings.HasPrefix(plain, "!") {
			return "", noShell, true
		}
	}
	word := firstWord(plain)
	rest := strings.TrimSpace(plain[len(word):])
	lower := strings.ToLower(word)
	if hint := hints[lower]; (hint == noShell || hint == noQuery) && !s.now.prog.index().known(word) && strings.IndexAny(rest+" ", "=.:") != 0 && firstWord(rest) != "is" || hint == noShell && rest == ".." {
		return "", hint, true
	}
	if word == "" || !marked && (s.now.prog.index().known(word) || startsWithOperator(plain[len(word):]) || s.isItem(plain)) {
		return "", "", false
	}
	bare := strings.TrimSpace(strings.TrimRight(rest, "?"))
	if own, found := alone[strings.TrimSpace(lower+" "+bare)]; found && own != text {
		return own, "", true
	}
	if hint, found := hints[lower]; found && bare == "" && commandNamed(lower) == nil {
		return "", hint, true
	}
	if form, found := elsewhere[lower]; found && (marked || len(word) > 1) {
		takes := strings.Contains(form, "%s")
		switch {
		case lower == "source" && !isFileName(rest), lower == "date" && bare == "":
		case takes && bare != "":
			return strings.ReplaceAll(form, "%s", bare), "", true
		case takes && slices.Contains([]string{"help %s", "diff %s", "prove %s"}, form):
			return strings.TrimSuffix(form, " %s"), "", true
		case !takes && bare == "":
			return form, "", true
		}
	}
	if lower == "q" && rest == "" {
		return "quit", "", true
	}
	return s.ownCommand(text, lower, rest, bare)
}

// ownCommand is a command in other letters, or with what does not belong to it.
func (s *Session) ownCommand(text, word, rest, bare string) (own, hint string, ok bool) {
	c := commandNamed(word)
	if c == nil {
		return "", "", false
	}
	if c.args == outcomeArgument || c.args == factArgument || c.args == noArgument || bare == "" {
		rest = bare
	}
	second := firstWord(rest)
	if lower := strings.ToLower(second); slices.Contains([]string{"not", "if", "of", "case"}, lower) {
		rest = lower + rest[len(second):]
	}
	own = strings.TrimSpace(c.name + " " + rest)
	if s.startsDeclaration(own) || own == text {
		return "", "", false
	}
	return own, "", true
}

// startsDeclaration says whether a text with the word of a command is a declaration all
// the same: use "file", test "name" { ... }.
func (s *Session) startsDeclaration(text string) bool {
	_, _, isCommand := s.command(text)
	return !isCommand
}

// isFileName says whether a word can only be meant as a file.
func isFileName(word string) bool {
	_, err := os.Stat(unquoted(word))
	return word != "" && (err == nil || strings.ContainsAny(word, "./~"))
}

// endsText says whether the end of facts belongs to a text in them, which any mark may end.
func (s *Session) endsText(facts string) bool {
	pieces := s.cutFacts(facts)
	if len(pieces) == 0 {
		return false
	}
	name, _, ok := strings.Cut(pieces[len(pieces)-1], "=")
	if !ok {
		return strings.HasSuffix(facts, `"`)
	}
	return s.isFreeText(strings.TrimSpace(name))
}

// withoutEnd is facts or a condition without the semicolon behind them, which ends a line
// in other sessions.
func (s *Session) withoutEnd(text string) string {
	if ended := strings.TrimRight(text, "; \t"); ended != text && !s.endsText(text) && lang.Tokens(ended) != nil {
		return ended
	}
	return text
}

package session

import (
	"time"

	"github.com/ctl-lang/ctl/interp"
)

// promptWaits is how long a prompt waits for the decision that it is to show, and
// promptHurries behind what was given up.
const (
	promptWaits   = 300 * time.Millisecond
	promptHurries = 20 * time.Millisecond
)

// Standing is the state of the decision in a few words, for the prompt.
func (s *Session) Standing() (policy, words string) {
	p, err := s.now.by()
	switch {
	case err != nil && s.now.policy == "":
		return "no policy", ""
	case err != nil:
		return s.now.policy, "not in force"
	}
	waits := promptWaits
	if s.gaveUp {
		waits = promptHurries
	}
	_, d, err, ok := s.now.decideWithin(waits)
	switch {
	case !ok:
		return p.Name, "..."
	case err != nil:
		return p.Name, "cannot be decided"
	}
	return p.Name, standing(d)
}

func standing(d *interp.Decision) string {
	if d.Status == interp.Undetermined {
		return missing(d)
	}
	return d.Answer()
}

// missing is how many facts are missing, in words.
func missing(d *interp.Decision) string {
	if len(d.Needs) == 0 {
		return string(d.Status)
	}
	return counted(len(d.Needs), "fact missing", "facts missing")
}

// Prompt is what stands before the next input: by which policy is decided and how the
// case stands, as far as that fits into half the width of the terminal.
func (s *Session) Prompt(goesOn bool, width int) string {
	if goesOn {
		return "... "
	}
	if fact, ok := s.Asking(); ok {
		return fact + "? "
	}
	policy, words := s.Standing()
	if s.now.c.Date() != s.opts.Date {
		policy += " " + s.now.c.Date().String()
	}
	prompt := policy
	if words != "" {
		prompt += ": " + words
	}
	for _, shorter := range []string{words, ""} {
		if len(prompt) > width/2 {
			prompt = shorter
		}
	}
	if s.opts.Style.Color && prompt != "" {
		return "\x1b[1m" + prompt + ">\x1b[0m "
	}
	return prompt + "> "
}

// Greeting is what a person sees first: a title for the rules, and how to begin. How to
// leave is left to be said.
func (s *Session) Greeting(title string) string {
	text := contents(s.now.prog) + " of " + title + ", as of " + s.now.c.Date().String() + "\n"
	p, err := s.now.by()
	switch {
	case err != nil:
		text += "There are several policies; `use` lists them, and `use NAME` chooses one.\n"
	case p.Title != "":
		text += p.Name + ": " + p.Title + "\n"
	}
	return text + "Type a fact" + s.forExample(", such as `", "`") + ", a question or a rule; `help` tells more, `ask` asks you"
}

// SetWidth says how many columns answers may have from now on; 0 is as many as they take.
func (s *Session) SetWidth(columns int) { s.opts.Style.Width = columns }

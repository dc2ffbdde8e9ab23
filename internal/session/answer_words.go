package session

import (
	"context"
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// newStanding says where the decision stands, where that is not what it was before.
func (s *Session) newStanding(ctx context.Context, before *interp.Decision) string {
	_, d, err := s.now.decide(ctx)
	if err != nil {
		return ""
	}
	now := standingInFull(d)
	if before != nil && standingInFull(before) == now {
		return ""
	}
	return "-> " + now
}

// standingInFull is a decision in a line.
func standingInFull(d *interp.Decision) string {
	switch d.Status {
	case interp.Undetermined:
		var names []string
		for _, p := range d.Possible {
			names = append(names, p.Name())
		}
		return missing(d) + "; possible: " + strings.Join(names, ", ")
	case interp.Undecided:
		return "undecided: no rule applies"
	case interp.Conflict:
		return "conflict: rules apply together whose outcomes do not rank"
	}
	if d.Outcome.Title != "" {
		return d.Outcome.Name + ": " + d.Outcome.Title
	}
	return d.Outcome.Name
}

// changedFacts says which facts of a case are others than before.
func changedFacts(before, after *interp.Case) []string {
	had := map[string]string{}
	for _, f := range before.Facts() {
		had[f.Name] = f.Value.String()
	}
	var out []string
	for i, f := range after.Facts() {
		if old, ok := had[f.Name]; !ok || old != f.Value.String() {
			line := after.Sentences()[i] + titleOf(f.Value)
			if ok {
				line += ", was " + old
			}
			out = append(out, line)
		}
		delete(had, f.Name)
	}
	for _, f := range before.Facts() {
		if _, gone := had[f.Name]; gone {
			out = append(out, f.Name+" is not known, was "+f.Value.String())
		}
	}
	return out
}

// titleOf is the title of a value that has one, in parentheses.
func titleOf(v interp.Value) string {
	if c, ok := v.(interp.Choice); ok && c.Enum.Choices[c.I].Title != "" {
		return " (" + plain.Line(c.Enum.Choices[c.I].Title) + ")"
	}
	return ""
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// listed is a, b and c.
func listed(words []string, and string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + and + " " + words[len(words)-1]
}

func padTo(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-len([]rune(s))))
}

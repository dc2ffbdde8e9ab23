package interview

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/sensitive"
	"github.com/ctl-lang/ctl/interp"
)

// Talk holds the interview: it writes the questions to out and takes each answer
// from next, which is given the prompt and is not ok at the end of the input. It ends
// when the case is decided, when nothing is left to ask, at the end of the input or
// when the person stops; Decision then holds the answer on what was told. Its errors are those of Policy.Decide.
func Talk(ctx context.Context, iv *Interview, out io.Writer, next func(prompt string) (line string, ok bool)) error {
	for {
		q, err := iv.Next(ctx)
		if err != nil {
			return err
		}
		if q == nil {
			return nil
		}
		fmt.Fprint(out, q.Text(len(iv.turns)+1))
		if stop := iv.ask(ctx, out, next); stop {
			_, err := iv.Next(ctx)
			return err
		}
	}
}

// ask takes lines until one answers the question; true where the person stops.
func (iv *Interview) ask(ctx context.Context, out io.Writer, next func(prompt string) (string, bool)) (stop bool) {
	var offers []string
	for {
		line, ok := next("> ")
		if !ok {
			return true
		}
		line = strings.TrimSpace(line)
		if taken := Taken(offers, line); taken != "" {
			line = taken
		}
		offers = nil
		if line == "" {
			fmt.Fprintf(out, "Answer with %s; or back, why, help, stop.\n", iv.now.Hint())
			continue
		}
		switch iv.now.Word(line) {
		case Stop:
			return true
		case Help:
			fmt.Fprintf(out, "%s\nAnswer with %s.\n%s\n", iv.now.about(), iv.now.Hint(), Words)
			continue
		case Why:
			fmt.Fprintln(out, iv.Why(ctx))
			continue
		case Back:
			if !iv.Back() {
				fmt.Fprintln(out, "This is the first question.")
				continue
			}
			return false
		}
		err := iv.Answer(ctx, line)
		if err == nil {
			iv.echo(out)
			return false
		}
		fmt.Fprintln(out, withoutPlace(err))
		offers = iv.Offers(err)
		fmt.Fprint(out, HowToTake(offers))
	}
}

// echo tells what was understood of the last answer.
func (iv *Interview) echo(out io.Writer) {
	t := iv.turns[len(iv.turns)-1]
	if t.Fact == nil {
		return
	}
	fmt.Fprintf(out, "   %s\n", plain.Line(iv.told()))
	for _, n := range iv.c.Namesakes(t.Question.Name + " = " + t.Question.value(t.Answer)) {
		fmt.Fprintf(out, "   %s\n", plain.Line(n))
	}
}

func isYes(line string) bool {
	l := strings.ToLower(line)
	return l == "y" || l == "yes"
}

func isNo(line string) bool {
	l := strings.ToLower(line)
	return l == "n" || l == "no"
}

// withoutPlace is an error of Answer without the place and the code.
func withoutPlace(err error) string {
	var lines []string
	for _, line := range strings.Split(err.Error(), "\n") {
		if _, rest, ok := strings.Cut(line, ": "); ok && strings.HasPrefix(line, "fact:") {
			line = rest
		}
		if i := strings.LastIndex(line, " ["); i > 0 && strings.HasSuffix(line, "]") {
			line = line[:i]
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// listed is how many choices are listed with the question; more are left to the name.
const listed = 20

// Text is the question with its number, the choices, and how many are left at most.
func (q *Question) Text(number int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d. %s", number, plain.Line(capital(q.Question)))
	if q.AtMost > 1 {
		fmt.Fprintf(&b, "  [at most %d questions left]", q.AtMost)
	} else if q.AtMost == 1 {
		b.WriteString("  [the last question]")
	}
	b.WriteString("\n")
	if q.Form == interp.ChoiceAnswer && len(q.Choices) <= listed {
		for i, c := range q.Choices {
			fmt.Fprintf(&b, "   %2d  %s", i+1, c.Name)
			if c.Title != "" {
				b.WriteString(": " + plain.Line(c.Title))
			}
			b.WriteString("\n")
		}
	}
	fmt.Fprintf(&b, "   (%s: %s)\n", q.Name, q.Hint())
	return b.String()
}

func (q *Question) about() string {
	s := q.Name + " is " + q.Type
	if q.Open {
		s = q.Name + " is decided by a person"
	}
	return s + "."
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Transcript is a record of the interview: what was asked and what was answered, with
// what is sensitive masked unless it is to be told.
func (iv *Interview) Transcript(unmasked bool) string {
	var b strings.Builder
	for i, t := range iv.turns {
		question := t.Question.Question
		if !unmasked {
			question = sensitive.Question(iv.c.Program(), interp.Need{Fact: t.Question.Name, Question: question})
		}
		fmt.Fprintf(&b, "%d. %s\n", i+1, plain.Line(capital(question)))
		switch {
		case t.Fact == nil:
			b.WriteString("   not known\n")
		case !unmasked && t.besides() && sensitive.Tells(iv.c.Program(), t.Fact.Name):
			b.WriteString("   " + sensitive.Mask + "\n")
		case !unmasked && t.Question.Sensitive:
			b.WriteString("   " + t.Question.Name + " = " + sensitive.Mask + "\n")
		case t.besides():
			fmt.Fprintf(&b, "   %s\n", plain.Line(t.Fact.Name))
		default:
			fmt.Fprintf(&b, "   %s\n", plain.Line(t.Fact.String()))
		}
	}
	return b.String()
}

package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/interview"
	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/sensitive"
	"github.com/ctl-lang/ctl/interp"
)

type askCmd struct {
	caseFlags
	Save       string `placeholder:"FILE" help:"Write the case to a JSON file that --facts reads."`
	Transcript string `placeholder:"FILE" help:"Write a record: the questions and answers, the decision and its explanation."`
	Unmasked   bool   `help:"Write what the rules mark as sensitive to these files too. Otherwise --save leaves it out, and --transcript masks it and has no explanation where there is such a fact."`
}

// Help is the long help text.
func (askCmd) Help() string {
	return `Asks for the facts that the decision still hangs on, the one first that leaves least to ask, until the case is decided. What can no longer matter is not asked for. Answers are yes, no, a value with its unit, a country's name or code, a choice by number or name, or unknown; back takes the last answer back, why says what an answer decides, help or ? what can be answered, and stop or quit ends with what is known. Where facts are still missing then, ctl explain --facts says how each rule stands. The questions may be answered from a pipe, a line each. With --json the conversation goes to standard error.

Examples:

    ctl ask -p us2025
    ctl ask -p us2025 item.category=I item.form=space_launch_vehicle recipient=AE
    ctl ask -p us2025 --facts case.json --save case.json --transcript record.txt
`
}

// Run holds the interview.
func (cmd *askCmd) Run(a *App) error {
	policy, c, err := cmd.question(a)
	if err != nil {
		return err
	}
	if err := cmd.mayKeep(); err != nil {
		return err
	}
	out := plain.Writer{W: a.Stdout, Colors: a.OutStyle.Color}
	talk := narrow{out, a.OutStyle.Width}
	if cmd.JSON {
		talk = narrow{a.problems(), a.ErrStyle.Width}
	}
	fmt.Fprintf(talk, "Under %s, as of %s. Answer with a value, unknown, back, why, help or stop.\n", policy.Name, c.Date())
	iv := interview.New(policy, c)
	if err := interview.Talk(context.Background(), iv, talk, a.lines(talk)); err != nil {
		return cannotDecide(err)
	}
	x, err := policy.Explain(context.Background(), iv.Case())
	if err != nil {
		return cannotDecide(err)
	}
	fmt.Fprintln(talk)
	switch {
	case cmd.JSON:
		err = writeJSON(a.Stdout, x)
	case x.Decision.Status == interp.Undetermined:
		render.WriteDecision(out, x, a.OutStyle) // the rules that may apply are many
	default:
		render.WriteExplanation(out, x, a.OutStyle)
	}
	if err == nil {
		err = cmd.keep(a, iv, x)
	}
	return answered(x.Decision, err)
}

// narrow writes for a terminal of some columns whatever is written to it in whole lines.
type narrow struct {
	w     io.Writer
	width int // 0 where there is no terminal
}

// Write writes a text.
func (n narrow) Write(text []byte) (int, error) {
	if _, err := io.WriteString(n.w, render.Narrow(string(text), n.width)); err != nil {
		return 0, err
	}
	return len(text), nil
}

// lines reads an answer at a time. What comes through a pipe is shown behind its
// prompt, as a terminal shows what is typed.
func (a *App) lines(talk io.Writer) func(prompt string) (string, bool) {
	in := bufio.NewScanner(a.Stdin)
	in.Buffer(nil, 1<<20)
	typed := isTerminal(a.Stdin)
	return func(prompt string) (string, bool) {
		fmt.Fprint(talk, prompt)
		if !in.Scan() {
			fmt.Fprintln(talk)
			return "", false
		}
		if !typed {
			fmt.Fprintln(talk, in.Text())
		}
		return in.Text(), true
	}
}

// mayKeep finds out whether the files can be written, before anybody has answered
// a question in vain.
func (cmd *askCmd) mayKeep() error {
	if err := writable(cmd.Save); err != nil {
		return cmd.notSaved(err)
	}
	if err := writable(cmd.Transcript); err != nil {
		return cmd.notRecorded(err)
	}
	return nil
}

func (cmd *askCmd) notSaved(err error) error {
	return usage("cannot save the case in %s: %s", cmd.Save, plainError(err))
}

func (cmd *askCmd) notRecorded(err error) error {
	return usage("cannot write the transcript in %s: %s", cmd.Transcript, plainError(err))
}

// writable says whether a file can be written, if one is named.
func writable(name string) error {
	if name == "" {
		return nil
	}
	return osfile.Writable(name)
}

// keep writes the files that --save and --transcript name, without what is sensitive
// unless that is asked for.
func (cmd *askCmd) keep(a *App, iv *interview.Interview, x *interp.Explanation) error {
	facts, left := iv.Case().Map(), []string(nil)
	if !cmd.Unmasked {
		facts, left = sensitive.Without(iv.Case())
	}
	if cmd.Save != "" {
		facts["as_of"] = iv.Case().Date().String()
		data, err := json.MarshalIndent(facts, "", "  ")
		if err == nil {
			err = osfile.Write(cmd.Save, append(plain.JSON(data), '\n'), 0o600)
		}
		if err != nil {
			return cmd.notSaved(err)
		}
	}
	if cmd.Transcript != "" {
		var b bytes.Buffer
		fmt.Fprintf(&b, "Interview under %s, as of %s\n\n%s\n", x.Decision.Policy.Name, x.Decision.AsOf, iv.Transcript(cmd.Unmasked))
		if len(left) == 0 {
			render.WriteExplanation(&b, x, render.Style{})
		} else { // whose reasons would tell them
			said, d := *x, *x.Decision
			said.Decision, d.Needs = &d, slices.Clone(d.Needs)
			for i, n := range d.Needs {
				d.Needs[i].Question = sensitive.Question(iv.Case().Program(), n)
			}
			render.WriteDecision(&b, &said, render.Style{})
		}
		if err := osfile.Write(cmd.Transcript, []byte(plain.Lines(b.String())), 0o600); err != nil {
			return cmd.notRecorded(err)
		}
	}
	if len(left) > 0 && cmd.Save+cmd.Transcript != "" {
		fmt.Fprintf(narrow{a.problems(), a.ErrStyle.Width}, "Not written, as sensitive: %s (--unmasked writes them too).\n", strings.Join(left, ", "))
	}
	return nil
}

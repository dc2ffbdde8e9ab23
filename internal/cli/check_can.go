package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

// chance is the answer of check --can for one policy, as JSON.
type chance struct {
	Policy  string         `json:"policy"`
	Rule    string         `json:"rule"`
	Outcome string         `json:"outcome"`
	Decides string         `json:"decides"` // "some", "none" or "unknown"
	Case    map[string]any `json:"case"`    // null unless it is some
	Test    string         `json:"test"`    // else ""
	Because string         `json:"because"` // of unknown, else ""
}

// can says of each policy that has a rule of the label whether that decides any case.
func (cmd *checkCmd) can(a *App, out io.Writer, prog *interp.Program) error {
	options, err := cmd.options(prog)
	if err != nil {
		return err
	}
	policies := options.Policies
	if policies == nil {
		policies = prog.Policies()
	}
	ctx, stop := interruptible()
	defer stop()
	var answers []chance
	for _, p := range policies {
		i := slices.IndexFunc(p.Rules(), func(r *interp.Rule) bool { return r.Label == cmd.Can })
		if i < 0 {
			continue
		}
		done := a.progress("looking for a case")
		c, err := analysis.CaseFor(ctx, p, p.Rules()[i], options)
		done()
		if err != nil {
			return notAnalysed(err)
		}
		answers = append(answers, chanceOf(c))
	}
	if answers == nil {
		return fmt.Errorf("no rule is labelled `%s`: %s", cmd.Can, labelsOf(policies))
	}
	if cmd.JSON {
		if err := writeJSON(out, answers); err != nil {
			return err
		}
	} else {
		for _, c := range answers {
			c.write(out)
		}
	}
	if slices.ContainsFunc(answers, func(c chance) bool { return c.Decides != "some" }) {
		return silent(exitProblems)
	}
	return nil
}

func chanceOf(c *analysis.Chance) chance {
	out := chance{Policy: c.Policy.Name, Rule: c.Rule.Label, Outcome: c.Rule.Outcome.Name, Decides: "unknown", Because: c.Because}
	switch {
	case c.Case != nil:
		out.Decides, out.Case = "some", c.Case.Map()
		out.Test = c.Case.AsTest("decided by "+c.Rule.Label, c.Decision)
	case c.Never:
		out.Decides = "none"
	}
	return out
}

func (c chance) write(out io.Writer) {
	switch c.Decides {
	case "some":
		fmt.Fprintf(out, "`%s` decides under `%s` in this case:\n\n", c.Rule, c.Policy)
		render.WriteSource(out, c.Test, "  ")
	case "none":
		fmt.Fprintf(out, "`%s` decides no case under `%s`\n", c.Rule, c.Policy)
	default:
		fmt.Fprintf(out, "it is not known whether `%s` decides any case under `%s`: %s\n", c.Rule, c.Policy, c.Because)
	}
}

// labelsOf lists the labels of the rules of some policies.
func labelsOf(policies []*interp.Policy) string {
	var labels []string
	for _, p := range policies {
		for _, r := range p.Rules() {
			labels = append(labels, "`"+r.Label+"`")
		}
	}
	slices.Sort(labels)
	labels = slices.Compact(labels)
	const most = 20
	if len(labels) > most {
		labels = append(labels[:most], fmt.Sprintf("and %d more", len(labels)-most))
	}
	return "there are " + strings.Join(labels, ", ")
}

package cli

import (
	"io"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

type diffCmd struct {
	Words    []string `arg:"" optional:"" name:"file-or-policy" help:"Rule files, folders or -, and then the old and the new policy or series, each with @DATE where it is to be looked at on a day of its own."`
	Old      string   `placeholder:"FILE" help:"The older version of the rule files: compares the policy of -p in it with that in the files named."`
	Policy   string   `short:"p" placeholder:"POLICY" help:"With --old: the policy or series to compare, by default the only one."`
	AsOf     string   `name:"as-of" placeholder:"DATE" help:"The date (YYYY-MM-DD) of a policy without @DATE; by default today."`
	Only     string   `placeholder:"DIRECTION" help:"Only what becomes looser, only what becomes stricter, or only the obligations of what is answered as before."`
	Where    string   `placeholder:"COND" help:"Only the cases in which this condition holds."`
	Focus    []string `placeholder:"FACT,..." help:"Say the cases in terms of these facts alone."`
	Over     string   `placeholder:"FILE" help:"Compare over recorded cases instead of all possible ones: facts as JSON, a case on each line, or a .csv table. Each is decided as of its own date, unless --as-of or @DATE is given."`
	Most     int      `placeholder:"N" help:"List at most N groups of each change, and how much the rest of it is; by default all of them."`
	Markdown bool     `help:"Print Markdown."`
	memberFlags
	jsonFlag
}

// Help is the long help text.
func (diffCmd) Help() string {
	return `Every possible case that the two policies answer differently, or with other obligations, is found, and they are put into few groups: from which answer to which, whether that is looser or stricter, when, by which rules on both sides, which obligations are lost and gained, with an example, and how large the group is. Shares count listed values and countries each and an interval of numbers once. Rules that are renamed or reordered are no difference. The exit status is 3 if there is a difference, and 1 if an example is not borne out by deciding it, which a note then tells.

Examples:

    ctl diff us1993 us2025 --as-of 2025-01-03
    ctl diff us1993@1994-01-01 us1993@2017-01-01
    ctl diff us1993 us2025 --only looser --where 'recipient not in Member' --focus item.form,program.purpose
    ctl diff guidelines us2025 --markdown
    ctl diff --old old.ctl rules.ctl -p export
    ctl diff --old old.ctl rules.ctl --over cases.csv
`
}

// comparison is the two policies of a command line.
type comparison struct {
	prog             *interp.Program // of the new policy
	old, new         interp.Dated
	oldName, newName string
	dated            bool // the command line says as of when
	rebased          *interp.Rebased
}

// Run compares policies.
func (cmd *diffCmd) Run(a *App, out io.Writer) error {
	if err := cmd.checkFlags(); err != nil {
		return err
	}
	c, err := cmd.compared(a)
	if err != nil {
		return err
	}
	opts, err := cmd.options(c)
	if err != nil {
		return err
	}
	if cmd.Over != "" {
		return cmd.overCases(a, out, c, opts)
	}
	ctx, stop := interruptible()
	defer stop()
	done := a.progress("comparing %s with %s", c.old.Policy.Name, c.new.Policy.Name)
	d, err := analysis.Diff(ctx, c.old, c.new, opts)
	done()
	if err != nil {
		return notAnalysed(err)
	}
	if c.rebased != nil {
		d.Notes = append(d.Notes, c.rebased.Notes...)
	}
	shown := render.Difference{Difference: d, OldName: c.oldName, NewName: c.newName, Where: cmd.Where}
	switch {
	case cmd.JSON:
		err = writeJSON(out, render.DiffJSON(shown))
	case cmd.Markdown:
		render.WriteDiffMarkdown(out, shown)
	default:
		render.WriteDiff(out, shown, a.OutStyle)
	}
	switch {
	case err == nil && d.Mistaken:
		err = silent(exitProblems)
	case err == nil && !d.Equal:
		err = silent(exitUndecided)
	}
	return err
}

// directions are those that --only takes.
var directions = []string{string(analysis.Looser), string(analysis.Stricter), string(analysis.Obligations)}

func (cmd *diffCmd) checkFlags() error {
	switch {
	case cmd.Only != "" && !slices.Contains(directions, cmd.Only):
		return usage("--only: give looser, stricter or obligations, not %s", cmd.Only)
	case cmd.Most < 0:
		return usage("--most: give how many groups to list, not %d", cmd.Most)
	case cmd.Markdown && cmd.JSON:
		return usage("give --markdown or --json, not both")
	case cmd.Policy != "" && cmd.Old == "":
		return usage("-p goes with --old; two policies of one program are named one behind the other, as in `ctl diff us1993 us2025`")
	case cmd.Over != "" && len(cmd.Focus) > 0:
		return usage("--focus says groups of possible cases; recorded ones are shown each")
	}
	return nil
}

// compared loads the two policies.
func (cmd *diffCmd) compared(a *App) (*comparison, error) {
	on, err := a.day(cmd.AsOf)
	if err != nil {
		return nil, err
	}
	if cmd.Old != "" {
		return cmd.versions(a, on)
	}
	n := len(cmd.Words) - 2
	if n < 0 || isRuleFile(cmd.Words[n]) || isRuleFile(cmd.Words[n+1]) {
		return nil, usage("name the two policies to compare, behind the rule files: the old one and the new one")
	}
	prog, err := a.load(cmd.Words[:n], cmd.memberFlags)
	if err != nil {
		return nil, err
	}
	c := &comparison{prog: prog, oldName: cmd.Words[n], newName: cmd.Words[n+1], dated: cmd.AsOf != "" || strings.Contains(cmd.Words[n]+cmd.Words[n+1], "@")}
	if c.old, err = datedPolicy(prog, c.oldName, on); err != nil {
		return nil, err
	}
	if c.new, err = datedPolicy(prog, c.newName, on); err != nil {
		return nil, err
	}
	c.oldName, c.newName = withSeries(c.oldName, c.old), withSeries(c.newName, c.new)
	return c, nil
}

// versions loads one policy out of two versions of the rule files.
func (cmd *diffCmd) versions(a *App, on interp.Date) (*comparison, error) {
	for _, w := range cmd.Words {
		if !isFile(w) {
			return nil, usage("there is no file or folder %s: with --old, name the newer rule files, and the policy with -p", w)
		}
	}
	if cmd.Old == "-" && slices.Contains(cmd.Words, "-") {
		return nil, usage("standard input can hold one version of the rules, not both")
	}
	before, prog, err := a.loadVersions([]string{cmd.Old}, cmd.Words, cmd.memberFlags)
	if err != nil {
		return nil, err
	}
	c := &comparison{prog: prog, dated: cmd.AsOf != "" || strings.Contains(cmd.Policy, "@")}
	if c.old, err = datedPolicy(before, cmd.Policy, on); err != nil {
		return nil, inFile(err, cmd.Old)
	}
	if c.new, err = datedPolicy(prog, cmd.Policy, on); err != nil {
		return nil, inFile(err, strings.Join(cmd.Words, ", "))
	}
	c.oldName, c.newName = c.old.Policy.Name+" in "+cmd.Old, c.new.Policy.Name+" in "+strings.Join(cmd.Words, ", ")
	if len(cmd.Words) == 0 {
		c.newName = c.new.Policy.Name + " in the embedded rules"
	}
	if c.rebased, err = prog.Rebase(c.old.Policy); err != nil {
		return nil, &failure{exitProblems, err}
	}
	c.old.Policy = c.rebased.Policy
	return c, nil
}

// datedPolicy is a policy or series named on the command line, with @DATE or without.
func datedPolicy(prog *interp.Program, word string, on interp.Date) (interp.Dated, error) {
	name, date, own := strings.Cut(word, "@")
	if own {
		day, err := interp.ParseDate(date)
		if err != nil {
			return interp.Dated{}, usage("%s: %s", word, err)
		}
		on = day
	}
	p, err := prog.PolicyOn(name, on)
	if err != nil {
		return interp.Dated{}, &failure{exitUsage, addHint(err, "name it with -p")}
	}
	return interp.Dated{Policy: p, On: on}, nil
}

// withSeries is a word for a policy, with the policy's name where the word names a series.
func withSeries(word string, p interp.Dated) string {
	name, _, _ := strings.Cut(word, "@")
	if name == p.Policy.Name {
		return name
	}
	return p.Policy.Name + " (" + name + ")"
}

// inFile tells in which files a policy was looked for.
func inFile(err error, files string) error {
	if files == "" {
		files = "the embedded rules"
	}
	for _, d := range render.Diagnostics(err) {
		d.Notes = append(d.Notes, lang.Note{Text: "looked for in " + files})
	}
	return err
}

// isRuleFile says whether a word is a file by its form and can be no policy.
func isRuleFile(word string) bool {
	return word == "-" || strings.HasSuffix(word, ".ctl") || strings.Contains(word, "/")
}

// options are what of the difference is asked for.
func (cmd *diffCmd) options(c *comparison) (analysis.DiffOptions, error) {
	opts := analysis.DiffOptions{Only: analysis.Direction(cmd.Only), Focus: cmd.Focus, Groups: cmd.Most}
	if c.rebased != nil {
		opts.OldConstraints = c.rebased.Constraints
	}
	probe := c.prog.NewCase()
	for _, fact := range cmd.Focus {
		if _, err := probe.Lookup(fact); err != nil {
			return opts, &failure{exitUsage, err}
		}
	}
	if cmd.Where != "" {
		cond, err := c.prog.Condition(cmd.Where)
		if err != nil {
			return opts, &failure{exitUsage, err}
		}
		opts.Where = cond
	}
	return opts, nil
}

// overCases compares over recorded cases.
func (cmd *diffCmd) overCases(a *App, out io.Writer, c *comparison, opts analysis.DiffOptions) error {
	ctx, stop := interruptible()
	defer stop()
	cases, names, err := a.recordedCases(ctx, cmd.Over, c.prog)
	if err != nil {
		return err
	}
	today, err := a.day("")
	if err != nil {
		return err
	}
	for _, x := range cases {
		if x.Date() == interp.NoDate {
			x.SetDate(today)
		}
	}
	if opts.Where != nil {
		if cases, names, err = holding(opts.Where, cases, names); err != nil {
			return err
		}
	}
	done := a.progress("deciding %d cases", len(cases))
	d, err := analysis.DiffCases(ctx, c.old, c.new, cases, c.dated)
	done()
	if err != nil {
		return notAnalysed(err)
	}
	if opts.Only != "" {
		keepDirection(d, opts.Only)
	}
	shown := render.CaseDifference{CaseDifference: d, Old: c.old, New: c.new, OldName: c.oldName, NewName: c.newName, Names: names, Only: opts.Only}
	switch {
	case cmd.JSON:
		err = writeJSON(out, render.CaseDiffJSON(shown))
	case cmd.Markdown:
		render.WriteCaseDiffMarkdown(out, shown)
	default:
		render.WriteCaseDiff(out, shown, a.OutStyle)
	}
	switch {
	case err != nil:
		return err
	case len(d.Changed) > 0:
		return silent(exitUndecided)
	case d.Failed > 0:
		return silent(exitUsage)
	}
	return nil
}

// holding are the cases in which a condition is known to hold.
func holding(cond *interp.Cond, cases []*interp.Case, names []string) (in []*interp.Case, called []string, err error) {
	for i, c := range cases {
		truth, err := cond.Truth(c)
		if err != nil {
			return nil, nil, cannotDecide(err)
		}
		if truth == interp.True {
			in, called = append(in, c), append(called, names[i])
		}
	}
	return in, called, nil
}

// keepDirection leaves the changes of one direction.
func keepDirection(d *analysis.CaseDifference, only analysis.Direction) {
	d.Counts = slices.DeleteFunc(d.Counts, func(n analysis.CaseCount) bool { return n.Direction != only })
	d.Changed = slices.DeleteFunc(d.Changed, func(c analysis.ChangedCase) bool { return c.Direction != only })
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// caseFlags say which policy decides which case: what decide and explain have in common.
type caseFlags struct {
	Words  []string `arg:"" optional:"" name:"file-or-fact" help:"Rule files, folders or - and the facts of the case. A word with =, ' is ' or 'not ' is a fact; any other is a file if it ends in .ctl, is -, holds a / or exists, and else a fact."`
	Policy string   `short:"p" placeholder:"POLICY" help:"The policy that decides, or the series; by default the only policy, or the one of the only series that is in force."`
	AsOf   string   `name:"as-of" placeholder:"DATE" help:"The date of the case (YYYY-MM-DD, or today); by default the as_of of the facts file, or today."`
	Facts  string   `placeholder:"FILE" help:"A JSON file of facts, nested by role; - for standard input. Facts given as words take their place."`
	memberFlags
	jsonFlag
}

// words tells the rule files of a command line from the facts.
func (f *caseFlags) words() (files, facts []string) {
	for _, w := range f.Words {
		if !isFact(w) && isFile(w) {
			files = append(files, w)
		} else {
			facts = append(facts, w)
		}
	}
	return files, facts
}

// isFact says whether a word is a fact by its form.
func isFact(word string) bool {
	return strings.Contains(word, "=") || strings.Contains(word, " is ") ||
		strings.HasPrefix(word, "not ") || strings.Contains(word, " not ")
}

// told is the program and the case of a command line.
func (f *caseFlags) told(a *App) (*interp.Program, *interp.Case, error) {
	files, facts := f.words()
	if f.Facts == "-" && slices.Contains(files, "-") {
		return nil, nil, usage("standard input can hold the rules or the facts, not both")
	}
	prog, err := a.load(files, f.memberFlags)
	if err != nil {
		return nil, nil, err
	}
	c, err := f.fill(a, prog, facts)
	return prog, c, err
}

// question is the policy and the case of a command line.
func (f *caseFlags) question(a *App) (*interp.Policy, *interp.Case, error) {
	prog, c, err := f.told(a)
	if err != nil {
		return nil, nil, err
	}
	policy, err := prog.PolicyOn(f.Policy, c.Date())
	if err != nil {
		return nil, nil, &failure{exitUsage, addHint(err, "name it with -p")}
	}
	return policy, c, nil
}

// explain decides the case of a command line.
func (f *caseFlags) explain(a *App) (*interp.Explanation, *interp.Case, error) {
	policy, c, err := f.question(a)
	if err != nil {
		return nil, nil, err
	}
	ctx, stop := interruptible()
	defer stop()
	x, err := policy.Explain(ctx, c)
	if err != nil {
		return nil, nil, cannotDecide(err)
	}
	return x, c, nil
}

// cannotDecide is the error of a case that has no answer: the fault of its facts where
// it breaks a constraint, else of the rules, unless it was interrupted.
func cannotDecide(err error) error {
	var ds lang.Diagnostics
	switch {
	case errors.As(err, &ds):
		return &failure{exitUsage, err}
	case errors.Is(err, context.Canceled):
		return notAnalysed(err)
	}
	return &failure{exitProblems, lang.Diagnostics{{Message: "the case cannot be decided: " + err.Error()}}}
}

// fill is the case with its facts: those of the file, then those given as words.
func (f *caseFlags) fill(a *App, prog *interp.Program, facts []string) (*interp.Case, error) {
	c := prog.NewCase()
	today, err := a.day("")
	if err != nil {
		return nil, err
	}
	c.SetDate(today)
	if f.Facts != "" {
		data, err := a.read(f.Facts, "facts")
		if err != nil {
			return nil, usage("cannot read the facts: %s", plainError(err))
		}
		if err := c.ReadJSON(context.Background(), f.Facts, data); err != nil {
			return nil, &failure{exitUsage, err}
		}
	}
	if f.AsOf != "" {
		day, err := a.day(f.AsOf)
		if err != nil {
			return nil, err
		}
		c.SetDate(day)
	}
	if err := c.Tell(facts...); err != nil {
		if whole, ok := cutByShell(c, facts); ok {
			return nil, usage("`%s` came as several words: put quotes round it, as in '%s'", whole, whole)
		}
		return nil, &failure{exitUsage, noSuchFile(err, facts)}
	}
	for _, fact := range facts {
		for _, n := range c.Namesakes(fact) {
			fmt.Fprintln(a.problems(), "note:", n)
		}
	}
	return c, nil
}

// day is the date that --as-of gives, or today where it gives none.
func (a *App) day(asOf string) (interp.Date, error) {
	if asOf != "" && asOf != "today" {
		day, err := interp.ParseDate(asOf)
		if err != nil {
			return day, usage("--as-of: %s", err)
		}
		return day, nil
	}
	today, err := interp.DateOf(a.Now())
	if err != nil {
		return today, usage("the clock of this machine is wrong: %s", err)
	}
	return today, nil
}

// cutByShell finds words that are a fact together, and not by themselves: those of a fact
// for which the quotes were forgotten.
func cutByShell(c *interp.Case, words []string) (whole string, ok bool) {
	const most = 8 // words of a fact
	for i := range words {
		for end := min(len(words), i+most); end > i+1; end-- {
			if isFact(words[end-1]) {
				continue
			}
			whole = strings.Join(words[i:end], " ")
			if c.Clone().Tell(words[i:end]...) != nil && c.Clone().Tell(whole) == nil {
				return whole, true
			}
		}
	}
	return "", false
}

// noSuchFile tells the reader of an error about a bare word that the word might have
// been meant as a file.
func noSuchFile(err error, facts []string) error {
	var ds lang.Diagnostics
	if !errors.As(err, &ds) {
		return err
	}
	bare := map[string]bool{}
	for _, f := range facts {
		bare[f] = !isFact(f) && !strings.ContainsAny(f, " \t")
	}
	for _, d := range ds {
		if d.Code != code.UnknownFact || d.Source == nil || !bare[d.Source.Text] || d.Fix != nil {
			continue
		}
		word := d.Source.Text
		d.Notes = append(d.Notes, lang.Note{Text: fmt.Sprintf("it was taken for a fact, as there is no file or folder `%s`", word)})
		if near, ok := lang.Nearest(word, filesHere()); ok {
			d.Fix = &lang.Fix{Label: "did you mean the file `" + near + "`?", Span: d.Span, Replacement: near}
		}
	}
	return ds
}

// filesHere are the names in the working folder.
func filesHere() []string {
	entries, err := os.ReadDir(".")
	if err != nil {
		return nil // a suggestion less
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// addHint adds a sentence to a diagnostic about a policy that was not named.
func addHint(err error, hint string) error {
	var d *lang.Diagnostic
	if errors.As(err, &d) && d.Code == code.WhichPolicy {
		d.Notes = append(d.Notes, lang.Note{Text: hint})
	}
	return err
}

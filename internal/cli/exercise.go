package cli

import (
	"io"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

// exerciseFlags ask what the tests exercise.
type exerciseFlags struct {
	Cover   bool `help:"Say which rules, clauses and ways to an answer the tests exercise, and which they do not."`
	Mutate  bool `help:"Change the rules a little in every way, and list the changes that no test notices."`
	Suggest bool `help:"Print the fewest tests that would notice those changes."`
}

func (f exerciseFlags) any() bool { return f.Cover || f.Mutate || f.Suggest }

// exercise is what the tests of a program exercise, as far as it was asked for.
type exercise struct {
	coverage    []*analysis.Coverage
	mutation    *analysis.MutationReport
	suggestions []analysis.Suggestion
}

// look finds what is asked for.
func (f exerciseFlags) look(a *App, prog *interp.Program) (*exercise, error) {
	defer a.progress("looking at what the tests exercise")()
	x := &exercise{}
	var err error
	ctx, stop := interruptible()
	defer stop()
	if f.Cover {
		if x.coverage, err = analysis.Cover(ctx, prog); err != nil {
			return nil, notAnalysed(err)
		}
	}
	if f.Mutate || f.Suggest {
		if x.mutation, err = analysis.Mutate(ctx, prog); err != nil {
			return nil, notAnalysed(err)
		}
	}
	if f.Suggest {
		if x.suggestions, err = analysis.Suggest(ctx, prog, x.mutation); err != nil {
			return nil, notAnalysed(err)
		}
	}
	return x, nil
}

func (f exerciseFlags) print(out io.Writer, x *exercise, st render.Style) {
	if f.Cover {
		render.WriteCoverage(out, x.coverage, st)
	}
	if x.mutation != nil {
		render.WriteMutants(out, x.mutation, st)
	}
	if f.Suggest {
		render.WriteSuggestions(out, x.mutation, x.suggestions, st)
	}
}

// testedJSON is a run of tests for JSON, with what was asked besides.
type testedJSON struct {
	*render.Tests
	Coverage    []render.Coverage   `json:"coverage,omitzero"`
	Mutation    *render.Mutation    `json:"mutation,omitempty"`
	Suggestions []render.Suggestion `json:"suggestions,omitzero"`
}

func (f exerciseFlags) json(runs []*render.TestRun, x *exercise) testedJSON {
	j := testedJSON{Tests: render.TestsJSON(runs)}
	if x == nil {
		return j
	}
	if f.Cover {
		j.Coverage = render.CoverageJSON(x.coverage)
	}
	if x.mutation != nil {
		j.Mutation = render.MutationJSON(x.mutation)
	}
	if f.Suggest {
		j.Suggestions = render.SuggestionsJSON(x.suggestions)
	}
	return j
}

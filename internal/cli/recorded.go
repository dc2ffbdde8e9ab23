package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// recordedCases reads cases that were recorded: a table (.csv or .xlsx), or facts as JSON with a
// case on each line. The names say which case is which.
func (a *App) recordedCases(ctx context.Context, name string, prog *interp.Program) (cases []*interp.Case, names []string, err error) {
	if strings.HasSuffix(strings.ToLower(name), ".csv") || isBook(name) {
		return a.tabledCases(name, prog)
	}
	data, err := a.read(name, "cases")
	if err != nil {
		return nil, nil, usage("cannot read %s: %s", name, plainError(err))
	}
	cases, err = analysis.ReadCases(ctx, prog, name, bytes.NewReader(data))
	switch {
	case errors.Is(err, context.Canceled):
		return nil, nil, notAnalysed(err)
	case err != nil:
		return nil, nil, &failure{exitUsage, err}
	}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if len(bytes.TrimSpace(line)) > 0 {
			names = append(names, fmt.Sprintf("line %d", number))
		}
	}
	return cases, names, nil
}

// tabledCases are the cases of a table's rows.
func (a *App) tabledCases(name string, prog *interp.Program) (cases []*interp.Case, names []string, err error) {
	t, err := a.readTable(name, prog, tableFlags{}, false)
	if err != nil {
		return nil, nil, err
	}
	var problems lang.Diagnostics
	for _, row := range t.rows {
		c, err := row.facts()
		var ds lang.Diagnostics
		if errors.As(err, &ds) {
			problems = append(problems, ds...)
		}
		cases, names = append(cases, c), append(names, row.name())
	}
	if err := problems.Err(); err != nil {
		return nil, nil, &failure{exitUsage, err}
	}
	return cases, names, nil
}

package analysis

import (
	"errors"
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// ErrTooLarge says that an analysis was given up because its diagrams would have
// outgrown the program's Limits.AnalysisNodes or Limits.Memory.
var ErrTooLarge = errors.New("the policies are too large to be analysed exactly")

// tooLarge puts a diagram's error into the words of who set the limits.
func tooLarge(err error) error {
	over := (*dd.BudgetError)(nil)
	switch {
	case errors.As(err, &over):
	case errors.Is(err, dd.ErrBudget):
		return fmt.Errorf("%w: their conditions, or the values that these tell apart, are too many", ErrTooLarge)
	default:
		return err
	}
	if over.What == "bytes" {
		return fmt.Errorf("%w within %d bytes of memory: give the program larger Limits.Memory, or look at part of the cases (a condition, fewer policies)", ErrTooLarge, over.Limit)
	}
	return fmt.Errorf("%w within %d nodes of decision diagram: give the program larger Limits.AnalysisNodes, or look at part of the cases (a condition, fewer policies)", ErrTooLarge, over.Limit)
}

// room is an error where n things of so many bytes take more memory than a program may.
func room(prog *interp.Program, n, bytes int) error {
	if most := prog.Limits().Memory; n > most/bytes {
		return tooLarge(&dd.BudgetError{What: "bytes", Limit: most})
	}
	return nil
}

package analysis

import (
	"errors"
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// DefaultBudget is how many nodes the diagrams of one analysis may have, if its
// options do not say: about 400 MB when they are all used.
const DefaultBudget = 4_000_000

// ErrTooLarge says that an analysis was given up because its diagrams would have
// outgrown their budget.
var ErrTooLarge = errors.New("the policies are too large to be analysed exactly")

// tooLarge puts a diagram's error into the words of who set the budget.
func tooLarge(err error, budget int) error {
	if !errors.Is(err, dd.ErrBudget) {
		return err
	}
	if over := (*dd.BudgetError)(nil); errors.As(err, &over) && over.What == "bytes" {
		return fmt.Errorf("%w within %d bytes of memory: give the program larger Limits.Memory, or look at part of the cases (a condition, fewer policies)", ErrTooLarge, over.Limit)
	}
	return fmt.Errorf("%w within %d nodes of decision diagram: raise the budget, or look at part of the cases (a condition, fewer policies)", ErrTooLarge, budgetOf(budget))
}

func budgetOf(n int) int {
	if n <= 0 {
		return DefaultBudget
	}
	return n
}

// room is an error where n things of so many bytes take more memory than a program may.
func room(prog *interp.Program, n, bytes int) error {
	if most := prog.Limits().Memory; n > most/bytes {
		return tooLarge(&dd.BudgetError{What: "bytes", Limit: most}, 0)
	}
	return nil
}

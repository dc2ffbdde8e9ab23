package analysis

import (
	"errors"
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
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
	return fmt.Errorf("%w within %d nodes of decision diagram: raise the budget, or look at part of the cases (a condition, fewer policies)", ErrTooLarge, budgetOf(budget))
}

func budgetOf(n int) int {
	if n <= 0 {
		return DefaultBudget
	}
	return n
}

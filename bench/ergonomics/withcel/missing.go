package withcel

import (
	"slices"

	"cel.dev/cel-go/common/types"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

// Missing lists what the rules that may apply have not got, unless the answer is the same without.
func Missing(r task.Request) ([]string, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	partial, err := facts(r, members)
	if err != nil {
		return nil, err
	}
	outcomes, names := []string{}, []string{}
	for _, rule := range rules {
		v, _, err := rule.program.Eval(partial)
		if err != nil {
			return nil, err
		}
		if u, ok := v.(*types.Unknown); ok {
			for _, id := range u.IDs() {
				trails, _ := u.GetAttributeTrails(id)
				for _, trail := range trails {
					names = append(names, trail.String())
				}
			}
		}
		if v != types.False {
			outcomes = append(outcomes, rule.Outcome)
		}
		if v == types.True {
			return mattering(outcomes, names), nil
		}
	}
	return mattering(append(outcomes, "permit"), names), nil
}

func mattering(outcomes, names []string) []string {
	if len(slices.Compact(outcomes)) == 1 {
		return nil
	}
	slices.Sort(names)
	return slices.Compact(names)
}

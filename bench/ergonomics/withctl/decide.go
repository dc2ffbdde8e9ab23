package withctl

import (
	"context"
	"fmt"

	"github.com/ctl-lang/ctl/interp"
)

func Decide(category string, km float64, recipient string, vetted bool, applicant string, convicted bool) (string, error) {
	policy, err := load(interp.Options{}, "rules.ctl", "export")
	if err != nil {
		return "", err
	}
	c := policy.Program().NewCase()
	err = c.ReadMap(map[string]any{
		"item":      map[string]any{"category": category, "range": fmt.Sprint(km, " km")},
		"recipient": map[string]any{"id": recipient, "vetted": vetted},
		"applicant": map[string]any{"id": applicant, "convicted": convicted},
	})
	if err != nil {
		return "", err
	}
	return outcome(policy.Decide(context.Background(), c))
}

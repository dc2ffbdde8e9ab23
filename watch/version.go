package watch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// Refused is why a version of the files does not serve.
type Refused struct {
	Tests  []*interp.TestResult // those that failed
	Claims []*analysis.Proof    // those that were not proved

	// Err is a lang.Diagnostics where the files cannot be loaded, else the error of
	// Accept or of the analysis; nil where it is for tests or claims alone.
	Err error
}

// Error tells everything that is wrong.
func (r *Refused) Error() string {
	lines := []string{"this version of the rules is refused"}
	if r.Err != nil {
		lines = append(lines, r.Err.Error())
	}
	for _, t := range r.Tests {
		lines = append(lines, fmt.Sprintf("%s: the test %q fails: %s", t.Test.Site().String(), t.Test.Name, strings.Join(t.Failures, "; ")))
	}
	for _, p := range r.Claims {
		reason := ""
		if p.Reason != "" {
			reason = ": " + p.Reason
		}
		lines = append(lines, fmt.Sprintf("%s: the claim %q is %s%s", p.Claim.Site().String(), p.Claim.Name, p.Status, reason))
	}
	for i, line := range lines {
		lines[i] = plain.Lines(line)
	}
	return strings.Join(lines, "\n")
}

// Unwrap is Err.
func (r *Refused) Unwrap() error { return r.Err }

// Change is one version that took the place of another.
type Change struct {
	Old, New *interp.Program
	Diffs    []Diff // of the policies that were asked for, in that order
}

// Diff is what the change makes of one policy.
type Diff struct {
	Policy string

	// Difference is nil where Err says why there is none: one of the versions does not
	// have the policy, the vocabularies differ too much (a lang.Diagnostics says in what), or
	// the policies are too large for the analysis.
	Difference *analysis.Difference
	Err        error
}

// examine looks at all that is asked of a version. The error is a *Refused.
func (o *Options) examine(ctx context.Context, prog *interp.Program) error {
	bad := &Refused{}
	if o.Accept != nil {
		bad.Err = o.Accept(prog)
	}
	if o.Tests {
		for _, t := range prog.Tests() {
			if r := t.Run(ctx); !r.Passed() {
				bad.Tests = append(bad.Tests, r)
			}
		}
	}
	if o.Claims {
		proofs, err := analysis.ProveAll(ctx, prog.Claims())
		bad.Err = errors.Join(bad.Err, err)
		for _, p := range proofs {
			if p.Status != analysis.Proved {
				bad.Claims = append(bad.Claims, p)
			}
		}
	}
	if bad.Err != nil || len(bad.Tests) > 0 || len(bad.Claims) > 0 {
		return bad
	}
	return nil
}

// compare says what a new version changes.
func (o *Options) compare(ctx context.Context, old, new *interp.Program) *Change {
	c := &Change{Old: old, New: new}
	for _, name := range o.Compare {
		d := Diff{Policy: name}
		d.Difference, d.Err = o.difference(ctx, old, new, name)
		c.Diffs = append(c.Diffs, d)
	}
	return c
}

// day is the date on which versions are compared.
func (o *Options) day() (interp.Date, error) {
	if o.AsOf != nil {
		return o.AsOf(), nil
	}
	return interp.DateOf(time.Now())
}

func (o *Options) difference(ctx context.Context, old, new *interp.Program, name string) (*analysis.Difference, error) {
	on, err := o.day()
	if err != nil {
		return nil, err
	}
	before, err := old.PolicyOn(name, on)
	if err != nil {
		return nil, fmt.Errorf("the old version: %w", err)
	}
	after, err := new.PolicyOn(name, on)
	if err != nil {
		return nil, fmt.Errorf("the new version: %w", err)
	}
	rebased, err := new.Rebase(before)
	if err != nil {
		return nil, err
	}
	return analysis.Diff(ctx, interp.Dated{Policy: rebased.Policy, On: on}, interp.Dated{Policy: after, On: on},
		analysis.DiffOptions{OldConstraints: rebased.Constraints})
}

package rules_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// cell is one of all the cases that the rules can tell apart, but for range and
// payload, which only constraints read, and for dates.
type cell struct {
	category, form, purpose                    string
	recipient                                  string // FR, a member, or AE
	facility, strong, selected                 bool
	before, vetted, international, undertaking bool
}

func (c cell) member() bool    { return c.recipient == "FR" }
func (c cell) categoryI() bool { return c.category == "I" }

// complete says whether the item is a whole rocket or UAV.
func (c cell) complete() bool {
	switch c.form {
	case "ballistic_missile", "cruise_missile", "uav", "space_launch_vehicle", "sounding_rocket":
		return true
	}
	return false
}

// axis is a fact and the values that it takes.
type axis struct {
	fact   string
	values []any
	put    func(*cell, any)
}

var yesNo = []any{false, true}

var axes = []axis{
	{"item.category", []any{"I", "II", "none"}, func(c *cell, v any) { c.category = v.(string) }},
	{"item.form", []any{"ballistic_missile", "cruise_missile", "uav", "space_launch_vehicle", "sounding_rocket",
		"subsystem", "component", "material", "software", "technology", "other"}, func(c *cell, v any) { c.form = v.(string) }},
	{"program.purpose", []any{"military_missile", "space_launch", "uav", "scientific", "civil", "wmd_delivery"},
		func(c *cell, v any) { c.purpose = v.(string) }},
	{"recipient", []any{"FR", "AE"}, func(c *cell, v any) { c.recipient = v.(string) }},
	{"item.production_facility", yesNo, func(c *cell, v any) { c.facility = v.(bool) }},
	{"recipient.strong_controls", yesNo, func(c *cell, v any) { c.strong = v.(bool) }},
	{"recipient.select_partner", yesNo, func(c *cell, v any) { c.selected = v.(bool) }},
	{"program.supported_before_mtcr", yesNo, func(c *cell, v any) { c.before = v.(bool) }},
	{"program.vetted", yesNo, func(c *cell, v any) { c.vetted = v.(bool) }},
	{"program.international", yesNo, func(c *cell, v any) { c.international = v.(bool) }},
	{"transfer.undertakings", yesNo, func(c *cell, v any) { c.undertaking = v.(bool) }},
}

// The policies, by their place in an answer.
const (
	guidelines = iota
	us1993
	us2025
)

var names = [...]string{guidelines: "guidelines", us1993: "us1993", us2025: "us2025"}

// answers is what the interpreter decides of every cell under each policy.
type answers map[cell][len(names)]string

// decideAll is the answers, worked out once for all tests.
func decideAll(t *testing.T) answers {
	t.Helper()
	all, err := decided()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var decided = sync.OnceValues(func() (answers, error) {
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		return nil, err
	}
	var policies [len(names)]*interp.Policy
	for i, name := range names {
		if policies[i], err = prog.Policy(name); err != nil {
			return nil, err
		}
	}
	out := answers{}
	return out, visit(prog.NewCase(), cell{}, axes, func(c *interp.Case, x cell) error {
		var got [len(names)]string
		for i, p := range policies {
			d, err := p.Decide(context.Background(), c)
			switch {
			case err != nil:
				return fmt.Errorf("%s on %+v: %w", names[i], x, err)
			case d.Outcome == nil:
				return fmt.Errorf("%s on %+v: %s", names[i], x, d.Status)
			}
			got[i] = d.Outcome.Name
		}
		out[x] = got
		return nil
	})
})

// visit calls f for every combination of the axes' values, told to c and put into x.
func visit(c *interp.Case, x cell, rest []axis, f func(*interp.Case, cell) error) error {
	if len(rest) == 0 {
		return f(c, x)
	}
	for _, v := range rest[0].values {
		next := c.Clone()
		if err := next.Set(rest[0].fact, v); err != nil {
			return err
		}
		rest[0].put(&x, v)
		if err := visit(next, x, rest[1:], f); err != nil {
			return err
		}
	}
	return nil
}

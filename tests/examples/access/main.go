// Access answers who may do what with which document:
//
//	access ann delete contract-7
//
// The rules are in access.ctl. What is known of people and documents comes from a
// directory that is asked only for what the decision hangs on.
package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

//go:embed access.ctl
var rules string

func main() {
	if err := run(context.Background(), os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "access:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, args []string) error {
	if len(args) != 3 {
		return errors.New("who, what and which document? such as: access ann read contract-7")
	}
	guard, err := newGuard(office)
	if err != nil {
		return err
	}
	decision, asked, err := guard.may(ctx, args[0], args[1], args[2])
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s%s\n", decision.Answer(), because(decision))
	fmt.Fprintf(out, "asked for %s\n", strings.Join(asked, ", "))
	return nil
}

// because are the rules that decided, and what they say for themselves.
func because(d *interp.Decision) string {
	var b strings.Builder
	for i, r := range d.Rules {
		fmt.Fprintf(&b, "%s%s", []string{" by ", ", "}[min(i, 1)], r.Label)
		if r.Because != "" {
			fmt.Fprintf(&b, " (%s)", r.Because)
		}
	}
	for _, n := range d.Needs {
		fmt.Fprintf(&b, "\nnobody knows: %s", n.Question)
	}
	return b.String()
}

// guard decides by the rules and a directory.
type guard struct {
	policy *interp.Policy
	dir    directory
}

func newGuard(dir directory) (*guard, error) {
	prog, err := interp.LoadText(context.Background(), "access.ctl", rules)
	if err != nil {
		return nil, err
	}
	policy, err := prog.Policy("documents")
	return &guard{policy, dir}, err
}

// may decides whether somebody may do something with a document, and tells which
// facts it asked the directory for.
func (g *guard) may(ctx context.Context, who, verb, document string) (d *interp.Decision, asked []string, err error) {
	c := g.policy.Program().NewCase()
	for name, v := range map[string]string{"subject": who, "action.verb": verb, "resource": document} {
		if err := c.Set(name, v); err != nil {
			return nil, nil, err
		}
	}
	d, err = g.policy.Gather(ctx, c, func(ctx context.Context, need interp.Need) (any, bool, error) {
		asked = append(asked, need.Fact)
		thing, attribute, _ := strings.Cut(need.Fact, ".")
		if thing == "subject" {
			return g.dir.find("people", who, attribute)
		}
		return g.dir.find("documents", document, attribute)
	})
	return d, asked, err
}

// directory is what an office knows of its people and documents: by table, name and attribute.
type directory map[string]map[string]map[string]any

var errNobody = errors.New("the directory has no such entry")

func (d directory) find(table, name, attribute string) (value any, known bool, err error) {
	entry, ok := d[table][name]
	if !ok {
		return nil, false, fmt.Errorf("%w: %s in %s", errNobody, name, table)
	}
	value, known = entry[attribute]
	return value, known, nil
}

var office = directory{
	"people": {
		"ann": {"department": "sales", "duties": []string{"editor"}, "suspended": false},
		"bob": {"department": "sales", "duties": []string{}, "suspended": false},
		"eve": {"department": "sales", "duties": []string{"editor"}, "suspended": true},
		"rex": {"department": "sales", "duties": []string{"records_manager"}, "suspended": false},
		"zoe": {"department": "audit", "duties": []string{"auditor"}, "suspended": false},
	},
	"documents": {
		"contract-7": {"owner": "ann", "department": "sales", "class": "internal", "on_hold": true},
		"plan-b":     {"owner": "ann", "department": "sales", "class": "secret", "on_hold": false},
		"menu":       {"owner": "bob", "department": "canteen", "class": "public", "on_hold": false},
		"draft":      {"owner": "ann", "department": "sales", "on_hold": false}, // not classed yet
	},
}

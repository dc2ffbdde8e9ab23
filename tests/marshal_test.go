package tests

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

const marshalRules = `outcomes deny > review > permit
kind Item { size: mass  name: text  born: date?  tags: set of text }
role item: Item
term Large of Item: size >= 3 kg
policy p {
  large: deny Large because "too large & <heavy>"
  tagged: review any when "x" in item.tags unless item.born < 2000-01-01 requiring "a note"
  otherwise permit
}
`

// What an embedder marshals is what the command line prints with --json.
func TestMarshalAsCommandLine(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "rules.ctl")
	if err := os.WriteFile(rules, []byte(marshalRules), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(filepath.Dir(rules))
	if err != nil {
		t.Fatal(err)
	}
	prog, err := interp.Load(t.Context(), root.FS(), "rules.ctl")
	if err != nil {
		t.Fatal(err)
	}
	policy := prog.Policies()[0]
	date, err := interp.ParseDate("2025-06-01")
	if err != nil {
		t.Fatal(err)
	}
	for _, facts := range [][]string{
		{"item.name = a"},
		{"item.size = 4 kg", `item.tags = ("x", "y")`, "item.born = none"},
		{"item.size = 1 kg", `item.tags = ("x")`, "item.born = 1999-01-01"},
	} {
		c := prog.NewCase()
		c.SetDate(date)
		if err := c.Tell(facts...); err != nil {
			t.Fatal(err)
		}
		x, err := policy.Explain(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		whyNot, err := policy.WhyNot(t.Context(), c, "permit")
		if err != nil {
			t.Fatal(err)
		}
		whatIf, err := policy.WhatIf(t.Context(), c, "item.size = 5 kg")
		if err != nil {
			t.Fatal(err)
		}
		flips, err := policy.Flip(t.Context(), c, "review", interp.FlipOptions{})
		if err != nil {
			t.Fatal(err)
		}
		asked := printed(t, rules, facts, "explain", "--why-not", "permit", "--what-if", "item.size = 5 kg", "--flip", "review")
		for name, v := range map[string]any{"why_not": whyNot, "what_if": whatIf} {
			same(t, name, v, asked[name])
		}
		if len(flips) > 0 {
			same(t, "flips", flips, asked["flip"].(map[string]any)["flips"])
		}
		same(t, "explain", x, printed(t, rules, facts, "explain"))
		same(t, "decide", x.Decision.About(c), printed(t, rules, facts, "decide"))
		withoutFacts := printed(t, rules, facts, "decide")
		delete(withoutFacts, "facts")
		same(t, "decision", x.Decision, withoutFacts)
	}
}

// Diagnostics are marshalled as ctl check prints them, with lines and without the rules' text.
func TestMarshalDiagnostics(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "rules.ctl")
	text := strings.Replace(marshalRules, "deny Large", "deny Lagre", 1)
	if err := os.WriteFile(rules, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := interp.LoadText(t.Context(), "rules.ctl", text)
	data, merr := json.Marshal(err)
	if err == nil || merr != nil {
		t.Fatal(err, merr)
	}
	if bytes.Contains(data, []byte("otherwise permit")) {
		t.Errorf("the text of the rules is told: %s", data)
	}
	same(t, "diagnostics", err, printed(t, rules, nil, "check")["diagnostics"])
}

// printed is what a command prints with --json.
func printed(t *testing.T, rules string, facts []string, command string, flags ...string) map[string]any {
	t.Helper()
	args := append([]string{command, "rules.ctl", "--json"}, flags...)
	if command != "check" {
		args = append(args, "--as-of", "2025-06-01")
	}
	cmd := exec.Command("ctl", append(args, facts...)...)
	cmd.Dir = filepath.Dir(rules)
	out, _ := cmd.Output() // undetermined is an exit status
	var v map[string]any
	if err := json.Unmarshal(out, &v); err != nil {
		t.Fatalf("%s: %s\n%s", command, err, out)
	}
	return v
}

func same(t *testing.T, what string, v, want any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	left, _ := json.Marshal(got)
	right, _ := json.Marshal(want)
	if !bytes.Equal(left, right) {
		t.Errorf("%s is marshalled as\n%s\nand printed as\n%s", what, left, right)
	}
}

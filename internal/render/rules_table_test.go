package render_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/randpolicy"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// TestRulesTableReadBack writes random policies as tables, reads these and decides every case
// alike: outcomes, obligations and how many rules decide.
func TestRulesTableReadBack(t *testing.T) {
	tables, cells, refused := 0, 0, map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		p := randpolicy.Draw(t, randpolicy.Options{Policies: 3, Size: 100})
		if p.Hosted {
			t.Skip("the program around the rules is another matter")
		}
		prog, err := interp.Load(t.Context(), p.FS(), randpolicy.Main)
		if err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{}
		for name, text := range p.Files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		text := "use " + lang.Quote(randpolicy.Main) + "\n"
		var written []string
		for _, name := range p.Policies {
			policy, err := prog.Policy(name)
			if err != nil {
				t.Fatal(err)
			}
			table, err := render.NewRulesTable(prog, policy)
			if err != nil {
				reason := err.Error()
				refused[reason[strings.LastIndex(reason, ": ")+1:]]++
				continue
			}
			var b bytes.Buffer
			if err := table.Write(&b); err != nil {
				t.Fatal(err)
			}
			head, _, _ := strings.Cut(b.String(), "\n")
			cells += strings.Count(head, ".")
			files[name+".csv"] = &fstest.MapFile{Data: b.Bytes()}
			written = append(written, name)
			text += fmt.Sprintf("policy %s_table decides by %s {\n  rules from %q\n%s}\n", name, []string{"strictest", "loosest", "first"}[policy.Mode()], name+".csv", otherwise(policy))
		}
		files["tables.ctl"] = &fstest.MapFile{Data: []byte(text)}
		again, err := interp.Load(t.Context(), files, "tables.ctl")
		if err != nil {
			for _, name := range written {
				t.Logf("%s\n%s", name, files[name+".csv"].Data)
			}
			t.Fatalf("%s\n%s\n%s", p.Text, text, err)
		}
		tables += len(written)
		for told := range p.FullCases() {
			data, err := json.Marshal(p.Facts(told))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range written {
				want, got := answered(t, prog, name, data, p.AsOf), answered(t, again, name+"_table", data, p.AsOf)
				if got != want {
					t.Fatalf("%s\n%s\n%s\n%s: %s\ntable: %s", p.Text, files[name+".csv"].Data, data, name, want, got)
				}
			}
		}
	})
	t.Logf("%d tables, %d columns of facts, refused: %v", tables, cells, refused)
	if tables == 0 || cells == 0 {
		t.Error("no table was written")
	}
}

func otherwise(p *interp.Policy) string {
	o := p.Otherwise()
	if o == nil {
		return ""
	}
	text := "  otherwise " + o.Outcome.Name
	for i, r := range o.Requiring {
		text += map[bool]string{true: " requiring ", false: ", "}[i == 0] + lang.Quote(r)
	}
	return text + "\n"
}

// answered is the answer to a case, in a line.
func answered(t *rapid.T, prog *interp.Program, policy string, facts []byte, asOf string) string {
	p, err := prog.Policy(policy)
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.ReadJSON(context.Background(), "facts", facts); err != nil {
		t.Fatal(err)
	}
	day, err := interp.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	c.SetDate(day)
	d, err := p.Decide(t.Context(), c)
	if err != nil {
		return "error"
	}
	obligations := slices.Clone(d.Obligations)
	slices.Sort(obligations)
	return fmt.Sprintf("%s, %d rules, %v", d.Answer(), len(d.Rules), obligations)
}

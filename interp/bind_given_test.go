package interp

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// withGiven is a case as Given says it is read: what is fixed stands above what is told.
func withGiven(c, given *Case) *Case {
	both := c.Clone()
	for i, thing := range given.things {
		both.things[i].merge(thing.clone())
	}
	both.whole.merge(given.whole)
	both.SetDate(given.Date())
	return both
}

// TestGivenEdges fixes facts of which others hang, and tells others beside them, in
// every type that facts come in.
func TestGivenEdges(t *testing.T) {
	type facts struct {
		Item struct {
			N    *int     `ctl:"n"`
			OK   *bool    `ctl:"ok"`
			Temp *float64 `ctl:"temp,unit=degC"`
		} `ctl:"item"`
		Party struct {
			ID    *string  `ctl:"id"`
			Score *float64 `ctl:"score"`
		} `ctl:"party"`
	}
	for _, rules := range []string{
		`o0 when item.ok otherwise o1`,
		`o0 when party.score >= 100 otherwise o1`,
		`o0 when item.n > party.score otherwise o1`,
		`o0 when item.n + party.score > 100 o1 when 10 / item.n > 1 otherwise o2`,
		`o0 when party.score * 2 > 100 or item.n * 2 > 10 o1 when item.ok otherwise o2`,
		`o0 when party in Denied and item.n > 3 o1 when item.ok otherwise o2`,
		`o0 when party like "A*" and item.temp > -10 degC o1 when item.n * party.score = 0 otherwise o2`,
	} {
		prog, err := LoadText(context.Background(), "edge.ctl", withRules(rules))
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		structs, err := Bind[facts](p)
		if err != nil {
			t.Fatal(err)
		}
		cases, _ := Bind[Case](p)
		lines, _ := Bind[JSON](p)
		for _, known := range [][]string{{}, {"item.n = 5"}, {"item.n = 0"}, {"party.score = 1"}, {"party = Acme"}, {"item.ok = no"}, {"party.score = 1", "item.n = 100"}} {
			given := prog.NewCase()
			if err := given.Tell(known...); err != nil {
				t.Fatal(err)
			}
			given.SetDate(prog.LatestDate())
			s, _ := structs.Given(given)
			cs, _ := cases.Given(given)
			ls, _ := lines.Given(given)
			for _, text := range []string{`{}`, `{"item": {"n": 7}}`, `{"item": {"n": 0, "ok": false}}`, `{"item": {"n": 200, "ok": true}, "party": {"id": "Acme", "score": 50}}`, `{"party": {"score": 0}}`, `{"party": {"score": 1000}}`, `{"item": {"n": 3, "temp": "-9 degC"}, "party": "Abc"}`} {
				c := prog.NewCase()
				if err := c.ReadJSON(context.Background(), "facts", []byte(text)); err != nil {
					t.Fatal(err)
				}
				want, wantErr := p.decideByWalk(context.Background(), withGiven(c, given))
				check := func(what string, got *Decision, err error) {
					t.Helper()
					if fmt.Sprint(err) != fmt.Sprint(wantErr) || !cmp.Equal(brief(want), brief(got), sameDecision) {
						t.Errorf("%s, %s, given %v, as %s: want %s, %v, got %s, %v", rules, text, known, what, said(want), wantErr, said(got), err)
					}
				}
				var f facts
				for _, fact := range c.Facts() {
					switch v := fact.Value.(type) {
					case Number:
						n, _ := v.n.Int64()
						switch fact.Name {
						case "item.n":
							f.Item.N = ptr(int(n))
						case "item.temp":
							f.Item.Temp = ptr(-9.0)
						default:
							f.Party.Score = ptr(float64(n))
						}
					case Bool:
						f.Item.OK = ptr(bool(v))
					case Text:
						f.Party.ID = ptr(string(v))
					}
				}
				for range 2 {
					got, err := s.Decide(&f)
					check("a struct", got, err)
					got, err = cs.Decide(c)
					check("a Case", got, err)
					if prepared, err := cs.Prepare(c); err == nil {
						got, err = prepared.Decide()
						check("a prepared Case", got, err)
					}
					j := JSON(text)
					got, err = ls.Decide(&j)
					check("JSON", got, err)
				}
			}
		}
	}
}

// TestFactsAddUp tells of a thing within a thing in two steps.
func TestFactsAddUp(t *testing.T) {
	prog, err := LoadText(context.Background(), "edge.ctl", withRules(`o0 when item.part.weight > 2 kg and item.part.grade = a and item.n + 1 > 2 otherwise o1`))
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	for _, text := range []string{`{"item": {"part": {"weight": "3 kg"}}}`, `{"item": {"part": {"grade": "a"}, "n": 5}}`} {
		if err := c.ReadJSON(context.Background(), "facts", []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(c.Facts()); got != "[item.n = 5 item.part.weight = 3 kg item.part.grade = a]" {
		t.Error(got)
	}
}

// TestOpenFacts has facts whose values conditions tell apart in more ways than one: in
// groups and by themselves, and within conditions that are too large to be taken apart.
func TestOpenFacts(t *testing.T) {
	large := "exactly 4 of (item.n > 1, item.n > 2, item.n > 3, item.n > 4, item.n > 5, item.n > 6, item.n > 7, item.n > 8, item.ok, item.range > 3 km, item.temp > 0 degC, item.part.grade = a)"
	for _, rules := range []string{
		`o1 when party in Denied o2 when party = "Bolt" otherwise o2`,
		`o1 when ` + large + ` o2 when item.n > 9 and item.ok otherwise o2`,
	} {
		prog, err := LoadText(context.Background(), "edge.ctl", withRules(rules))
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		b, err := Bind[Case](p)
		if err != nil {
			t.Fatal(err)
		}
		for _, facts := range []string{"item.range = 1 km", "item.part.grade = b", "item.temp = 5 degC"} {
			c := prog.NewCase()
			if err := c.Tell("item.ok = no", facts); err != nil {
				t.Fatal(err)
			}
			want, err := p.decideByWalk(context.Background(), c)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := b.Decide(c); err != nil || !cmp.Equal(brief(want), brief(got), sameDecision) {
				t.Errorf("%s: %s, where %v are possible; %v", rules, said(got), want.Possible, err)
			}
		}
	}
}

// TestDefaultBesideAFile binds facts of things of which a file says nothing, whose attribute
// then has a default: that is known where it is known which thing it is.
func TestDefaultBesideAFile(t *testing.T) {
	files := fstest.MapFS{
		"sizes.csv": {Data: []byte("firm,ends\nA,2010-01-01\n")},
		"a.ctl": {Data: []byte(`outcomes o0 > o1
kind Firm = text { ends: date? = 2020-06-01 from "sizes.csv" column "firm" value "ends" }
kind Item { n: number }
role by firm: Firm
role item: Item
policy p {
  r: o0 when firm.ends = 2020-06-01
  s: o0 when item.n = 1 notwithstanding r
  otherwise o1
}`)},
	}
	prog, err := Load(t.Context(), files, "a.ctl")
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	type item struct {
		N *int `ctl:"n"`
	}
	type facts struct {
		Firm *string `ctl:"firm"`
		Item item    `ctl:"item"`
	}
	structs, err := Bind[facts](p)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := Bind[JSON](p)
	if err != nil {
		t.Fatal(err)
	}
	structs, _ = structs.On(prog.LatestDate())
	lines, _ = lines.On(prog.LatestDate())
	one, other, listed := 1, "Else", "A"
	for text, f := range map[string]facts{
		`{"firm": "Else", "item": {"n": 1}}`:      {&other, item{&one}},
		`{"firm": {"id": "A"}, "item": {"n": 1}}`: {&listed, item{&one}},
		`{"item": {"n": 1}}`:                      {nil, item{&one}},
		`{"firm": {"id": "Else"}}`:                {Firm: &other},
	} {
		c := prog.NewCase()
		if err := c.ReadJSON(t.Context(), "facts", []byte(text)); err != nil {
			t.Fatal(err)
		}
		c.SetDate(prog.LatestDate())
		want, err := p.decideByWalk(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		fromStruct, err := structs.Decide(&f)
		if err != nil {
			t.Fatal(err)
		}
		fromLines, err := lines.DecideAll(t.Context(), []JSON{JSON(text)})
		if err != nil {
			t.Fatal(err)
		}
		for door, d := range map[string]*Decision{"struct": fromStruct, "lines": fromLines[0].Decision} {
			if diff := cmp.Diff(ofDefeats(want), ofDefeats(d)); diff != "" {
				t.Errorf("%s, %s: %s", text, door, diff)
			}
		}
	}
}

// ofDefeats are an answer and the rules that were defeated.
func ofDefeats(d *Decision) []string {
	out := []string{d.Answer()}
	for _, x := range d.Defeated {
		out = append(out, x.Rule.Label)
	}
	return out
}

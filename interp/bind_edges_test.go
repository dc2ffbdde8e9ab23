package interp

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type titled string

func (n titled) String() string { return "the " + string(n) }

type metres int

func (metres) String() string { return "many" }

// sameAsStruct compares a Bound with the reference.
func sameAsStruct[T any](t *testing.T, rules string, facts ...T) {
	t.Helper()
	prog, err := LoadText(context.Background(), "edge.ctl", rules)
	if err != nil {
		t.Fatal(err)
	}
	p := prog.order.policies[0]
	b, err := Bind[T](p)
	if err != nil {
		t.Errorf("cannot bind: %v", err)
		return
	}
	for _, f := range facts {
		c := prog.NewCase()
		err := c.ReadStruct(&f)
		var want *Decision
		if err == nil {
			want, err = p.decideByWalk(context.Background(), c)
		}
		got, gotErr := b.Decide(&f)
		if fmt.Sprint(err) != fmt.Sprint(gotErr) {
			t.Errorf("%+v: the reference says %v, %v, the bound type %v, %v", f, said(want), err, said(got), gotErr)
			continue
		}
		if !cmp.Equal(brief(want), brief(got), sameDecision) {
			t.Errorf("%+v: the reference says %s, the bound type %s; facts %v", f, said(want), said(got), c.Facts())
		}
	}
}

// sameAsJSON is sameAsStruct of facts that come as JSON.
func sameAsJSON(t *testing.T, rules string, facts ...JSON) {
	t.Helper()
	prog, err := LoadText(context.Background(), "edge.ctl", rules)
	if err != nil {
		t.Fatal(err)
	}
	p := prog.order.policies[0]
	b, err := Bind[JSON](p)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facts {
		sameAsRead(t, p, b, f, rules)
	}
}

func said(d *Decision) string {
	if d == nil {
		return "nothing"
	}
	return d.Answer()
}

func withRules(rules string) string {
	return "use iso3166\noutcomes o0 > o1 > o2\n" + `
kind Party = text { score: number = 100  since: date?  boss: text? }
kind Part { weight: mass  grade: a | b }
kind Item { name: text  range: length  temp: temperature  n: number  made: date  grade: a | b | none  note: text? ok: bool = yes  part: Part  spare: Part?  owner: Party?  level: Level? }
kind Level = low | high | none
role item: Item
role to recipient: Country
role by party: Party
group Denied of Party: since 2020-01-01: "Acme", "none", "Evil Inc"
policy p {
` + rules + "\n}\n"
}

func TestBoundEdges(t *testing.T) {
	t.Run("empty text", func(t *testing.T) {
		type T struct {
			Item struct {
				Name string `ctl:"name,omitzero"`
			} `ctl:"item"`
		}
		var a, b T
		b.Item.Name = "x"
		sameAsStruct(t, withRules(`o0 when item.name = "" otherwise o1`), a, b)
	})
	t.Run("zero float", func(t *testing.T) {
		type T struct {
			Item struct {
				N float64 `ctl:"n,omitzero"`
			} `ctl:"item"`
		}
		var a, b T
		b.Item.N = math.Copysign(0, -1)
		sameAsStruct(t, withRules(`o0 when item.n >= 0 otherwise o1`), a, b)
	})
	t.Run("zero time", func(t *testing.T) {
		type T struct {
			Item struct {
				Made time.Time `ctl:"made,omitzero"`
			} `ctl:"item"`
		}
		var a, b T
		b.Item.Made = time.Time{}.In(time.FixedZone("x", 3600))
		sameAsStruct(t, withRules(`o0 when item.made >= 2000-01-01 otherwise o1`), a, b)
	})
	t.Run("stringer id", func(t *testing.T) {
		type T struct {
			Party struct {
				ID titled `ctl:"id"`
			} `ctl:"party"`
		}
		var a T
		a.Party.ID = "Acme"
		sameAsStruct(t, withRules(`o0 when party in Denied otherwise o1`), a)
		sameAsStruct(t, withRules(`o0 when party = "Acme" otherwise o1`), a)
	})
	t.Run("stringer unit", func(t *testing.T) {
		type T struct {
			Item struct {
				Range metres `ctl:"range,unit=m"`
			} `ctl:"item"`
		}
		var a T
		a.Item.Range = 400000
		sameAsStruct(t, withRules(`o0 when item.range >= 300 km otherwise o1`), a)
	})
	t.Run("offset", func(t *testing.T) {
		type T struct {
			Item struct {
				Temp float32 `ctl:"temp,unit=degC"`
			} `ctl:"item"`
		}
		var a, b, c T
		a.Item.Temp, b.Item.Temp, c.Item.Temp = -10, -9.99999, float32(math.Inf(1))
		sameAsStruct(t, withRules(`o0 when item.temp > -10 degC otherwise o1`), a, b, c)
	})
	t.Run("title", func(t *testing.T) {
		type T struct {
			A string `ctl:"recipient,omitzero"`
		}
		sameAsStruct(t, withRules(`o0 when recipient = IN otherwise o1`), T{"IN"}, T{"India"}, T{"india"}, T{" IN "}, T{"\"IN\""}, T{""}, T{"XX"}, T{"none"})
	})
	t.Run("optional text", func(t *testing.T) {
		type T struct {
			Item struct {
				Note string `ctl:"note"`
			} `ctl:"item"`
		}
		var a, b, c T
		a.Item.Note, c.Item.Note = "none", "x"
		sameAsStruct(t, withRules(`o0 when item.note = "x" o1 when has item.note otherwise o2`), a, b, c)
	})
	t.Run("optional thing", func(t *testing.T) {
		type T struct {
			Item struct {
				Owner string `ctl:"owner,omitzero"`
				Level string `ctl:"level,omitzero"`
			} `ctl:"item"`
		}
		texts := []string{"", "none", "None", " none", `"none"`, "Acme", " Acme", "Acme ", "x", "low", "LOW", "low "}
		for _, cond := range []string{`item.owner in Denied`, `item.owner not in Denied`, `item.owner = "Acme"`, `item.owner != "Acme"`, `item.owner = "none"`, `has item.owner`} {
			rules := withRules(`o0 when ` + cond + ` otherwise o1`)
			for _, text := range texts {
				var x T
				x.Item.Owner = text
				sameAsStruct(t, rules, x)
				sameAsJSON(t, rules, JSON(fmt.Sprintf(`{"item": {"owner": %q}}`, text)))
			}
		}
		for _, cond := range []string{`item.level = none`, `item.level != low`, `has item.level`} {
			rules := withRules(`o0 when ` + cond + ` otherwise o1`)
			for _, text := range texts {
				var x T
				x.Item.Level = text
				sameAsStruct(t, rules, x)
				sameAsJSON(t, rules, JSON(fmt.Sprintf(`{"item": {"level": %q}}`, text)))
			}
		}
	})
	t.Run("any", func(t *testing.T) {
		type T struct {
			Item any `ctl:"item"`
			To   any `ctl:"recipient"`
		}
		rules := withRules(`o0 when recipient = IN o1 when item.n = 3 otherwise o2`)
		sameAsStruct(t, rules, T{To: "IN"}, T{Item: map[string]any{"n": 3}}, T{Item: map[string]any{"n": 4}, To: "US"})
	})
	t.Run("spare", func(t *testing.T) {
		type part struct {
			Weight *float64 `ctl:"weight,unit=kg"`
		}
		type T struct {
			Item struct {
				Spare Optional[part] `ctl:"spare"`
				Part  *part          `ctl:"part"`
			} `ctl:"item"`
		}
		var a, b, c, d T
		b.Item.Spare = NoneOf[part]()
		c.Item.Spare = Some(part{ptr(3.0)})
		d.Item.Part = &part{}
		sameAsStruct(t, withRules(`o0 when has item.spare o1 when item.spare.weight > 2 kg or item.part.weight > 2 kg otherwise o2`), a, b, c, d)
	})
	t.Run("unsigned", func(t *testing.T) {
		type T struct {
			Item struct {
				N uint64 `ctl:"n,omitzero"`
				R uint32 `ctl:"range,unit=km"`
			} `ctl:"item"`
		}
		var a, b T
		a.Item.N, a.Item.R = math.MaxUint64, math.MaxUint32
		sameAsStruct(t, withRules(`o0 when item.n >= 18446744073709551615 o1 when item.range > 4294967294.5 km otherwise o2`), a, b)
	})
	t.Run("small", func(t *testing.T) {
		type T struct {
			Item struct {
				N *int8 `ctl:"n"`
			} `ctl:"item"`
		}
		mk := func(n int8) (x T) { x.Item.N = &n; return }
		sameAsStruct(t, withRules(`o0 when item.n >= 200 o1 when item.n > -128 o2 when item.n <= -100000000000000000000000`), mk(127), mk(-128), mk(-127))
	})
}

// TestBindRefused has tags that ReadStruct would not take, or take otherwise.
func TestBindRefused(t *testing.T) {
	prog, err := LoadText(context.Background(), "edge.ctl", withRules(`o0 when item.n = 3 and recipient = IN otherwise o1`))
	if err != nil {
		t.Fatal(err)
	}
	p := prog.order.policies[0]
	_, twice := Bind[struct {
		A *string `ctl:"recipient"`
		B *string `ctl:"recipient"`
	}](p)
	_, dotted := Bind[struct {
		N int `ctl:"item.n"`
	}](p)
	_, wrong := Bind[struct {
		Item struct {
			N bool `ctl:"n"`
		} `ctl:"item"`
		To *int `ctl:"recipient"`
	}](p)
	for _, c := range []struct {
		err  error
		want string
	}{
		{wrong, "`item.n` is a number, and a field of the type bool holds none [E0702]\n`recipient` is a Country, and a field of the type int holds none [E0702]"},
		{twice, "the fields A and B both tell `recipient` [E0707]"},
		{dotted, "there is nothing called `item.n` in a case (did you mean `item`?) [E0701]"},
	} {
		if fmt.Sprint(c.err) != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

package interp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func compiledForm(t interface{ Fatal(...any) }, files map[string]string, names ...string) []byte {
	return compiledFormWith(t, Options{}, files, names...)
}

func compiledFormWith(t interface{ Fatal(...any) }, opts Options, files map[string]string, names ...string) []byte {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var out bytes.Buffer
	if err := opts.Compile(context.Background(), &out, fsys, names...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func loadForm(data []byte) (*Program, error) { return loadFormWith(Options{}, data) }

func loadFormWith(opts Options, data []byte) (*Program, error) {
	return opts.Load(context.Background(), fstest.MapFS{"rules.ctlc": &fstest.MapFile{Data: data}}, "rules.ctlc")
}

// TestCompiledFormDecidesAlike holds a program from its compiled form to the one from
// the text: the decisions, and the explanations, whose conditions are checked only then.
func TestCompiledFormDecidesAlike(t *testing.T) {
	stored := 0
	rapid.Check(t, func(t *rapid.T) {
		text := widerPolicyOf(t, slices.Concat(randomAtoms, randomAtoms, widerAtoms))
		data := compiledForm(t, map[string]string{"random.ctl": text}, "random.ctl")
		prog, err := loadForm(data)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		ref, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatal(err)
		}
		p, q := prog.order.policies[0], ref.order.policies[0]
		if p.engines().last.Load() != nil {
			stored++
		}
		p.engines().asked.Store(worthCompiling)
		for range 4 {
			c, _ := randomCase(t, ref, 3)
			widen(t, c)
			same := prog.NewCase()
			for i, thing := range c.things {
				same.things[i] = transplant(thing, same.things[i].Kind)
			}
			same.whole = transplant(c.whole, prog.whole)
			same.SetDate(c.Date())
			want, wantErr := q.decideByWalk(context.Background(), c)
			got, gotErr := p.Decide(t.Context(), same)
			if (wantErr == nil) != (gotErr == nil) {
				t.Fatalf("the text says %v, its compiled form %v\n%s", wantErr, gotErr, text)
			}
			if want == nil {
				continue
			}
			if diff := cmp.Diff(told(want), told(got)); diff != "" {
				t.Fatalf("%s\nfacts %v\n%s", diff, c.Facts(), text)
			}
			if x, err := p.Explain(t.Context(), same); err != nil || len(x.Deciding) != len(want.Rules) {
				t.Fatalf("%v %v\n%s", x, err, text)
			}
		}
	})
	if stored == 0 && !testing.Short() { // a short run draws too few
		t.Error("no engine is stored")
	}
}

// told is what a decision says, in words.
func told(d *Decision) []string {
	out := []string{d.Answer(), d.AsOf.String(), fmt.Sprint(d.Exact, d.Questions, d.Otherwise != nil)}
	for _, r := range d.Rules {
		out = append(out, r.Label)
	}
	for _, r := range d.Outranked {
		out = append(out, "outranked "+r.Label)
	}
	for _, n := range d.Needs {
		out = append(out, n.Fact, n.Question)
	}
	out = slices.Concat(out, d.Obligations, []string{"may oblige"}, d.MayOblige, d.Notes)
	for _, p := range d.Possible {
		out = append(out, p.Name(), p.When)
	}
	for _, f := range d.Defeated {
		out = append(out, f.Rule.Label, strings.Join(f.By, ","))
	}
	return out
}

// transplant is a thing of one program as one of another with the same vocabulary.
func transplant(t *Thing, k *Kind) *Thing {
	out := newThing(k)
	swap := func(v Value, typ *Type) Value {
		switch v := v.(type) {
		case Choice:
			if typ.kind != nil {
				return Choice{typ.kind.Ids, v.I}
			}
			return Choice{typ.enum, v.I}
		case *Thing:
			return transplant(v, typ.kind)
		}
		return v
	}
	out.ID = swap(t.ID, &Type{basic: thingType, kind: k})
	for i, v := range t.attrs {
		typ := k.Attrs[i].Type
		switch list := v.(type) {
		case Set:
			var same Set
			for _, e := range list {
				same = append(same, swap(e, typ.elem))
			}
			v = same
		case List:
			same := List{}
			for _, e := range list {
				same = append(same, swap(e, typ.elem))
			}
			v = same
		case nil:
		default:
			v = swap(v, typ)
		}
		if s, ok := v.(Set); ok && s == nil {
			v = Set{}
		}
		out.attrs[i] = v
	}
	return out
}

func TestCompiledFormBringsItsFiles(t *testing.T) {
	files := map[string]string{
		"a.ctl":        "use \"lib/b.ctl\"\nrole to party: Party\npolicy p { deny to Denied  otherwise permit }\ntest \"denied\" under p { given party = \"Acme\" expect deny }",
		"lib/b.ctl":    "use iso3166\noutcomes deny > permit\nkind Party = text\ngroup Denied of Party from \"../d.csv\"",
		"d.csv":        "id\nAcme\nBolt\n",
		"unrelated.md": "",
	}
	prog, err := loadForm(compiledForm(t, files, "a.ctl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range prog.Tests() {
		if r := test.Run(t.Context()); !r.Passed() {
			t.Errorf("%+v", r)
		}
	}
}

func TestCompiledFormRefused(t *testing.T) {
	data := compiledForm(t, map[string]string{"a.ctl": jsonVocabulary}, "a.ctl")
	damaged := slices.Clone(data)
	damaged[len(damaged)-3] ^= 4
	other := slices.Clone(data)
	other[len(packedMagic)]++
	for _, c := range []struct{ data, want string }{
		{string(damaged), "their checksum is wrong"},
		{string(other), "another version"},
		{string(data[:len(packedMagic)+9]), "end too early"},
		{string(withChecksum(append(slices.Clone(data), 0))), "damaged"},
	} {
		if _, err := loadForm([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q is refused with %v", c.want, err)
		}
	}
	for n := 0; n < len(data); n += 1 + n/8 { // empty, and cut anywhere
		if _, err := loadForm(data[:n]); err == nil {
			t.Fatalf("the first %d bytes of %d are taken", n, len(data))
		}
	}
	fsys := fstest.MapFS{"r.ctlc": {Data: data}, "b.ctl": {Data: []byte("use \"r.ctlc\"\n")}}
	for _, names := range [][]string{{"r.ctlc", "b.ctl"}, {"b.ctl"}, {"r.ctlc", "r.ctlc", "b.ctl"}} {
		if _, err := Load(context.Background(), fsys, names...); err == nil || !strings.Contains(err.Error(), "stand by themselves") {
			t.Errorf("%v: %v", names, err)
		}
	}
}

// withChecksum makes the checksum of changed bytes right.
func withChecksum(data []byte) []byte {
	if at := len(packedMagic) + 4; len(data) > at+sha256.Size {
		sum := sha256.Sum256(data[at+sha256.Size:])
		copy(data[at:], sum[:])
	}
	return data
}

// seventyRules is a policy whose engine knows classes.
var seventyRules = withManyRules(widerVocabulary + "outcomes o0 > o1 > o2\npolicy p {\n  o0 CategoryI to Near\n}\n")

// decideSome decides some cases by the engine of every policy of a program, whatever their facts come in.
func decideSome(t *testing.T, prog *Program) {
	for _, p := range prog.Policies() {
		p.engines().asked.Store(worthCompiling)
		for _, facts := range [][]string{{}, {"item.range = 300 km", "recipient = US", "urgent"}, {"deal.code = 9A1", "party = Acme"}, {"deal.code = \"code 7\""}} {
			c := prog.NewCase()
			if c.Tell(facts...) == nil {
				p.recall(t.Context(), c)
			}
		}
		if b, err := Bind[boundFacts](p); err == nil {
			f := boundFacts{}
			b.Decide(&f)
			f.Item.Category, f.Item.Range, f.Deal.Code, f.Party = "I", 300, "code 7", &party{ID: "Acme"}
			b.Decide(&f)
		}
		if b, err := Bind[JSON](p); err == nil {
			for _, text := range []JSON{JSON(`{}`), JSON(`{"item": {"category": "I", "range": "300 km", "heavy": true, "note": "1 km", "tags": []},
"recipient": {"id": "US", "vetted": true, "adherent": false}, "urgent": false, "party": {"id": "Bolt", "rating": 1},
"deal": {"code": "code 7", "made": "2014-12-15", "term": "30 days", "parts": [], "broker": null, "main": {"weight": "1 kg", "grade": "a"}, "spare": null, "codes": []}}`)} {
				b.Decide(&text)
			}
		}
	}
}

// TestCompiledFormMadeByOthers changes bytes and makes the checksum right: whatever is
// still read decides without a panic.
func TestCompiledFormMadeByOthers(t *testing.T) {
	few := compiledForm(t, map[string]string{"a.ctl": jsonVocabulary}, "a.ctl")
	many := compiledForm(t, map[string]string{"a.ctl": seventyRules}, "a.ctl")
	read := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		data, engine := few, 900
		if seed%2 == 0 {
			data, engine = many, len(many)/2
		}
		c := slices.Clone(data)
		for range 1 + r.IntN(3) {
			at := len(packedMagic) + 4 + sha256.Size + r.IntN(len(data)-len(packedMagic)-4-sha256.Size)
			if r.IntN(2) == 0 { // the engine stands at the end
				at = len(c) - 1 - r.IntN(engine)
			}
			c[at] = byte(r.IntN(256))
		}
		if prog, err := loadForm(withChecksum(c)); err == nil {
			decideSome(t, prog)
			read++
		}
	}
	if read == 0 {
		t.Error("nothing is read")
	}
}

func FuzzCompiledForm(f *testing.F) {
	f.Add(compiledForm(f, map[string]string{"a.ctl": jsonVocabulary}, "a.ctl"))
	f.Add(compiledForm(f, map[string]string{"a.ctl": seventyRules}, "a.ctl"))
	f.Add(binary.LittleEndian.AppendUint32([]byte(packedMagic), packedVersion))
	f.Fuzz(func(t *testing.T, data []byte) {
		if prog, err := loadForm(withChecksum(slices.Clone(data))); err == nil {
			decideSome(t, prog)
		}
	})
}

func TestCompiledMTCR(t *testing.T) {
	var out bytes.Buffer
	if err := (Options{}).Compile(context.Background(), &out, os.DirFS("../rules"), "mtcr.ctl"); err != nil {
		t.Fatal(err)
	}
	prog, err := loadForm(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range prog.Policies() {
		if p.engines().last.Load() == nil {
			t.Errorf("%s has no engine", p.Name)
		}
	}
	for _, test := range prog.Tests() {
		if r := test.Run(t.Context()); !r.Passed() {
			t.Errorf("%s: %+v", test.Name, r)
		}
	}
}

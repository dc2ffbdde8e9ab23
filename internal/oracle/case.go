package oracle

import (
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Case is the facts of a case and its date.
type Case struct {
	on     num.Date
	things map[string]*thing // by role; "" has the facts of the whole case
}

// Case reads facts nested by role, as JSON has them, with null as nil.
func (p *Program) Case(facts map[string]any, on string) (*Case, error) {
	day, err := num.ParseDate(on)
	if err != nil {
		return nil, err
	}
	c := &Case{on: day, things: map[string]*thing{"": {kind: p.kinds[""], attrs: map[string]any{}}}}
	for _, r := range p.roles {
		c.things[r.Name.Text] = &thing{kind: p.kinds[r.Kind.Text], attrs: map[string]any{}}
	}
	for name, v := range facts {
		if t, ok := c.things[name]; ok && name != "" {
			told, err := p.told(&typ{word: "thing", kind: t.kind, values: t.kind.ids}, v)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			c.things[name] = told.(*thing)
		} else if a := p.kinds[""].attrs[name]; a != nil {
			c.things[""].attrs[name] = v
		} else {
			return nil, fmt.Errorf("there is no fact %s", name)
		}
	}
	return c, nil
}

// told is a value of a type as facts tell it.
func (p *Program) told(t *typ, v any) (any, error) {
	if v == nil {
		if t.optional {
			return none{}, nil
		}
		return nil, fmt.Errorf("it cannot be none")
	}
	switch v := v.(type) {
	case bool:
		return v, nil
	case int:
		return num.Int(int64(v)), nil
	case float64:
		return num.Float(v, 64)
	case string:
		return p.toldText(t, v)
	case fmt.Stringer: // a number of encoding/json
		return p.toldText(t, v.String())
	case []any:
		elems := []any{}
		for _, e := range v {
			told, err := p.told(t.elem, e)
			if err != nil {
				return nil, err
			}
			elems = append(elems, told)
		}
		return collection(t.word, elems), nil
	case map[string]any:
		return p.toldThing(t.kind, v)
	}
	return nil, fmt.Errorf("%T is no fact", v)
}

func collection(word string, elems []any) any {
	if word == "list" {
		return list(elems)
	}
	out := set{}
	for _, e := range elems {
		if !subset([]any{e}, out) {
			out = append(out, e)
		}
	}
	return out
}

func (p *Program) toldThing(k *kind, facts map[string]any) (any, error) {
	out := &thing{kind: k, attrs: map[string]any{}}
	for name, v := range facts {
		if called, ok := k.called[name]; ok {
			name = called
		}
		if a, ok := k.attrs[name]; ok {
			told, err := p.told(a.typ, v)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			out.attrs[name] = told
		} else if id, ok := v.(string); ok && name == "id" {
			named, err := p.toldText(&typ{word: "thing", kind: k, values: k.ids}, id)
			if err != nil {
				return nil, err
			}
			out.id = named.(*thing).id
		} else {
			return nil, fmt.Errorf("there is no attribute %s", name)
		}
	}
	return out, nil
}

// toldText is a value told as a text.
func (p *Program) toldText(t *typ, v string) (any, error) {
	switch t.word {
	case "text", "code", "name":
		return t.text(v), nil
	case "date":
		return num.ParseDate(v)
	case "duration":
		return num.ParseDuration(v)
	case "address", "moment", "time_of_day":
		return literal(v)
	case "number", "integer":
		return num.Parse(v)
	case "quantity":
		amount, unit, _ := strings.Cut(v, " ")
		return p.quantity(&lang.Number{Text: amount, Unit: unit}), nil
	}
	id, ok := t.choice(v, true)
	switch {
	case ok:
	case t.word == "thing" && t.kind.text:
		id = t.text(v)
	default:
		return nil, fmt.Errorf("%s is none of the values", v)
	}
	if t.word == "thing" {
		return &thing{kind: t.kind, id: &id, attrs: map[string]any{}}, nil
	}
	return id, nil
}

// of is an attribute of a thing: what is told, or the default.
func (s *scope) of(owner any, a *attr) any {
	t, ok := owner.(*thing)
	if !ok {
		return none{}
	}
	if a.file != nil {
		if v, ok := a.file.of(s.Program, t.identity(), a.typ); ok {
			return v
		}
	}
	if v, ok := t.attrs[a.name]; ok {
		return v
	}
	if a.preset == nil {
		panic(untold{a.name})
	}
	return s.preset(a)
}

// preset is the value that an attribute has by default.
func (s *scope) preset(a *attr) any {
	bare := &scope{run: s.run}
	x := unwrap(a.preset)
	if a.typ.elem == nil {
		return must(bare.value(x, a.typ))
	}
	elems := []lang.Expr{x}
	if t, ok := x.(*lang.Tuple); ok {
		elems = t.Elems
	}
	var values []any
	for _, e := range elems {
		values = append(values, must(bare.value(e, a.typ.elem)))
	}
	return collection(a.typ.word, values)
}

func unwrap(x lang.Expr) lang.Expr {
	for {
		p, ok := x.(*lang.Paren)
		if !ok {
			return x
		}
		x = p.X
	}
}

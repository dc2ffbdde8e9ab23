package session

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// termData is a term for JSON.
type termData struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"` // "" of the whole case
	Open  bool   `json:"open"`
	Title string `json:"title"`
}

func (s *Session) termsCommand(_ context.Context, rest string) *answer {
	a := &answer{kind: "terms"}
	data := []termData{}
	for _, t := range s.now.prog.Terms() {
		d := termData{Name: t.Name, Open: t.Open, Title: t.Title}
		if t.Kind != nil {
			d.Kind = t.Kind.Name
		}
		if rest != "" && d.Kind != rest {
			continue
		}
		data = append(data, d)
		line := t.Name
		if d.Kind != "" {
			line += " of " + d.Kind
		}
		switch {
		case t.Open && t.Title != "":
			line += ", open: " + t.Title
		case t.Open:
			line += ", open"
		default:
			if x, ok := s.now.prog.index().declaration(t.Name); ok {
				if decl, isTerm := x.decl.(*lang.Term); isTerm && decl.Cond != nil {
					line += ": " + lang.FormatExpr(decl.Cond)
				}
			}
		}
		a.text += line + "\n"
	}
	a.data = data
	if len(data) == 0 {
		a.text = "there are no terms"
		if rest != "" {
			a.text += " of " + rest
		}
	}
	return a
}

// groupData is a group for JSON.
type groupData struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Members int    `json:"members"`
}

func (s *Session) groupsCommand(_ context.Context, rest string) *answer {
	if a := noArguments("groups", rest); a != nil {
		return a
	}
	a := &answer{kind: "groups"}
	data := []groupData{}
	for _, g := range s.now.prog.Groups() {
		data = append(data, groupData{g.Name, g.Kind.Name, g.Len()})
		a.text += g.Name + " of " + g.Kind.Name + ", " + counted(g.Len(), "member", "members") + rowsOf(g) + "\n"
	}
	a.data = data
	if len(data) == 0 {
		a.text = "there are no groups"
	}
	return a
}

// rowsOf says how many rows of its file a group leaves out.
func rowsOf(g *interp.Group) string {
	read, meant := g.Rows()
	if read == meant {
		return ""
	}
	return fmt.Sprintf(", from %d of the %s", meant, counted(read, "row", "rows"))
}

// kindData is a kind for JSON.
type kindData struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
	Facts []string `json:"facts"`
}

func (s *Session) kindsCommand(_ context.Context, rest string) *answer {
	if a := noArguments("kinds", rest); a != nil {
		return a
	}
	a := &answer{kind: "kinds"}
	data := []kindData{}
	for _, k := range s.now.prog.Kinds() {
		d := kindData{Name: k.Name, Roles: []string{}, Facts: []string{}}
		for _, r := range s.now.prog.Roles() {
			if r.Kind == k {
				d.Roles = append(d.Roles, r.Name)
			}
		}
		a.text += k.Name
		if len(d.Roles) > 0 {
			a.text += ", as " + listed(d.Roles, "and")
		}
		if k.Ids != nil {
			a.text += ", one of " + counted(len(k.Ids.Choices), "name", "names")
		}
		a.text += "\n"
		for _, at := range k.Attrs {
			d.Facts = append(d.Facts, at.Name)
			a.text += "  " + at.Name + ": " + at.Type.String()
			if at.Default != nil {
				a.text += " = " + at.Default.String()
			}
			if at.Title != "" {
				a.text += "  " + at.Title
			}
			if at.Open {
				a.text += " (open)"
			}
			a.text += "\n"
		}
		data = append(data, d)
	}
	a.data = data
	return a
}

// sourceData is a source with the rules that cite it, for JSON.
type sourceData struct {
	Source string   `json:"source"`
	Rules  []string `json:"rules"`
}

func (s *Session) sourcesCommand(_ context.Context, rest string) *answer {
	if a := noArguments("sources", rest); a != nil {
		return a
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	data := []sourceData{}
	add := func(source, label string) {
		i := slices.IndexFunc(data, func(d sourceData) bool { return d.Source == source })
		if i < 0 {
			data = append(data, sourceData{source, nil})
			i = len(data) - 1
		}
		data[i].Rules = append(data[i].Rules, label)
	}
	var none []string
	for _, src := range p.Source {
		add(src, p.Name)
	}
	for _, r := range p.Rules() {
		for _, src := range r.Source {
			add(src, r.Label)
		}
		if len(r.Source) == 0 {
			none = append(none, r.Label)
		}
	}
	a := &answer{kind: "sources", data: data}
	for _, d := range data {
		a.text += d.Source + "\n  " + strings.Join(d.Rules, ", ") + "\n"
	}
	if len(none) > 0 {
		a.text += "without a source: " + strings.Join(none, ", ") + "\n"
	}
	if a.text == "" {
		a.text = p.Name + " has no rules"
	}
	return a
}

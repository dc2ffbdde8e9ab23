package session

import (
	"context"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

func (s *Session) showCommand(_ context.Context, rest string) *answer {
	if rest == "" {
		return refuse("show what? For example: show %s", s.someLabel())
	}
	if rest == "session" {
		return s.showOwn()
	}
	if a := s.showRule(rest); a != nil {
		return a
	}
	if info, ok := s.now.prog.FactInfo(rest); ok && isPath(rest) {
		return s.showFact(info)
	}
	if a := s.showDeclared(rest); a != nil {
		return a
	}
	d := (&lang.Diagnostic{}).Say("there is no rule, term, group, kind, policy or fact `%s`", rest)
	if near, ok := lang.Nearest(rest, s.showable()); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Replacement: near}
	}
	return failure(d)
}

func (s *Session) someLabel() string {
	if p, err := s.now.by(); err == nil && len(p.Rules()) > 0 {
		return p.Rules()[0].Label
	}
	return "NAME"
}

// showable are the names that show knows.
func (s *Session) showable() []string {
	names := slices.Clone(s.now.prog.index().shown)
	if p, err := s.now.by(); err == nil {
		for _, r := range p.Rules() {
			names = append(names, r.Label)
		}
	}
	return names
}

// showRule shows a rule of the policy, or else of another, with what can defeat it.
func (s *Session) showRule(label string) *answer {
	now, _ := s.now.by()
	policies := s.now.prog.Policies()
	if now != nil {
		policies = append([]*interp.Policy{now}, policies...)
	}
	for _, p := range policies {
		for i, r := range p.Rules() {
			if r.Label != label {
				continue
			}
			a := &answer{kind: "rule", data: ruleOf(r), text: outdented(r.Text()) + "\n" + r.Policy + ", " + r.Site().String()}
			if by := p.Defeaters()[i]; len(by) > 0 {
				a.text += "\ncan be defeated by " + listed(by, "and")
			}
			return a
		}
	}
	return nil
}

// outdented takes the indentation of a text's further lines away.
func outdented(text string) string {
	lines := strings.Split(text, "\n")
	least := -1
	for _, l := range lines[1:] {
		if n := len(l) - len(strings.TrimLeft(l, " \t")); strings.TrimSpace(l) != "" && (least < 0 || n < least) {
			least = n
		}
	}
	for i := range lines[1:] {
		if l := lines[i+1]; len(l) >= least && least > 2 {
			lines[i+1] = l[least-2:]
		}
	}
	return strings.Join(lines, "\n")
}

// factData is what can be known, for JSON.
type factData struct {
	Fact     string   `json:"fact"`
	Question string   `json:"question"`
	Type     string   `json:"type"`
	Open     bool     `json:"open"`
	Default  any      `json:"default"`
	Choices  []string `json:"choices"`
}

func (s *Session) showFact(info interp.FactInfo) *answer {
	data := factData{Fact: info.Name, Question: info.Question, Type: info.Type, Open: info.Open, Choices: []string{}}
	text := info.Name + ": " + info.Type + "\n" + plain.Line(info.Question)
	if info.Open {
		text += "\na person decides this"
	}
	if info.Default != nil {
		data.Default = info.Default.String()
		text += "\nunless told, it is " + info.Default.String()
	}
	for _, c := range info.Choices {
		data.Choices = append(data.Choices, c.Name)
		if info.Form == interp.ChoiceAnswer && c.Title != "" {
			text += "\n  " + c.Name + "  " + c.Title
		}
	}
	v, _ := s.now.c.Lookup(info.Name)
	if v != nil && (info.Default == nil || v.String() != info.Default.String()) {
		text += "\nin this case: " + v.String() + titleOf(v)
	}
	return &answer{kind: "fact", data: data, text: text}
}

// declared is a declaration as it is written, for JSON.
type declared struct {
	Name string `json:"name"`
	Text string `json:"text"`
	At   string `json:"at"`
}

func (s *Session) showDeclared(name string) *answer {
	if s.now.prog.names(name) {
		// A policy is long: its rules in short are what is wanted.
		for _, p := range s.now.prog.Policies() {
			if p.Name == name {
				next := *s
				next.now = newState(s.now.prog, name, s.now.c, "")
				return next.rulesCommand(context.Background(), "")
			}
		}
	}
	d, ok := s.now.prog.index().declaration(name)
	if !ok {
		return nil
	}
	src, span := d.src, d.decl.Range()
	text := src.Slice(span)
	if doc := d.decl.Doc(); doc != "" {
		text = "# " + strings.ReplaceAll(doc, "\n", "\n# ") + "\n" + text
	}
	text = strings.TrimRight(text, "\n")
	if lines := strings.Split(text, "\n"); len(lines) > 40 {
		text = strings.Join(lines[:40], "\n") + "\n... " + counted(len(lines)-40, "further line", "further lines")
	}
	return &answer{kind: "declaration", data: declared{name, text, src.Place(span.Start)}, text: text + "\n" + src.Place(span.Start)}
}

func (s *Session) showOwn() *answer {
	text := s.now.prog.own.text()
	a := &answer{kind: "declaration", data: declared{"session", text, ""}, text: formatted(s.from.name, text)}
	if text == "" {
		a.text = "nothing has been declared in this session"
	}
	return a
}

// formatted is a text of declarations in the one layout.
func formatted(name, text string) string {
	f, ds := lang.Parse(context.Background(), name, text)
	if ds.HasErrors() {
		return text
	}
	return lang.Format(f)
}

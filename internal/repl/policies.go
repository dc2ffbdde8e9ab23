package repl

import (
	"context"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

func (s *Session) useCommand(_ context.Context, rest string) *answer {
	if rest == "" {
		return s.policiesList()
	}
	if !s.now.prog.names(rest) {
		if a := s.declare("use " + rest); !a.failed { // a module
			return a
		}
	}
	if _, err := s.now.prog.PolicyOn(rest, s.now.c.Date()); err != nil {
		return failure(s.withHint(err))
	}
	return s.goTo(newState(s.now.prog, rest, s.now.c, "use "+rest))
}

// goTo becomes another state and says how that is decided.
func (s *Session) goTo(next *state) *answer {
	s.become(next)
	p, d, err := next.decide()
	a := &answer{kind: "policy", data: s.stateJSON()}
	if p == nil {
		return failure(s.withHint(err))
	}
	a.text = p.Name
	if p.Title != "" {
		a.text += ": " + p.Title
	}
	a.text += "\nas of " + next.c.Date().String() + notInForce(p, next.c.Date())
	if err == nil {
		a.text += "\n-> " + standingInFull(d)
	}
	return a
}

// notInForce says that a policy is not in force on a date.
func notInForce(p *interp.Policy, on interp.Date) string {
	if p.InForce(on) {
		return ""
	}
	return ", when it is not in force"
}

// policyData is a policy for JSON.
type policyData struct {
	Name   string   `json:"name"`
	Title  string   `json:"title"`
	Amends *string  `json:"amends"`
	From   string   `json:"from"`  // "" where it has always been in force
	Until  string   `json:"until"` // "" where no end is set
	Rules  int      `json:"rules"`
	Series []string `json:"series"`
}

// period is when a policy is in force, in words and as two dates.
func period(p *interp.Policy) (from, until string) {
	always, never := interp.Date(0), interp.Date(0)
	if blank, err := interp.ParseDate("0001-01-01"); err == nil {
		always = blank
	}
	if last, err := interp.ParseDate("9999-12-31"); err == nil {
		never = last
	}
	if p.From > always {
		from = p.From.String()
	}
	if p.Until < never {
		until = p.Until.String()
	}
	return from, until
}

func (s *Session) policiesList() *answer {
	a := &answer{kind: "policies"}
	data := []policyData{}
	for _, p := range s.now.prog.Policies() {
		from, until := period(p)
		d := policyData{Name: p.Name, Title: p.Title, From: from, Until: until, Rules: len(p.Rules()), Series: []string{}}
		line := p.Name
		if p.Title != "" {
			line += ": " + p.Title
		}
		if from != "" {
			line += ", from " + from
		}
		if until != "" {
			line += ", until " + until
		}
		if p.Amends != nil {
			d.Amends = &p.Amends.Name
			line += ", amends " + p.Amends.Name
		}
		for _, x := range s.now.prog.AllSeries() {
			if slices.Contains(x.Policies, p) {
				d.Series = append(d.Series, x.Name)
			}
		}
		if len(d.Series) > 0 {
			line += ", in the series " + strings.Join(d.Series, ", ")
		}
		data = append(data, d)
		a.text += line + "\n"
	}
	a.data = data
	if len(data) == 0 {
		a.text = "there are no policies"
	}
	return a
}

func (s *Session) asOfCommand(_ context.Context, rest string) *answer {
	word := firstWord(rest)
	if word != "of" {
		return refuse("a date is set with: as of %s", s.opts.Date)
	}
	text := strings.TrimSpace(rest[len(word):])
	if text == "" {
		return &answer{kind: "policy", data: s.stateJSON(), text: "as of " + s.now.c.Date().String()}
	}
	day := s.opts.Date
	if text != "today" {
		var err error
		if day, err = interp.ParseDate(text); err != nil {
			return failure(err)
		}
	}
	c := s.now.c.Clone()
	c.SetDate(day)
	next := newState(s.now.prog, s.now.policy, c, "as of "+text)
	if _, err := next.by(); err != nil && s.now.policy != "" {
		return failure(s.withHint(err))
	}
	return s.goTo(next)
}

// ruleData is a rule for JSON.
type ruleData struct {
	Label   string   `json:"label"`
	Outcome string   `json:"outcome"`
	Policy  string   `json:"policy"` // where it is written
	Text    string   `json:"text"`
	Source  []string `json:"source"`
	At      string   `json:"at"`
}

func ruleOf(r *interp.Rule) ruleData {
	source := r.Source
	if source == nil {
		source = []string{}
	}
	return ruleData{r.Label, r.Outcome.Name, r.Policy, r.Text(), source, r.Place()}
}

func (s *Session) rulesCommand(_ context.Context, rest string) *answer {
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	if rest != "" {
		if _, err := s.now.prog.Outcome(rest); err != nil {
			return failure(err)
		}
	}
	a := &answer{kind: "rules"}
	data := []ruleData{}
	width := 0
	for _, r := range p.Rules() {
		width = max(width, len([]rune(r.Label)))
	}
	width = min(width, 32)
	for _, r := range p.Rules() {
		if rest != "" && r.Outcome.Name != rest {
			continue
		}
		data = append(data, ruleOf(r))
		from := ""
		if r.Policy != p.Name {
			from = " [" + r.Policy + "]"
		}
		a.text += s.opts.Style.Wrap("", padTo(r.Label, width)+"  ", render.RuleHead(r)+from)
	}
	if o := p.Otherwise(); o != nil && (rest == "" || rest == o.Outcome.Name) {
		a.text += padTo("otherwise", width) + "  " + o.Outcome.Name + "\n"
	}
	if a.text == "" {
		a.text = "no rule of " + p.Name + " gives " + rest
	}
	a.data = data
	return a
}

func padTo(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-len([]rune(s))))
}

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
	d := &lang.Diagnostic{Message: "there is no rule, term, group, kind, policy or fact `" + rest + "`"}
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
			a := &answer{kind: "rule", data: ruleOf(r), text: outdented(r.Text()) + "\n" + r.Policy + ", " + r.Place()}
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
	text := info.Name + ": " + info.Type + "\n" + info.Question
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
	f, ds := lang.Parse(name, text)
	if ds.HasErrors() {
		return text
	}
	return lang.Format(f)
}

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
		a.text += g.Name + " of " + g.Kind.Name + ", " + counted(g.Len(), "member", "members") + "\n"
	}
	a.data = data
	if len(data) == 0 {
		a.text = "there are no groups"
	}
	return a
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

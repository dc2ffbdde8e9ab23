package interp

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/stdlib"
)

// checker turns parsed files into a Program. It goes over the declarations in
// the order of what they need: kinds, roles, groups, terms, policies, tests.
type checker struct {
	l          *loader
	prog       *Program
	src        *lang.Source // of the declaration being checked
	dir        string
	names      map[string]declared // roles, terms, groups, outcomes: one vocabulary
	outcomes   map[string]*Outcome
	roles      map[string]*Role
	fns        map[string]*stdlib.Function
	kindOf     map[*Kind]*lang.Kind
	srcOf      map[*Kind]*lang.Source
	termBusy   map[*Term]bool
	rules      int // of the policies so far
	members    int // of the groups so far
	depth      int // of the terms being defined within one another
	below      int // how deep the terms go that the present one uses
	rootOf     map[*Role]*path
	paths      map[pathKey]*path
	quantities map[num.Dim]*Type
	dates      []num.Date // written in the program
	readsDate  bool       // some condition reads as_of
	unchecked  []*Rule    // whose conditions are still to be checked
}

type declared struct {
	what string
	src  *lang.Source
	span lang.Span
}

func newChecker(l *loader) *checker {
	k := &checker{l: l, dates: l.dates, readsDate: l.readsDate, names: map[string]declared{}, outcomes: map[string]*Outcome{}, roles: map[string]*Role{},
		fns: map[string]*stdlib.Function{}, kindOf: map[*Kind]*lang.Kind{}, srcOf: map[*Kind]*lang.Source{}, termBusy: map[*Term]bool{}, rootOf: map[*Role]*path{}, paths: map[pathKey]*path{}, quantities: map[num.Dim]*Type{},
		prog: &Program{options: l.options, kinds: map[string]*Kind{}, terms: map[string]*Term{}, groups: map[string]*Group{}, units: map[string]*Unit{},
			dims: map[string]num.Dim{}, policies: map[string]*Policy{}, series: map[string]*Series{}, lastDate: firstDay}}
	k.prog.whole = &Kind{index: map[string]*Attr{}}
	for name, d := range stdlib.Dimensions {
		k.prog.dims[name] = d
	}
	fns := stdlib.Functions()
	for i := range fns {
		k.fns[fns[i].Name] = &fns[i]
	}
	return k
}

// program runs every pass. A pass goes on after problems; what a problem left
// without a meaning is nil or blank, and is passed over in silence.
func (k *checker) program(files []*lang.File) {
	for _, f := range files {
		k.prog.sources = append(k.prog.sources, f.Source)
	}
	each(k, files, k.declareUnit)
	each(k, files, k.declareOutcomes)
	each(k, files, k.declareKind)
	each(k, files, k.extendKind)
	each(k, files, k.declareRole)
	each(k, files, k.declareTerm)
	each(k, files, k.declareAttrs)
	each(k, files, k.declareGroup)
	k.finishKinds()
	k.ownFunctions()
	each(k, files, k.defaults)
	each(k, files, k.fillGroup)
	k.spareMembers()
	k.joinGroups()
	each(k, files, func(t *lang.Term) { k.defineTerm(k.prog.terms[t.Name.Text], t) })
	each(k, files, k.constraint)
	each(k, files, k.declarePolicy)
	each(k, files, k.amendPolicy)
	each(k, files, k.seriesOf)
	each(k, files, k.test)
	each(k, files, k.claim)
	k.finishDates()
}

// finishDates tells the program what dates are written in it.
func (k *checker) finishDates() {
	slices.Sort(k.dates)
	k.prog.dates, k.prog.readsDate = slices.Compact(k.dates), k.readsDate
	if n := len(k.prog.dates); n > 0 {
		k.prog.lastDate = k.prog.dates[n-1]
	} else {
		k.prog.lastDate, _ = num.MakeDate(1999, 12, 31)
	}
}

// each calls f for every declaration of one sort, in the order of the files.
func each[D lang.Decl](k *checker, files []*lang.File, f func(D)) {
	for i, file := range files {
		k.src, k.dir = file.Source, k.l.dirs[i]
		for _, d := range file.Decls {
			if decl, ok := d.(D); ok {
				f(decl)
			}
		}
	}
}

// errorf reports a problem at a node of the present file.
func (k *checker) errorf(code lang.Code, at lang.Node, format string, args ...any) *lang.Diagnostic {
	d := &lang.Diagnostic{Code: code, Source: k.src, Span: at.Range(), Message: fmt.Sprintf(format, args...)}
	if !k.full() {
		k.l.diags = append(k.l.diags, d)
	}
	return d
}

// maxProblems is how many problems a program reports; a text that is no rule file
// at all can have millions.
const maxProblems = 1_000

func (k *checker) full() bool { return len(k.l.diags) >= maxProblems }

// misspelt reports an unknown name, with the nearest known one as the fix.
func (k *checker) misspelt(code lang.Code, at lang.Node, word string, known []string, format string, args ...any) *lang.Diagnostic {
	d := k.errorf(code, at, format, args...)
	if k.full() {
		return d
	}
	if near, ok := lang.Nearest(word, known); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: at.Range(), Replacement: near}
	}
	return d
}

// claimName takes a name for a declaration; false where it is taken, which is reported.
func (k *checker) claimName(names map[string]declared, n lang.Name, what string) bool {
	if n.Text == "" {
		return false
	}
	if old, dup := names[n.Text]; dup {
		d := k.errorf(lang.Duplicate, n, "`%s` is declared twice: here as %s, and before as %s", n.Text, what, old.what)
		d.Notes = append(d.Notes, lang.Note{Source: old.src, Span: old.span, Text: "the first declaration"})
		return false
	}
	names[n.Text] = declared{what, k.src, n.Range()}
	return true
}

// date reads a date literal and remembers the last one of the program.
func (k *checker) date(text string) num.Date {
	d, err := num.ParseDate(text)
	if err != nil { // the lexer has reported it
		return 0
	}
	k.noteDate(d)
	return d
}

func (k *checker) noteDate(d num.Date) { k.dates = append(k.dates, d) }

// periodOf reads from (or since) and until.
func (k *checker) periodOf(from, until *lang.Date) period {
	p := always
	if from != nil {
		p.since = k.date(from.Text)
	}
	if until != nil {
		p.until = k.date(until.Text)
		if p.empty() && from != nil {
			k.errorf(lang.EmptyPeriod, until, "the first day after the end, %s, is not after the first day, %s", until.Text, from.Text)
		}
	}
	return p
}

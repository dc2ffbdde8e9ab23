package interp

import (
	"context"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

// checker turns parsed files into a Program. It goes over the declarations in
// the order of what they need: kinds, roles, groups, terms, policies, tests.
type checker struct {
	l          *input
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
	valueBusy  map[*namedValue]bool
	defining   *namedValue         // that is worked out,
	valuesOf   *builder            // with the values of this amendment
	replaced   map[string]bool     // the values that some amendment replaces
	functions  map[string]declared // that the rules declare
	rules      int                 // of the policies so far
	members    int                 // of the groups so far
	memory     int                 // see take
	within     map[*Group][]groupIn
	tables     map[tableKey]*dataTable
	rowsOf     map[*Kind]*dataTable // of kinds whose identities a file lists
	depth      int                  // of the terms being defined within one another
	looks      int                  // at the context, see goOn
	below      int                  // how deep the terms go that the present one uses
	rootOf     map[*Role]*path
	paths      map[pathKey]*path
	quantities map[num.Dim]*Type
	dates      []num.Date  // written in the program
	given      []num.Date  // of members that the embedder gives
	readsDate  bool        // some condition reads as_of
	unchecked  []*Rule     // whose conditions are still to be checked
	relaxed    func(*Rule) // checks the conditions of one when they are needed
}

// input is what a checker is given, and the problems that it finds.
type input struct {
	modules          []*lang.File // of the standard library, among the files
	ctx              context.Context
	options          Options
	dirs             []string // of each file, for what it names relative to itself
	diags            lang.Diagnostics
	lost             lostWords // what was declared and could not be understood
	spell            spelling
	errors, warnings int // reported, see report
	// What is known of a program in compiled form, whose rules have been checked before.
	lazy      bool
	wanted    []string // signatures of functions
	dates     []num.Date
	readsDate bool
	// read reads a file within the program's bounds, outside one that is no part of compiled rules,
	// and data that of a group; what is wrong with it is among the diags.
	read    func(name string, by *lang.Source, at lang.Span) ([]byte, bool)
	outside func(name string, by *lang.Source, at lang.Span) ([]byte, bool)
	data    func(dir string, name *lang.String, src *lang.Source) ([]byte, bool)
}

type declared struct {
	what string
	src  *lang.Source
	span lang.Span
}

func newChecker(l *input) *checker {
	k := &checker{l: l, dates: l.dates, readsDate: l.readsDate, names: map[string]declared{}, functions: map[string]declared{}, outcomes: map[string]*Outcome{}, roles: map[string]*Role{},
		fns: map[string]*stdlib.Function{}, kindOf: map[*Kind]*lang.Kind{}, srcOf: map[*Kind]*lang.Source{}, termBusy: map[*Term]bool{}, valueBusy: map[*namedValue]bool{}, replaced: map[string]bool{}, rootOf: map[*Role]*path{}, paths: map[pathKey]*path{}, quantities: map[num.Dim]*Type{}, within: map[*Group][]groupIn{}, tables: map[tableKey]*dataTable{}, rowsOf: map[*Kind]*dataTable{},
		prog: &Program{options: l.options, own: map[string]*ownFunction{}, kinds: map[string]*Kind{}, terms: map[string]*Term{}, groups: map[string]*Group{}, units: map[string]*unitOfMeasure{}, coherentUnits: map[num.Dim]*unitOfMeasure{}, values: map[string]*namedValue{},
			dims: map[string]num.Dim{}, policies: map[string]*Policy{}, series: map[string]*Series{}, lastDate: firstDay}}
	k.prog.whole = &Kind{index: map[string]*Attr{}}
	for name, d := range stdlib.Dimensions {
		k.prog.dims[name] = num.Dim(d)
	}
	fns := stdlib.Functions()
	for i := range fns {
		k.fns[fns[i].Name] = &fns[i]
	}
	return k
}

// finishDates tells the program what dates are written in it.
func (k *checker) finishDates() {
	slices.Sort(k.dates)
	k.prog.writtenDates = slices.Compact(k.dates)
	k.dates = slices.Concat(k.prog.writtenDates, k.given)
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
			k.goOn()
			if decl, ok := d.(D); ok {
				f(decl)
			}
		}
	}
}

// errorf reports a problem at a node of the present file.
func (k *checker) errorf(c code.Code, at lang.Node, format string, args ...any) *lang.Diagnostic {
	return k.report((&lang.Diagnostic{Code: c, Source: k.src, Span: at.Range()}).Say(format, onLines(args)...))
}

// maxProblems is how many problems a program reports, and as many warnings; a text that is
// no rule file at all can have millions.
const maxProblems = 1_000

// report takes a problem in. With the last that is reported the checking ends: nobody would
// read what else there is.
func (k *checker) report(d *lang.Diagnostic) *lang.Diagnostic {
	if d.Code.Severity() == code.Error {
		if k.l.errors++; k.l.errors > maxProblems || k.l.ctx != nil && k.l.ctx.Err() != nil {
			panic(abandoned{})
		}
	} else if k.l.warnings++; k.l.warnings > maxProblems {
		return d
	}
	k.l.diags = append(k.l.diags, d)
	return d
}

// abandoned ends the checking of a program; finish and share catch it.
type abandoned struct{}

// catch is deferred where the checking may be abandoned.
func catch() {
	if r := recover(); r != nil {
		if _, is := r.(abandoned); !is {
			panic(r)
		}
	}
}

// goOn is called for every declaration, rule, condition and member, and ends the checking
// where its context is done.
func (k *checker) goOn() {
	if k.looks++; k.looks%piecesAtOnce == 0 && k.l.ctx != nil && k.l.ctx.Err() != nil {
		panic(abandoned{})
	}
}

// piecesAtOnce is how many pieces of a program are checked between two looks at the context.
const piecesAtOnce = 256

// What things take, in bytes, about: a byte of text with its tree, a rule, a member of a group.
const (
	memoryOfByte     = 8
	memoryOfRule     = 512
	memoryOfMember   = 128
	memoryOfScreened = 80
)

// take counts memory of the program, and refuses what is too much.
func (k *checker) take(at lang.Node, bytes int) {
	most := k.prog.options.Limits.Memory
	if before := k.memory; before <= most {
		if k.memory += bytes; k.memory > most {
			k.errorf(code.TooMuch, at, "the program takes more than %s of memory", bytesText(most))
		}
	}
}

// misspelt reports an unknown name, with the nearest known one as the fix.
func (k *checker) misspelt(c code.Code, at lang.Node, word string, known func() []string, format string, args ...any) *lang.Diagnostic {
	d := k.errorf(c, at, format, args...)
	if near, ok := k.l.spell.nearest(word, known); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: at.Range(), Replacement: near}
	}
	return d
}

// misspeltText is misspelt of a word that stands in quotes.
func (k *checker) misspeltText(c code.Code, at lang.Node, word string, known func() []string, format string, args ...any) {
	if d := k.misspelt(c, at, word, known, format, args...); d.Fix != nil {
		d.Fix.Replacement = lang.Quote(d.Fix.Replacement)
	}
}

// claimName takes a name for a declaration; false where it is taken, which is reported.
func (k *checker) claimName(names map[string]declared, n lang.Name, what string) bool {
	if n.Text == "" {
		return false
	}
	if old, dup := names[n.Text]; dup {
		d := k.errorf(code.Duplicate, n, "`%s` is declared twice: here as %s, and before as %s", n.Text, what, old.what)
		d.Notes = append(d.Notes, lang.Note{Source: old.src, Span: old.span, Text: "the first declaration"})
		return false
	}
	names[n.Text] = declared{what, k.src, n.Range()}
	return true
}

// spot is the place of a node of the present file.
func (k *checker) spot(at lang.Node) spot { return spot{k.src, at.Range(), &k.l.spell} }

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
			k.errorf(code.EmptyPeriod, until, "the first day after the end, %s, is not after the first day, %s", until.Text, from.Text)
		}
	}
	return p
}

// lineOf is a line of a file.
type lineOf struct {
	src  *lang.Source
	line int
}

// lostWords is what was not read: modules, files, the words of the lines that were not
// understood, and what is of a kind or type that does not exist.
type lostWords struct {
	module, file bool // of a module or a file that could not be read
	words        map[string]bool
	lines        map[lineOf]bool // that the words are from
	names        map[string]bool // declared, of a kind or type that does not exist
}

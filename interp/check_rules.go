package interp

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/ctl-lang/ctl/lang"
)

// rule is a rule of the tree, whose condition is checked later.
func (k *checker) rule(d *lang.Rule, label string, p *Policy) *Rule {
	k.goOn()
	period := k.periodOf(d.From, d.Until)
	r := &Rule{Label: label, Outcome: k.outcome(d.Outcome), Policy: p.Name, from: period.since, until: period.until, src: k.src, decl: d,
		Requiring: texts(d.Requiring), Because: k.textIn(d.Because), Source: texts(d.Source)}
	if r.Outcome == nil { // reported; any will do for what follows
		r.Outcome = &Outcome{}
	}
	k.unchecked = append(k.unchecked, r)
	return r
}

// clauses checks the condition of a rule, clause by clause.
func (k *checker) clauses(r *Rule) {
	k.goOn()
	d := r.decl
	k.src = r.src
	r.checked = make([]clause, 0, clauseCount(d))
	var conds []cond
	if d.Object != nil {
		k.phrase(r, ClauseObject, "", d.Object, d.Object)
	}
	for _, ph := range d.Phrases {
		k.phrase(r, ClauseKind(ph.Prep.Text), ph.Prep.Text, ph.X, ph.Prep)
	}
	if d.When != nil {
		r.checked = append(r.checked, clause{ClauseWhen, k.cond(d.When, scope{roles: true})})
	}
	if d.Unless != nil {
		r.checked = append(r.checked, clause{ClauseUnless, k.cond(d.Unless, scope{roles: true})})
	}
	for _, p := range r.checked {
		conds = append(conds, p.c)
	}
	k.needsHas(conds...)
}

// clauseCount is how many clauses a rule's condition has.
func clauseCount(d *lang.Rule) int {
	n := len(d.Phrases)
	for _, e := range []lang.Expr{d.Object, d.When, d.Unless} {
		if e != nil {
			n++
		}
	}
	return n
}

// manyRules is from how many rules on their conditions are checked on all cores.
const manyRules = 2_000

// checkRules checks the conditions of the rules met so far. All that they can use has
// been declared by then, so that one does not depend on another.
func (k *checker) checkRules() {
	rules := k.unchecked
	k.unchecked = nil
	if k.l.lazy {
		if k.relaxed == nil {
			k.relaxed = k.prog.checkLater()
		}
		for _, r := range rules {
			r.later = &later{check: k.relaxed}
		}
		return
	}
	src := k.src
	if cores := runtime.GOMAXPROCS(0); len(rules) < manyRules || cores == 1 {
		for _, r := range rules {
			k.clauses(r)
		}
	} else {
		k.share(rules, cores)
	}
	k.src = src
}

// share gives every core some of the rules, and takes over what it finds in their order.
func (k *checker) share(rules []*Rule, cores int) {
	var workers []*checker
	var wg sync.WaitGroup
	for part := range slices.Chunk(rules, (len(rules)+cores-1)/cores) {
		w := k.worker()
		workers = append(workers, w)
		wg.Go(func() {
			defer catch()
			for _, r := range part {
				w.clauses(r)
			}
		})
	}
	wg.Wait()
	for _, w := range workers {
		k.dates, k.readsDate = append(k.dates, w.dates...), k.readsDate || w.readsDate
		k.l.spell.looked = max(k.l.spell.looked, w.l.spell.looked)
		for _, d := range w.l.diags {
			k.report(d)
		}
	}
	if k.l.ctx != nil && k.l.ctx.Err() != nil {
		panic(abandoned{})
	}
}

// worker is a checker for conditions beside k: it shares what is declared, which no
// condition changes, and keeps its own findings.
func (k *checker) worker() *checker {
	w := *k
	w.l = &input{ctx: k.l.ctx, options: k.l.options, errors: k.l.errors, warnings: k.l.warnings, spell: k.l.spell}
	w.termBusy, w.rootOf = map[*Term]bool{}, maps.Clone(k.rootOf)
	w.paths, w.quantities = maps.Clone(k.paths), maps.Clone(k.quantities)
	w.dates, w.readsDate, w.unchecked = nil, false, nil
	return &w
}

// checkLater checks the conditions of the rules of a finished program, one at a time.
func (p *Program) checkLater() func(*Rule) {
	var mu sync.Mutex
	var k *checker
	return func(r *Rule) {
		mu.Lock()
		defer mu.Unlock()
		if k == nil {
			k = p.rechecker(r.src)
		}
		k.clauses(r)
	}
}

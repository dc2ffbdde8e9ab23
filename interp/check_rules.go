package interp

import (
	"maps"
	"runtime"
	"slices"
	"sync"
)

// manyRules is from how many rules on their conditions are checked on all cores.
const manyRules = 2_000

// checkRules checks the conditions of the rules met so far. All that they can use has
// been declared by then, so that one does not depend on another.
func (k *checker) checkRules() {
	rules := k.unchecked
	k.unchecked = nil
	if k.l.lazy {
		for _, r := range rules {
			r.later = &later{p: k.prog}
		}
		return
	}
	src := k.src
	if cores := runtime.GOMAXPROCS(0); len(rules) < manyRules || cores == 1 {
		for _, r := range rules {
			k.conditions(r)
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
			for _, r := range part {
				w.conditions(r)
			}
		})
	}
	wg.Wait()
	for _, w := range workers {
		k.dates, k.readsDate = append(k.dates, w.dates...), k.readsDate || w.readsDate
		if room := max(maxProblems-len(k.l.diags), 0); len(w.l.diags) > room {
			w.l.diags = w.l.diags[:room]
		}
		k.l.diags = append(k.l.diags, w.l.diags...)
	}
}

// worker is a checker for conditions beside k: it shares what is declared, which no
// condition changes, and keeps its own findings.
func (k *checker) worker() *checker {
	w := *k
	w.l = &loader{options: k.l.options}
	w.termBusy, w.rootOf = map[*Term]bool{}, maps.Clone(k.rootOf)
	w.paths, w.quantities = maps.Clone(k.paths), maps.Clone(k.quantities)
	w.dates, w.readsDate, w.unchecked = nil, false, nil
	return &w
}

// later checks a rule's conditions when they are first asked for. They are those of a
// program that has been checked before.
type later struct {
	p    *Program
	once sync.Once
}

// conditions are the rule's clauses.
func (r *Rule) conditions() []part {
	if r.later != nil {
		r.later.once.Do(func() { r.later.p.checkLater(r) })
	}
	return r.parts
}

// checkLater checks the conditions of a rule of a finished program.
func (p *Program) checkLater(r *Rule) {
	p.relaxed.mu.Lock()
	defer p.relaxed.mu.Unlock()
	if p.relaxed.k == nil {
		p.relaxed.k = p.rechecker(r.src)
	}
	p.relaxed.k.conditions(r)
}

// relaxed is the checker of a program whose rules are checked when they are needed.
type relaxed struct {
	mu sync.Mutex
	k  *checker
}

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
			defer catch()
			for _, r := range part {
				w.conditions(r)
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
		k.conditions(r)
	}
}

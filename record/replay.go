package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/ctl-lang/ctl/interp"
)

// Change is a recorded decision that is now another one, or may be.
type Change struct {
	Record   *Record
	Decision *interp.Decision // as it is now; nil where Err says why there is none
	Err      error            // of a case that can no longer be decided

	// Unclear says that it hangs on masked facts whether anything changes: without them
	// the case is undetermined, and the recorded answer is one of the possible ones.
	Unclear bool

	Lost, Added []string // obligations that the decision no longer has, and those that come to it; none where Unclear or Err says more
}

// Now is the answer now.
func (c *Change) Now() string {
	if c.Decision == nil {
		return string(Failed)
	}
	return c.Decision.Answer()
}

// Counts say what became of the records read so far.
type Counts struct {
	Same    int // decided as before, with the same obligations
	Changed int
	Unclear int // it hangs on masked facts
	Skipped int // no policy was to decide them
	Bad     int // lines that are no records, and facts that the vocabulary no longer has
	Torn    int // those among the bad lines of which only a part was written
}

// Replay decides recorded cases again.
type Replay struct {
	records io.Reader
	under   func(*Record) (*interp.Policy, error)
	counts  Counts
}

// NewReplay decides every record again under one policy, as of its own date. The policy
// may be of another program than the one that decided: its vocabulary has to have the
// facts that were given.
func NewReplay(records io.Reader, p *interp.Policy) *Replay {
	return NewReplayUnder(records, func(*Record) (*interp.Policy, error) { return p, nil })
}

// NewReplayUnder asks for each record under which policy it is to be decided: by its
// name and date, say, as interp.Program.PolicyOn finds it. Records for which there is
// neither a policy nor an error are skipped.
func NewReplayUnder(records io.Reader, under func(*Record) (*interp.Policy, error)) *Replay {
	return &Replay{records: records, under: under}
}

// Counts are those of the records that Changes has gone over.
func (r *Replay) Counts() Counts { return r.counts }

// Changes reads the records, once, and yields the decisions that change. A *LineError
// is a record that cannot be replayed; the loop may go on to the next one. The context's
// error ends it.
func (r *Replay) Changes(ctx context.Context) iter.Seq2[*Change, error] {
	return func(yield func(*Change, error) bool) {
		for rec, err := range Read(r.records) {
			if ctx.Err() != nil {
				yield(nil, ctx.Err())
				return
			}
			var change *Change
			if err == nil {
				if change, err = r.again(ctx, rec); ctx.Err() != nil {
					yield(nil, ctx.Err())
					return
				} else if err != nil {
					err = &LineError{nameOf(r.records), rec.Line, err}
				}
			}
			if err != nil {
				r.counts.Bad++
			}
			if torn := new(TornError); errors.As(err, &torn) {
				r.counts.Torn++
			}
			if (err != nil || change != nil) && !yield(change, err) {
				return
			}
		}
	}
}

// again decides a record again. The change is nil where there is none.
func (r *Replay) again(ctx context.Context, rec *Record) (*Change, error) {
	p, err := r.under(rec)
	if err != nil {
		return nil, err
	}
	if p == nil {
		r.counts.Skipped++
		return nil, nil
	}
	c, err := rec.Case(p.Program())
	if err != nil {
		return nil, err
	}
	d, err := p.Unobserved(ctx, c)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	change := rec.compare(d, err)
	switch {
	case change == nil:
		r.counts.Same++
	case change.Unclear:
		r.counts.Unclear++
	default:
		r.counts.Changed++
	}
	return change, nil
}

// date is the date of the recorded case, or interp.NoDate.
func (r *Record) date() (interp.Date, error) {
	if r.AsOf == "" {
		return interp.NoDate, nil
	}
	day, err := interp.ParseDate(r.AsOf)
	if err != nil {
		return 0, fmt.Errorf("as_of: %w", err)
	}
	return day, nil
}

// Case is the recorded case in the vocabulary of a program, without the facts that are
// masked. The error is a lang.Diagnostics about facts that the program does not know.
func (r *Record) Case(prog *interp.Program) (*interp.Case, error) {
	day, err := r.date()
	if err != nil {
		return nil, err
	}
	facts := r.Facts
	for _, name := range r.Masked {
		facts = without(facts, prog.JSONPath(name))
	}
	c := prog.NewCase()
	if err := c.ReadMap(facts); err != nil {
		return nil, err
	}
	c.SetDate(day)
	return c, nil
}

// without is a copy of facts without one of them: the fact of that path, or, where an
// object stands there, its identity.
func without(facts map[string]any, path []string) map[string]any {
	out := make(map[string]any, len(facts))
	for name, v := range facts {
		inner, isObject := v.(map[string]any)
		switch {
		case name != path[0]:
			out[name] = v
		case isObject && len(path) == 1:
			out[name] = without(inner, []string{"id"})
		case isObject:
			out[name] = without(inner, path[1:])
		case len(path) > 1:
			out[name] = v
		}
	}
	return out
}

// compare tells a decision from the recorded one.
func (r *Record) compare(d *interp.Decision, err error) *Change {
	change := &Change{Record: r, Decision: d, Err: err}
	if err != nil || r.Status == Failed {
		if err != nil && r.Status == Failed {
			return nil
		}
		return change
	}
	masked := len(r.Masked) > 0
	if masked && d.Status == interp.Undetermined && r.possible(d) {
		change.Unclear = true
		return change
	}
	kept := d.Obligations
	if masked {
		kept = append(slices.Clone(kept), d.MayOblige...)
	}
	change.Lost, change.Added = missing(r.Obligations, kept), missing(d.Obligations, r.Obligations)
	same := d.Answer() == r.Answer() && (d.Status != interp.Undetermined || sameAnswers(r, d))
	if same && len(change.Lost)+len(change.Added) == 0 {
		return nil
	}
	return change
}

// possible says whether the recorded answer is among those that a decision leaves open.
func (r *Record) possible(d *interp.Decision) bool {
	for _, p := range d.Possible {
		if p.Name() == r.Answer() || r.Status == interp.Undetermined {
			return true
		}
	}
	return false
}

// sameAnswers says whether two undetermined answers leave the same ones open.
func sameAnswers(r *Record, d *interp.Decision) bool {
	now := make([]string, len(d.Possible))
	for i, p := range d.Possible {
		now[i] = p.Name()
	}
	was := answers(r.Possible)
	return len(missing(now, was))+len(missing(was, now)) == 0
}

// missing are the texts of a list that another does not have.
func missing(list, other []string) (out []string) {
	for _, s := range list {
		if !slices.Contains(other, s) {
			out = append(out, s)
		}
	}
	return out
}

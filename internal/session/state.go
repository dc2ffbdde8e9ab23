package session

import (
	"context"
	"encoding/json"
	"time"

	"github.com/ctl-lang/ctl/interp"
)

// state is where the session stands. It never changes.
type state struct {
	prog   *program
	policy string       // as named by use; "" for the only one
	c      *interp.Case // with its date
	did    string       // what was done to get here
	known  *decided
}

// decided keeps the decision on a state once it was made. It may be asked for by
// several at a time.
type decided struct {
	busy   chan struct{} // holds one who decides
	done   chan struct{} // closed when the decision is there
	policy *interp.Policy
	d      *interp.Decision
	err    error

	ahead context.Context // of deciding before anybody asks
	leave context.CancelFunc
}

func newState(prog *program, policy string, c *interp.Case, did string) *state {
	k := &decided{busy: make(chan struct{}, 1), done: make(chan struct{})}
	k.ahead, k.leave = context.WithCancel(context.Background())
	return &state{prog: prog, policy: policy, c: c, did: did, known: k}
}

// decide is the decision on a state, and by which policy. When ctx ends, nothing is
// kept of what was computed.
func (st *state) decide(ctx context.Context) (*interp.Policy, *interp.Decision, error) {
	k := st.known
	select {
	case <-k.done:
		return k.policy, k.d, k.err
	case k.busy <- struct{}{}:
		defer func() { <-k.busy }()
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	select {
	case <-k.done:
		return k.policy, k.d, k.err
	default:
	}
	p, err := st.by()
	var d *interp.Decision
	if err == nil {
		d, err = p.Decide(ctx, st.c)
	}
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	k.policy, k.d, k.err = p, d, err
	close(k.done)
	return p, d, err
}

// decideWithin is decide, if that takes no longer than some time. Where it does, it
// goes on in the background until the session leaves the state.
func (st *state) decideWithin(most time.Duration) (p *interp.Policy, d *interp.Decision, err error, ok bool) {
	go func() {
		defer func() { _ = recover() }() // whoever asks for the decision hears of it
		_, _, _ = st.decide(st.known.ahead)
	}()
	select {
	case <-st.known.done:
		return st.known.policy, st.known.d, st.known.err, true
	case <-time.After(most):
		return nil, nil, nil, false
	}
}

// by is the policy that decides, without deciding.
func (st *state) by() (*interp.Policy, error) { return st.prog.PolicyOn(st.policy, st.c.Date()) }

// moment is a state as undo keeps it: without its program and its decision, which are
// large, and come about again when it is gone back to.
type moment struct {
	own    *ownText
	files  *reading
	policy string
	day    interp.Date
	facts  []byte // as JSON
	did    string
}

func (st *state) moment() *moment {
	facts, err := json.Marshal(st.c.Map())
	if err != nil {
		panic(err) // Map gives nothing that JSON does not take
	}
	return &moment{own: st.prog.own, files: st.prog.files, policy: st.policy, day: st.c.Date(), facts: facts, did: st.did}
}

// state is the state that was kept as a moment. What is the same in the present one is
// taken from there.
func (s *source) state(m *moment, now *state) (*state, error) {
	prog := now.prog
	if m.own != prog.own || m.files != prog.files {
		var err error
		if prog, err = s.load(m.own, m.files); err != nil {
			return nil, err
		}
	}
	c := prog.NewCase()
	if err := c.ReadJSON(context.Background(), "undo", m.facts); err != nil {
		return nil, err
	}
	c.SetDate(m.day)
	return newState(prog, m.policy, c, m.did), nil
}

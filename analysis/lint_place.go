package analysis

import (
	"errors"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// place is some cases of a policy, and what it says there: of many rules few apply in the cases
// of one, and no others are looked at.
type place struct {
	circuit *dd.Circuit
	cases   dd.Node
	policy  *interp.Policy // with the rules that may apply there alone
	rules   []int          // these, by their places among the policy's rules
	answers []dd.Gate
	decide  *interp.Deciding // once asked for: of these rules
}

// searchEffort is how many steps one search for a case may take.
const searchEffort = 200_000

// at goes to some cases. The rules of also are looked at in any event.
func (n *inspection) at(cases dd.Node, also ...int) *place {
	at := n.place
	if at.policy != nil && at.cases == cases && !slices.ContainsFunc(also, func(i int) bool { return !slices.Contains(at.rules, i) }) {
		return at
	}
	near, err := n.near.Of(cases)
	n.keep(dd.False, err)
	near = append(near, also...)
	slices.Sort(near)
	at.rules = slices.Compact(near)
	at.circuit.Reset(cases)
	at.cases, at.policy, at.decide = cases, n.places.Only(at.rules), nil
	at.answers, err = n.Answers(at.circuit, interp.Dated{Policy: at.policy, On: n.on})
	n.keep(dd.False, err)
	return at
}

// local is the place of a rule among those of a place.
func (at *place) local(i int) (k int, there bool) { return slices.BinarySearch(at.rules, i) }

// decidingAt is what the decisions of a place rest on.
func (n *inspection) decidingAt(at *place) *interp.Deciding {
	if at.decide == nil {
		on, err := n.Deciding(at.circuit, interp.Dated{Policy: at.policy, On: n.on})
		if n.keep(dd.False, err); err != nil {
			return n.decide
		}
		at.decide = on
	}
	return at.decide
}

// find looks for a case of a place in which all of some gates hold.
func (n *inspection) find(at *place, gates ...dd.Gate) (choices []dd.Choice, found bool) {
	return n.search(at.circuit, gates...)
}

// anywhere looks for a case in which all of some gates of the whole policy hold.
func (n *inspection) anywhere(gates ...dd.Gate) (choices []dd.Choice, found bool) {
	return n.search(n.circuit, gates...)
}

// search looks for a case. Where that takes too long, there may be one.
func (n *inspection) search(c *dd.Circuit, gates ...dd.Gate) (choices []dd.Choice, found bool) {
	if n.err != nil {
		return nil, false
	}
	choices, found, err := c.Find(c.Conjoin(append(gates, c.Leaf(n.care))...), searchEffort)
	if errors.Is(err, dd.ErrBudget) && n.Store.Stats().Nodes < n.p.Program().Limits().AnalysisNodes {
		n.given = true
		return nil, true
	}
	n.keep(dd.False, err)
	return choices, found
}

// differs says whether another version of the policy answers a case of a place differently, or
// with other obligations.
func (n *inspection) differs(at *place, q *interp.Policy) bool {
	c, d := at.circuit, interp.Dated{Policy: q, On: n.on}
	var differ []dd.Gate
	apart := func(now, then []dd.Gate) {
		for i := range now {
			differ = append(differ, c.Less(now[i], then[i])) // what then says instead is among the others
		}
	}
	if !n.obliges {
		then, err := n.Answers(c, d)
		if n.keep(dd.False, err); err != nil {
			return true
		}
		apart(at.answers, then)
	} else {
		now := n.decidingAt(at)
		then, err := n.Deciding(c, d)
		if n.keep(dd.False, err); err != nil {
			return true
		}
		apart(at.answers, then.Answers)
		for _, o := range namesOf(now.Obliging, then.Obliging) {
			differ = append(differ, c.Less(now.Obliging[o], then.Obliging[o]), c.Less(then.Obliging[o], now.Obliging[o]))
		}
	}
	_, found := n.find(at, c.Or(differ...))
	return found
}

// manyRules is from how many rules on some points are tried first: whether what is changed matters
// shows at most of them at once. Tests lower it.
var manyRules = 32

// mostTried is how many points are tried.
const mostTried = 6

// matters says whether another version of the policy answers some of the cases differently; it is
// that of the policy with only some of its rules. The rules of also are changed.
func (n *inspection) matters(cases dd.Node, version func(*interp.Policy) *interp.Policy, also ...int) bool {
	if cases = n.and(cases, n.care); cases == dd.False {
		return false
	}
	first := 1 // behind the rule that is changed, if there is one
	if len(also) > 0 {
		first += also[0]
	}
	if many := len(n.rules); many > manyRules {
		for k := range mostTried {
			among := cases
			if k > 0 {
				among = n.and(cases, n.own[(first+(k-1)*many/mostTried)%many])
			}
			point, err := n.place.circuit.Quiet(among)
			if n.keep(dd.False, err); point == dd.False {
				continue
			}
			if at := n.at(point, also...); n.differs(at, version(at.policy)) {
				return true
			}
		}
	}
	at := n.at(cases, also...)
	return n.differs(at, version(at.policy))
}

// obliges says whether anything in a policy has obligations.
func obliges(p *interp.Policy) bool {
	return slices.ContainsFunc(p.Otherwises(), func(o *interp.Otherwise) bool { return len(o.Requiring) > 0 }) ||
		slices.ContainsFunc(p.Rules(), func(r *interp.Rule) bool { return len(r.Requiring) > 0 })
}

// covering are voices that together speak in all of some cases in which any of them
// does: none of them could be left out.
func (n *inspection) covering(at *place, cases dd.Gate, voices []voice) []voice {
	c := at.circuit
	remains := func(v dd.Gate, others []voice) bool { // v speaks where none of the others does
		gates := []dd.Gate{cases, v}
		for _, o := range others {
			gates = append(gates, c.Not(o.cases))
		}
		_, found := n.find(at, gates...)
		return found
	}
	for k, v := range voices { // often one of those that apply wherever the place is does it alone
		if v.rule != nil && n.decidingAt(at).Applies[v.index] == dd.Yes && !remains(c.Not(v.cases), nil) {
			if remains(dd.Yes, voices[:k]) {
				return []voice{v}
			}
			break
		}
	}
	var out []voice
	for _, v := range voices {
		if v.cases == dd.No || n.err != nil || !remains(v.cases, out) {
			continue
		}
		if out = append(out, v); !remains(dd.Yes, out) {
			break
		}
	}
	for i := 0; i < len(out); {
		fewer := slices.Delete(slices.Clone(out), i, i+1)
		if !remains(out[i].cases, fewer) {
			out = fewer
		} else {
			i++
		}
	}
	return out
}

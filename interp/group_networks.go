package interp

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/ctl-lang/ctl/internal/addr"
	"github.com/ctl-lang/ctl/internal/num"
)

// addressKind stands for the type of addresses where a group says of what it is. A member of such a
// group is a network or one address, which is the network of itself, by its canonical text.
var addressKind = &Kind{Name: addressScalar.name, TextIds: true, fold: &folding{name: addressScalar.name, key: networkText, ask: "`in`"}}

// networkText is a network, or an address, as it is written canonically; another text is itself.
func networkText(text string) string {
	if p, err := parseNetwork(text); err == nil {
		return textOfNetwork(p)
	}
	return text
}

// parseNetwork reads a network, or an address as the network of itself.
func parseNetwork(text string) (netip.Prefix, error) {
	if p, err := addr.ParseNetwork(text); err == nil {
		return p, nil
	}
	a, err := addr.Parse(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(a, a.BitLen()), nil
}

func textOfNetwork(p netip.Prefix) string {
	if p.IsSingleIP() {
		return p.Addr().String()
	}
	return p.String()
}

// identityOfAddress is an address as groups know it: a text that is that of no network.
func identityOfAddress(a netip.Addr) string { return "\x00" + string(a.AsSlice()) }

// networks finds the members of a group of addresses that an address lies in.
type networks struct {
	members map[netip.Prefix]int32
	lengths []netip.Prefix // of which there are members, the longest first: the family and the bits count
}

// fits says whether what has a type can be in the group.
func (g *Group) fits(t *Type) bool {
	if g.Kind == addressKind {
		return t.scalar == addressScalar
	}
	return t.kind == g.Kind
}

// ofAddresses says whether networks and addresses are its members.
func (g *Group) ofAddresses() bool { return g.Kind == addressKind }

// findAddress is the smallest network among the members in which an address lies. On the days on
// which any of them is a member it is one, see spread.
func (g *Group) findAddress(id string) (m groupMember, ok bool) {
	if len(id) < 2 || id[0] != 0 {
		return m, false
	}
	a, ok := netip.AddrFromSlice([]byte(id[1:]))
	if i, found := g.nets.find(a); ok && found {
		return g.members[i], true
	}
	return m, false
}

func (n *networks) find(a netip.Addr) (i int32, ok bool) {
	if n == nil {
		return 0, false
	}
	for _, l := range n.lengths {
		if l.Addr().BitLen() != a.BitLen() {
			continue
		}
		p, _ := a.Prefix(l.Bits())
		if i, ok = n.members[p]; ok {
			return i, true
		}
	}
	return 0, false
}

// spread gives every network the days of those that it lies in, so that the smallest one in which an
// address lies tells all. GoOn is told of the work.
func (g *Group) spread(goOn func()) {
	if !g.ofAddresses() {
		return
	}
	n := &networks{members: make(map[netip.Prefix]int32, len(g.members))}
	seen := map[netip.Prefix]bool{}
	all := make([]netip.Prefix, len(g.members))
	for i, m := range g.members {
		all[i], _ = parseNetwork(m.id())
		first := addr.First4
		if all[i].Addr().Is6() {
			first = addr.First6
		}
		if length := netip.PrefixFrom(first, all[i].Bits()); !seen[length] {
			seen[length] = true
			n.lengths = append(n.lengths, length)
		}
	}
	slices.SortFunc(n.lengths, func(p, q netip.Prefix) int { return cmp.Compare(q.Bits(), p.Bits()) })
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(all[i].Bits(), all[j].Bits()) })
	for _, i := range order { // the larger ones first, whose own are then known
		goOn()
		if around, ok := n.find(all[i].Addr()); ok {
			g.members[i].days = g.either(g.members[i].days, g.members[around].days)
		}
		n.members[all[i]] = int32(i)
	}
	g.nets = n
}

// either are the days of two entries of the group's periods.
func (g *Group) either(a, b int32) int32 {
	switch {
	case a == b || b == noDays:
		return a
	case a == allDays || b == allDays:
		return allDays
	case a == noDays:
		return b
	}
	key := [2]int32{min(a, b), max(a, b)}
	if i, known := g.eithers[key]; known {
		return i
	}
	if g.eithers == nil {
		g.eithers = map[[2]int32]int32{}
	}
	i := int32(len(g.periods))
	g.periods = append(g.periods, slices.Concat(g.periods[a], g.periods[b]))
	g.eithers[key] = i
	return i
}

// edges are, of a group of addresses, the first and the last address of the networks that are
// members on a day.
func (g *Group) edges(on num.Date, goOn func(work int)) []Value {
	var out []Value
	for _, m := range g.members {
		goOn(1)
		if p, err := parseNetwork(m.id()); err == nil && g.isIn(m, on) {
			out = append(out, Address{p.Addr()}, Address{addr.Last(p)})
		}
	}
	return out
}

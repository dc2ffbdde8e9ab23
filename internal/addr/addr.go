// Package addr reads addresses and networks of IPv4 and IPv6 as rules and facts write them, and
// says what is wrong with those that others write.
package addr

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
)

func wrong(meant, format string, args ...any) *num.Mistake {
	return &num.Mistake{Says: fmt.Sprintf(format, args...), Meant: meant}
}

// Families begin with these addresses; the order of all addresses has those of IPv4 first.
var (
	First4 = netip.AddrFrom4([4]byte{})
	Last4  = netip.AddrFrom4([4]byte{255, 255, 255, 255})
	First6 = netip.IPv6Unspecified()
	Last6  = Last(netip.PrefixFrom(First6, 0))
)

// Parse reads an address. One of IPv6 that stands for one of IPv4 (::ffff:10.0.0.1) is that.
func Parse(text string) (netip.Addr, error) {
	a, err := netip.ParseAddr(text)
	switch {
	case err == nil && a.Zone() != "":
		return netip.Addr{}, zone(a.WithZone("").String(), a.Zone())
	case err == nil:
		return a.Unmap(), nil
	case strings.Contains(text, "/"):
		if _, err := ParseNetwork(text); err != nil {
			return netip.Addr{}, err
		}
		return netip.Addr{}, wrong("", "%s is a network, and not one address", text)
	}
	if e := padded(text); e != nil {
		return netip.Addr{}, e
	}
	if ap, err := netip.ParseAddrPort(text); err == nil {
		alone := ap.Addr().Unmap().WithZone("").String()
		return netip.Addr{}, wrong(alone, "%s is an address and a port: the address is %s", text, alone)
	}
	if bare := strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"); bare != text {
		if a, err := netip.ParseAddr(bare); err == nil {
			return netip.Addr{}, wrong(a.Unmap().WithZone("").String(), "an address has no brackets around it")
		}
	}
	if strings.Contains(text, ":") {
		return netip.Addr{}, wrong("", "`%s` is no address of IPv6: it has eight groups of up to four hexadecimal digits, or `::` once in the place of those that are zero", text)
	}
	return netip.Addr{}, wrong("", "`%s` is no address such as 10.0.0.1 or 2001:db8::1", text)
}

// ParseNetwork reads a network such as 10.0.0.0/8.
func ParseNetwork(text string) (netip.Prefix, error) {
	begin, length, _ := strings.Cut(text, "/")
	a, err := netip.ParseAddr(begin)
	if err != nil {
		if e := padded(begin); e != nil {
			if e.Meant != "" {
				e.Meant += "/" + length
			}
			return netip.Prefix{}, e
		}
		_, err = Parse(begin)
		return netip.Prefix{}, err
	}
	if a.Zone() != "" {
		return netip.Prefix{}, zone(a.WithZone("").String()+"/"+length, a.Zone())
	}
	bits, bad := strconv.Atoi(length)
	if mask, err := netip.ParseAddr(length); err == nil && mask.Is4() && a.Is4() {
		if bits, ok := ones(mask); ok {
			meant := netip.PrefixFrom(a, bits).Masked().String()
			return netip.Prefix{}, wrong(meant, "the length of a network is a number of bits, and no mask: this one is %s", meant)
		}
	}
	if most := a.BitLen(); bad != nil || bits < 0 || bits > most {
		return netip.Prefix{}, wrong("", "`%s` is no network: behind the slash stands a number of bits from 0 to %d", text, most)
	}
	if length != strconv.Itoa(bits) {
		meant := fmt.Sprintf("%s/%d", begin, bits)
		return netip.Prefix{}, wrong(meant, "the length of a network has no zeros before it: this one is written %s", meant)
	}
	p := netip.PrefixFrom(a, bits)
	if p.Masked() != p {
		return netip.Prefix{}, wrong(p.Masked().String(), "%s has bits behind its first %d: the network in which it lies is %s, and the one address is written %s", text, bits, p.Masked(), a)
	}
	if a.Is4In6() {
		p = netip.PrefixFrom(a.Unmap(), bits-96)
	}
	return p, nil
}

// Mapped is, of an address or a network of IPv6 that stands for one of IPv4, that as it is written.
func Mapped(text string) (as4 string, is bool) {
	begin, length, network := strings.Cut(text, "/")
	a, err := netip.ParseAddr(begin)
	if err != nil || !a.Is4In6() {
		return "", false
	}
	if !network {
		return a.Unmap().String(), true
	}
	bits, err := strconv.Atoi(length)
	return fmt.Sprintf("%s/%d", a.Unmap(), bits-96), err == nil && bits >= 96
}

func zone(meant, name string) *num.Mistake {
	return wrong(meant, "`%%%s` says by which link of one machine the address is reached, which no rule knows: leave it out", name)
}

// padded is what is wrong with an address of IPv4 whose numbers have zeros before them or are too
// large; nil of all other texts.
func padded(text string) *num.Mistake {
	parts := strings.Split(text, ".")
	if len(parts) != 4 {
		return nil
	}
	var decimal, octal [4]string
	zeros := false
	for i, p := range parts {
		if p == "" || len(p) > 10 || strings.Trim(p, "0123456789") != "" {
			return nil
		}
		zeros = zeros || len(p) > 1 && p[0] == '0'
		if n, err := strconv.ParseUint(p, 10, 8); err == nil {
			decimal[i] = strconv.FormatUint(n, 10)
		}
		octal[i] = decimal[i]
		if p[0] == '0' {
			octal[i] = ""
			if n, err := strconv.ParseUint(p, 8, 8); err == nil {
				octal[i] = strconv.FormatUint(n, 10)
			}
		}
	}
	a, aOK := joined(decimal)
	b, bOK := joined(octal)
	switch {
	case !zeros || !aOK && !bOK:
		return wrong("", "`%s` is no address of IPv4: it has four numbers from 0 to 255, without zeros before them", text)
	case !bOK || a == b:
		return wrong(a, "the numbers of an address have no zeros before them: %s", a)
	}
	return wrong("", "the numbers of an address have no zeros before them, since some read those as octal: is this `%s` or `%s`?", a, b)
}

func joined(parts [4]string) (string, bool) {
	for _, p := range parts {
		if p == "" {
			return "", false
		}
	}
	return strings.Join(parts[:], "."), true
}

// ones is how many bits a mask such as 255.255.255.0 leaves to a network.
func ones(mask netip.Addr) (n int, ok bool) {
	for n = 0; n <= 32; n++ {
		all := Last(netip.PrefixFrom(First4, 0))
		if m, _ := all.Prefix(n); m.Addr() == mask {
			return n, true
		}
	}
	return 0, false
}

// Last is the last address of a network.
func Last(p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	for i := range bytes {
		if host := (i+1)*8 - p.Bits(); host >= 8 {
			bytes[i] = 0xFF
		} else if host > 0 {
			bytes[i] |= 1<<host - 1
		}
	}
	a, _ := netip.AddrFromSlice(bytes)
	return a
}

// Network is the network that has the addresses from one to another, and no others.
func Network(first, last netip.Addr) (p netip.Prefix, ok bool) {
	if first.BitLen() != last.BitLen() {
		return p, false
	}
	a, b := first.AsSlice(), last.AsSlice()
	bits := 0
	for i := range a {
		same := 8
		for x := a[i] ^ b[i]; x != 0; x >>= 1 {
			same--
		}
		if bits += same; same < 8 {
			break
		}
	}
	p = netip.PrefixFrom(first, bits)
	return p, p.Masked() == p && Last(p) == last
}

// Next is the address behind one; not ok of the last of all. Behind those of IPv4 come those of IPv6.
func Next(a netip.Addr) (netip.Addr, bool) {
	if a == Last4 {
		return First6, true
	}
	a = a.Next()
	return a, a.IsValid()
}

// Before is the address before one; not ok of the first of all.
func Before(a netip.Addr) (netip.Addr, bool) {
	if a == First6 {
		return Last4, true
	}
	a = a.Prev()
	return a, a.IsValid()
}

// Length is how many bytes of a text, from its beginning, are written as an address or a network
// is, right or wrong, and are nothing else that a rule has; 0 where none are.
func Length(text string) int {
	n := length4(text)
	if n == 0 {
		n = length6(text)
	}
	if n == 0 {
		return 0
	}
	if n < len(text) && text[n] == '%' {
		end := n + 1
		for end < len(text) && (isName(text[end]) || end > n+1 && (text[end] == '.' || text[end] == '-') && end+1 < len(text) && isName(text[end+1])) {
			end++
		}
		if end > n+1 {
			n = end
		}
	}
	if n+1 < len(text) && text[n] == '/' && isDigit(text[n+1]) {
		end := n + 1
		for end < len(text) && (isDigit(text[end]) || text[end] == '.' && end+1 < len(text) && isDigit(text[end+1])) {
			end++
		}
		n = end
	}
	return n
}

// length4 is Length of four numbers with points between them.
func length4(text string) int {
	points, n := 0, 0
	for n < len(text) && (isDigit(text[n]) || text[n] == '.' && n > 0 && isDigit(text[n-1]) && n+1 < len(text) && isDigit(text[n+1])) {
		if text[n] == '.' {
			points++
		}
		n++
	}
	if points != 3 || n < len(text) && isName(text[n]) {
		return 0
	}
	return n
}

// length6 is Length of groups with colons between them: with two colons that stand together, or
// seven. Nothing else in rules has these.
func length6(text string) int {
	colons, pairs, n := 0, 0, 0
	for n < len(text) && (isHex(text[n]) || text[n] == ':') {
		if text[n] == ':' {
			if colons++; n > 0 && text[n-1] == ':' {
				pairs++
			}
		}
		n++
	}
	if pairs == 0 && colons < 7 {
		if colons != 6 || n >= len(text) || text[n] != '.' {
			return 0
		}
	}
	for n+1 < len(text) && text[n] == '.' && isDigit(text[n+1]) { // ::ffff:10.0.0.1
		for n++; n < len(text) && isDigit(text[n]); {
			n++
		}
	}
	if n < len(text) && isName(text[n]) {
		return 0
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
func isName(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

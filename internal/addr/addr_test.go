package addr_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/internal/addr"
	"github.com/ctl-lang/ctl/internal/num"
)

// TestMistakes says what is wrong with texts, and what is meant.
func TestMistakes(t *testing.T) {
	for _, x := range []struct{ text, says, meant string }{
		{"10.0.0.1/8", "bits behind its first 8", "10.0.0.0/8"}, {"2001:db8::1/32", "bits behind", "2001:db8::/32"}, {"10.0.0.0/33", "from 0 to 32", ""}, {"::/129", "from 0 to 128", ""},
		{"10.0.0.0/08", "no zeros before it", "10.0.0.0/8"}, {"10.0.0.0/255.255.0.0", "number of bits", "10.0.0.0/16"}, {"10.0.0.0/255.0.255.0", "from 0 to 32", ""},
		{"010.0.0.1", "is this `10.0.0.1` or `8.0.0.1`", ""}, {"09.0.0.1", "no zeros", "9.0.0.1"}, {"1.2.3.04", "no zeros", "1.2.3.4"}, {"1.2.3.256", "0 to 255", ""}, {"010.0.0.0/8", "is this", ""},
		{"fe80::1%eth0", "`%eth0`", "fe80::1"}, {"fe80::%eth0/64", "`%eth0`", "fe80::/64"}, {"10.0.0.1:443", "and a port", "10.0.0.1"}, {"[2001:db8::1]:443", "and a port", "2001:db8::1"},
		{"[::1]", "no brackets", "::1"}, {"1:2:3", "no address of IPv6", ""}, {"host", "no address such as", ""}, {"", "no address such as", ""}, {"1::2::3", "no address of IPv6", ""},
	} {
		_, err := addr.Parse(x.text)
		if strings.Contains(x.text, "/") {
			_, err = addr.ParseNetwork(x.text)
		}
		var m *num.Mistake
		if !errors.As(err, &m) || !strings.Contains(m.Says, x.says) || m.Meant != x.meant {
			t.Errorf("%q: %v", x.text, err)
		}
	}
}

// TestNetworks takes networks apart and puts them together again.
func TestNetworks(t *testing.T) {
	for _, text := range []string{"0.0.0.0/0", "10.0.0.0/8", "10.0.0.8/31", "10.0.0.1/32", "::/0", "::/127", "2001:db8::/32", "fe80::/10", "::1/128"} {
		p, err := addr.ParseNetwork(text)
		if err != nil {
			t.Fatal(err)
		}
		last := addr.Last(p)
		if again, ok := addr.Network(p.Addr(), last); !ok || again != p || !p.Contains(last) {
			t.Errorf("%s ends with %s, which is %s", p, last, again)
		}
		if next, ok := addr.Next(last); ok && p.Contains(next) {
			t.Errorf("%s contains %s", p, next)
		}
	}
	if _, ok := addr.Network(netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")); ok {
		t.Error("10.0.0.1 and 10.0.0.2 are a network")
	}
	if next, _ := addr.Next(addr.Last4); next != addr.First6 {
		t.Error("IPv6 does not come behind IPv4")
	}
	if _, ok := addr.Next(addr.Last6); ok {
		t.Error("there is something behind the last address")
	}
	if p, err := addr.ParseNetwork("::ffff:10.0.0.0/104"); err != nil || p.String() != "10.0.0.0/8" {
		t.Error(p, err)
	}
}

// TestLength cuts what is written as an address from what is not.
func TestLength(t *testing.T) {
	for text, want := range map[string]string{
		"10.0.0.1": "10.0.0.1", "10.0.0.1..10.0.0.9": "10.0.0.1", "10.0.0.0/8,": "10.0.0.0/8", "1.2.3": "", "1.2.3.4.5": "", "1.2.3.4km": "", "::1": "::1", "::1..::2": "::1", "fe80::/10)": "fe80::/10",
		"abc: deny": "", "a:b": "", "09:00": "", "09:00:00": "", "1:2:3:4:5:6:7:8": "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4": "1:2:3:4:5:6:1.2.3.4", "::ffff:1.2.3.4": "::ffff:1.2.3.4",
		"fe80::1%eth0 ": "fe80::1%eth0", "Item::x": "", "ade::foo": "", "::": "::", "10.0.0.1/x": "10.0.0.1",
	} {
		if got := text[:addr.Length(text)]; got != want {
			t.Errorf("%q begins with %q, not %q", text, got, want)
		}
	}
}

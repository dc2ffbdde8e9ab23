package interp_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"pgregory.net/rapid"
)

type (
	oneFact[T any] struct {
		X T `ctl:"x"`
	}
	oneItem[T any] struct {
		Item oneFact[T] `ctl:"item"`
	}
	colour  int
	nothing int
	ownTime time.Time
)

func (c colour) MarshalText() ([]byte, error) {
	if c < 0 {
		return nil, errors.New("no such colour")
	}
	return []byte([]string{"red", "green"}[c]), nil
}

// asked is a condition on item.x for each of its types.
var asked = map[string]string{
	"number": "item.x >= 2", "text": `item.x = "red"`, "bool": "item.x", "date": "item.x < 2024-01-01", "duration": "item.x > 2 days", "red | green": "item.x = red",
	"set of red | green": "red in item.x", "set of text": `"red" in item.x`, "set of number": "3 in item.x", "length": "item.x > 2 km",
	"address": "item.x in 1.2.3.0/24", "set of address": "::1 in item.x", "moment": "item.x < 2024-03-01T00:00:00Z", "time_of_day": "item.x < 12:00",
}

// doors are what each way of telling a Go value as the fact item.x says: the fact, or an error.
func doors[T any](t rapid.TB, typ string, v T) map[string]string {
	t.Helper()
	prog, err := interp.LoadText(context.Background(), "doors.ctl", "outcomes deny > permit\nkind Item { x: "+typ+" }\nrole item: Item\npolicy p { deny when "+asked[typ]+"  otherwise permit }\n")
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	says := func(tell func(*interp.Case) error) string {
		c := prog.NewCase()
		if err := tell(c); err != nil {
			return "error: " + err.Error()
		}
		return strings.Join(c.Sentences(), "; ")
	}
	s := oneItem[T]{oneFact[T]{v}}
	out := map[string]string{
		"Set":        says(func(c *interp.Case) error { return c.Set("item.x", v) }),
		"ReadMap":    says(func(c *interp.Case) error { return c.ReadMap(map[string]any{"item": map[string]any{"x": v}}) }),
		"ReadStruct": says(func(c *interp.Case) error { return c.ReadStruct(s) }),
	}
	decided := func(d *interp.Decision, err error) string {
		if err != nil {
			return "error: " + err.Error()
		}
		return d.Answer()
	}
	c := prog.NewCase()
	_ = c.Set("item.x", v)
	out["the decision"] = decided(p.Decide(context.Background(), c))
	bound, err := interp.Bind[oneItem[T]](p)
	if err != nil {
		out["Bind"] = "error: at once"
		return out
	}
	out["Bind"] = decided(bound.Decide(&s))
	pointers, err := interp.Bind[*oneItem[T]](p)
	if err != nil {
		t.Fatal(err)
	}
	at := &s
	out["Bind of a pointer"] = decided(pointers.Decide(&at))
	return out
}

// sameDoors holds all doors to one fact, or to an error; Bind refuses at once where that is said.
func sameDoors[T any](t rapid.TB, typ string, v T, want string) {
	t.Helper()
	all := doors(t, typ, v)
	for door, got := range all {
		ok := got == want
		switch {
		case door == "the decision":
			continue
		case strings.HasPrefix(want, "error"):
			ok = strings.HasPrefix(got, "error") && (door == "Bind" || strings.Contains(got, strings.TrimPrefix(want, "error: ")))
		case strings.HasPrefix(door, "Bind"):
			ok = got == all["the decision"] && got != "undetermined"
		}
		if !ok {
			t.Errorf("%s of a %T(%v) by %s: %s, not %s", typ, v, v, door, got, want)
		}
	}
}

// TestGoTypes tells facts in the Go types that people have them in.
func TestGoTypes(t *testing.T) {
	day := time.Date(2024, 2, 29, 23, 0, 0, 0, time.FixedZone("east", 9*3600))
	sameDoors(t, "number", big.NewRat(1001, 10), "item.x = 100.1")
	sameDoors(t, "number", *big.NewRat(1001, 10), "item.x = 100.1")
	sameDoors(t, "number", big.NewInt(7), "item.x = 7")
	sameDoors(t, "number", *new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil), "item.x = 1000000000000000000000000000000")
	sameDoors(t, "number", uint64(math.MaxUint64), "item.x = 18446744073709551615")
	sameDoors(t, "number", float32(100.1), "item.x = 100.1")
	sameDoors(t, "number", json.Number("0.30"), "item.x = 0.3")
	sameDoors(t, "number", sql.NullFloat64{Float64: 2.5, Valid: true}, "item.x = 2.5")
	sameDoors(t, "number", sql.Null[int64]{V: 4, Valid: true}, "item.x = 4")
	sameDoors(t, "text", sql.NullString{String: "red", Valid: true}, `item.x = "red"`)
	sameDoors(t, "bool", sql.NullBool{Bool: true, Valid: true}, "item.x = yes")
	sameDoors(t, "date", sql.NullTime{Time: day, Valid: true}, "item.x = 2024-02-29")
	sameDoors(t, "date", day.Format(time.RFC3339Nano), "item.x = 2024-02-29")
	sameDoors(t, "red | green", colour(1), "item.x = green")
	sameDoors(t, "text", colour(0), `item.x = "red"`)
	sameDoors(t, "number", colour(1), "item.x = 1")
	sameDoors(t, "set of red | green", []colour{1, 0}, "item.x = (green, red)")
	sameDoors(t, "set of text", map[string]bool{"a": true, "b": false}, `item.x = ("a")`)
	sameDoors(t, "set of text", map[string]struct{}{"a": {}}, `item.x = ("a")`)
	sameDoors(t, "duration", 72*time.Hour, "item.x = 3 days")

	sameDoors(t, "number", "-12.50", "item.x = -12.5") // int64 in JSON of Protocol Buffers, decimals of a database
	sameDoors(t, "number", sql.NullString{String: "1e3", Valid: true}, "item.x = 1000")
	sameDoors(t, "set of number", []string{"1", "2"}, "item.x = (1, 2)")
	sameDoors(t, "duration", "259200s", "item.x = 3 days")
	sameDoors(t, "duration", "86400.000s", "item.x = 1 day")

	sameDoors(t, "duration", "1.5s", "error: whole days, and 1.5s is none")
	sameDoors(t, "duration", "s", "error")
	sameDoors(t, "number", "NaN", "error: is a number")
	sameDoors(t, "number", " 1", "error: is a number")
	sameDoors(t, "number", "", "error: is a number")
	sameDoors(t, "duration", 36*time.Hour, "error: whole days, and 36h0m0s is none")
	sameDoors(t, "number", time.Hour, "error: is a number")
	sameDoors(t, "red | green", colour(-1), "error: no such colour")
	sameDoors(t, "red | green", nothing(0), "error")
	sameDoors(t, "number", json.Number(""), "error")
	sameDoors(t, "number", math.NaN(), "error")
	sameDoors(t, "text", netip.MustParseAddr("1.2.3.4"), "error: an attribute of the type address holds a netip.Addr")

	sameDoors(t, "address", netip.MustParseAddr("1.2.3.4"), "item.x = 1.2.3.4")
	sameDoors(t, "address", netip.MustParseAddr("::ffff:1.2.3.4"), "item.x = 1.2.3.4")
	sameDoors(t, "address", net.ParseIP("1.2.3.4"), "item.x = 1.2.3.4") // of 16 bytes
	sameDoors(t, "address", net.ParseIP("2001:DB8::1"), "item.x = 2001:db8::1")
	sameDoors(t, "address", "1.2.3.4", "item.x = 1.2.3.4")
	sameDoors(t, "set of address", []netip.Addr{netip.MustParseAddr("::2"), netip.IPv6Loopback()}, "item.x = (::2, ::1)")
	sameDoors(t, "address", netip.Addr{}, "error: where it is not known, leave it out")
	sameDoors(t, "address", net.IP{}, "error: where it is not known, leave it out")
	sameDoors(t, "address", net.IP{1, 2, 3}, "error: 4 or 16 bytes")
	sameDoors(t, "address", netip.MustParseAddr("fe80::1%eth0"), "error: `%eth0` says by which link")
	sameDoors(t, "address", netip.MustParsePrefix("1.2.3.0/24"), "error: an attribute of the type address holds a netip.Addr")
	sameDoors(t, "address", "1.2.3.0/24", "error: is a network, and not one address")
	sameDoors(t, "address", "1.2.3.4:80", "error: is an address and a port")
	sameDoors(t, "address", "", "error: where it is not known, leave it out")
	sameDoors(t, "address", 7, "error")

	sameDoors(t, "moment", day, "item.x = 2024-02-29T23:00:00+09:00")
	sameDoors(t, "moment", day.Format(time.RFC3339Nano), "item.x = 2024-02-29T23:00:00+09:00")
	sameDoors(t, "moment", sql.NullTime{Time: day.Add(1), Valid: true}, "item.x = 2024-02-29T23:00:00.000000001+09:00")
	sameDoors(t, "moment", time.Time{}, "error: where it is not known, leave it out")
	sameDoors(t, "moment", "2024-02-29", "error: is a day, and a moment has a time too")
	sameDoors(t, "moment", "2024-02-29T23:00:00", "error: says by which clock")
	sameDoors(t, "moment", "2016-12-31T23:59:60Z", "error: leap second")
	sameDoors(t, "moment", time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC), "error: outside the years 1 to 9999")
	sameDoors(t, "time_of_day", "09:00", "item.x = 09:00")
	sameDoors(t, "time_of_day", "9:00", "error: two digits")
	sameDoors(t, "time_of_day", time.Hour, "error")
	sameDoors(t, "bool", day, "error")
	sameDoors(t, "date", "2024-02-30T00:00:00Z", "error")
	sameDoors(t, "date", "0001-01-01T00:00:00Z", "error")
}

// TestNullIsNotTold reads what a database has as NULL into structs.
func TestNullIsNotTold(t *testing.T) {
	for what, got := range map[string]map[string]string{
		"a number": doors(t, "number", sql.NullInt64{}),
		"a text":   doors(t, "text", sql.NullString{}),
		"a nil":    doors(t, "number", (*big.Rat)(nil)),
	} {
		if got["ReadStruct"] != "" || got["Bind"] != "undetermined" {
			t.Errorf("%s: %q, and by Bind %s", what, got["ReadStruct"], got["Bind"])
		}
	}
}

// TestBindRefusesAtOnce binds types that can never hold the fact.
func TestBindRefusesAtOnce(t *testing.T) {
	for _, got := range []map[string]string{
		doors(t, "number", func() int { return 1 }), doors(t, "number", make(chan int)), doors(t, "number", complex(1, 1)), doors(t, "text", netip.Addr{}),
		doors(t, "bool", nothing(1)), doors(t, "red | green", nothing(1)), doors(t, "number", time.Second), doors(t, "date", json.Number("1")),
		doors(t, "set of number", []bool{true}), doors(t, "set of text", map[string]int{}), doors(t, "text", struct{ A int }{}), doors(t, "date", ownTime{}), doors(t, "duration", big.NewInt(1)),
	} {
		if got["Bind"] != "error: at once" || !strings.HasPrefix(got["Set"], "error") {
			t.Errorf("%v", got)
		}
	}
}

// TestDoorsAgree draws values of several Go types for facts of several types: all doors tell
// the same, or all refuse.
func TestDoorsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom([]string{"number", "text", "bool", "date", "duration", "red | green", "set of text", "length"}).Draw(t, "type")
		n := rapid.Int64Range(-3, 3).Draw(t, "n")
		text := rapid.SampledFrom([]string{"red", "1", "3 km", "2024-02-29", "2024-02-29T10:00:00+09:00", "2 days", "yes", "", "none", " x"}).Draw(t, "text")
		var got map[string]string
		switch rapid.IntRange(0, 11).Draw(t, "Go type") {
		case 0:
			got = doors(t, typ, n)
		case 1:
			got = doors(t, typ, text)
		case 2:
			got = doors(t, typ, colour(n&1))
		case 3:
			got = doors(t, typ, big.NewRat(n, 4))
		case 4:
			got = doors(t, typ, time.Duration(n)*12*time.Hour)
		case 5:
			got = doors(t, typ, sql.NullString{String: text, Valid: true})
		case 6:
			got = doors(t, typ, sql.NullInt32{Int32: int32(n), Valid: true})
		case 7:
			got = doors(t, typ, map[string]bool{text: n > 0})
		case 8:
			got = doors(t, typ, json.Number(fmt.Sprint(n)))
		case 9:
			got = doors(t, typ, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)))
		case 10:
			got = doors(t, typ, any(text))
		case 11:
			got = doors(t, typ, n > 0)
		}
		failed := strings.HasPrefix(got["Set"], "error")
		same := got["Set"] == got["ReadMap"] && got["Set"] == got["ReadStruct"] && got["Bind"] == got["the decision"] && got["Bind of a pointer"] == got["Bind"]
		if failed {
			same = strings.HasPrefix(got["ReadMap"], "error") && strings.HasPrefix(got["ReadStruct"], "error") && strings.HasPrefix(got["Bind"], "error")
		}
		if !same {
			t.Fatalf("%v", got)
		}
	})
}

// TestBindMap decides a map, and says what a nil pointer is.
func TestBindMap(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "map.ctl", "outcomes deny > permit\nkind Item { x: number }\nrole item: Item\npolicy p { deny when item.x > 2  otherwise permit }\n")
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	maps, err := interp.Bind[map[string]any](p)
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[int]string{2: "permit", 3: "deny"} {
		if d, err := maps.Decide(&map[string]any{"item": map[string]any{"x": x}}); err != nil || d.Answer() != want {
			t.Errorf("%d: %s, %v", x, d.Answer(), err)
		}
	}
	if _, err := maps.Decide(&map[string]any{"itm": 1}); err == nil {
		t.Error("an unknown role is taken")
	}
	pointers, err := interp.Bind[*oneItem[int]](p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pointers.Decide(new(*oneItem[int])); err == nil || !strings.Contains(err.Error(), "the case is nil") {
		t.Errorf("a nil pointer: %v", err)
	}
}

//go:build go1.26

package gen_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/internal/gen/internal/every"
	"github.com/ctl-lang/ctl/interp"
)

// A quantity is what its constructor says, in its unit and to the last digit.
func TestQuantities(t *testing.T) {
	type own int8
	prog := loadEvery(t, nil)
	for _, row := range []struct {
		in   every.Length
		want string // in metres
		err  string
	}{
		{every.LengthM(2), "2", ""},
		{every.LengthKm(2), "2000", ""},
		{every.LengthKm(0.1), "100", ""},
		{every.LengthKm(float32(0.1)), "100", ""},
		{every.LengthM(1e21), "1000000000000000000000", ""},
		{every.LengthM(uint64(math.MaxUint64)), "18446744073709551615", ""},
		{every.LengthM(int64(math.MinInt64)), "-9223372036854775808", ""},
		{every.LengthM(own(-3)), "-3", ""},
		{every.LengthM(time.Second), "1000000000", ""},
		{every.LengthKm(json.Number("12345678901234567.891")), "12345678901234567891", ""},
		{every.LengthKm(big.NewRat(1, 8)), "125", ""},
		{every.LengthKm(big.NewRat(1, 3)), "1000/3", ""},
		{every.LengthMi(big.NewRat(-2, 7)), "-402336/875", ""},
		{"2 km", "2000", ""},
		{"2", "", "needs a unit"},
		{"2 kg", "", "`kg` is a unit of mass"},
		{every.LengthKm(math.NaN()), "", "expected a quantity (length)"},
		{every.LengthKm(math.Inf(1)), "", "expected a quantity (length)"},
		{every.LengthKm(json.Number("1e3")), "", "a number has no exponent"},
		{every.LengthKm((*big.Rat)(nil)), "", ""},
		{"", "", ""},
	} {
		c := prog.NewCase()
		request := every.Case{}
		if row.in != "" {
			request.Request.Width = interp.Some(row.in)
		}
		err := c.ReadStruct(&request)
		v, lookup := c.Lookup("request.width")
		n, told := v.(interp.Number)
		switch {
		case lookup != nil:
			t.Fatal(lookup)
		case row.err != "":
			if err == nil || !strings.Contains(err.Error(), row.err) {
				t.Errorf("%s: the error is %v, and not %s", row.in, err, row.err)
			}
		case err != nil:
			t.Errorf("%s: %v", row.in, err)
		case row.want != "" && (!told || n.Rat().RatString() != row.want):
			t.Errorf("%s is %v", row.in, v)
		}
	}
	c := prog.NewCase()
	if err := c.ReadStruct(&every.Case{Request: every.Request{Heat: every.TemperatureDegC(big.NewRat(41, 2))}}); err != nil {
		t.Error(err)
	}
	if v, err := c.Lookup("request.heat"); err != nil || v.(interp.Number).Rat().RatString() != "5873/20" {
		t.Errorf("20.5 degrees Celsius are %v (%v)", v, err)
	}
	if err := c.ReadStruct(&every.Case{Request: every.Request{Heat: every.TemperatureDegC(big.NewRat(1, 3))}}); err == nil {
		t.Error("a third of a degree is taken")
	}
}

// functions are those that the rules declare: what they were asked, and what they say.
type functions struct {
	asked []any
}

func (f *functions) ask(args ...any) { f.asked = append(f.asked, args) }

func (f *functions) RiskOf(_ context.Context, party string, level every.LevelIdentity) (float64, bool, error) {
	f.ask(party, level)
	return 0.25, true, nil
}

func (f *functions) Tare(_ context.Context, lengths []every.Length, day time.Time, wait interp.Duration, ok bool) (every.Mass, bool, error) {
	f.ask(lengths, day, wait, ok)
	return every.MassG(3001), true, nil
}

func (f *functions) HeatOf(_ context.Context, heat every.Temperature, price every.Money) (every.Temperature, bool, error) {
	f.ask(heat, price)
	return every.TemperatureDegC(20), price == every.MoneyCent(3), nil
}

func (f *functions) PartsOf(_ context.Context, text string) ([]every.Length, bool, error) {
	if text == "long" {
		return []every.Length{every.LengthM(1), every.LengthKm(big.NewRat(1, 3)), every.LengthM(-1)}, true, nil
	}
	return []every.Length{every.Length(text)}, text != "unknown", nil
}

func (f *functions) Grade(_ context.Context, n float64) (every.GradeResult, bool, error) {
	if n > 1 {
		return every.GradeResultHigh, true, nil
	}
	return every.GradeResultLow, true, nil
}

func (f *functions) LevelOf(context.Context, string) (every.LevelIdentity, bool, error) {
	return every.LevelTopSecret, true, nil
}

func (f *functions) TagsOf(context.Context, string) ([]every.TagsOfResult, bool, error) {
	return []every.TagsOfResult{every.TagsOfResultA}, true, nil
}

func (f *functions) Joined(_ context.Context, texts []string) (string, bool, error) {
	return strings.Join(texts, ""), true, nil
}

func (f *functions) Since(context.Context, string) (time.Time, bool, error) {
	return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), true, nil
}

func (f *functions) PlaceOf(_ context.Context, from netip.Addr, at time.Time, opens string) (string, bool, error) {
	return fmt.Sprint(from, " ", at.Format(time.RFC3339), " ", opens), true, nil
}

func (f *functions) HostOf(_ context.Context, text string) (netip.Addr, bool, error) {
	a, err := netip.ParseAddr(text)
	return a, err == nil, nil
}

func (f *functions) Seen(_ context.Context, text string) (time.Time, bool, error) {
	at, err := time.Parse(time.RFC3339, text)
	return at, err == nil, nil
}

// full is a request of which no rule of the policy says anything.
func full() every.Case {
	day := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	return every.Case{Request: every.Request{
		Owner: every.Party{ID: "Acme", InWatched: new(false)}, Level: &every.Level{ID: every.LevelPublic}, Since: &day, Wait: &interp.Duration{Months: 1},
		Heat: every.TemperatureDegC(1), Price: every.MoneyCent(3), Volume: new(1.0), Word: new("1 mm"),
	}}
}

// The functions of the rules are methods, whose types are those of the facts: a quantity has
// its unit on the way in and out. One call decides.
func TestGeneratedFunctions(t *testing.T) {
	day := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		name   string
		change func(*every.Case, *functions)
		want   every.Outcome
		rules  []string
	}{
		{"heavy", func(*every.Case, *functions) {}, every.OutcomeRefuse, []string{every.RuleOutsideHeavy}},
		{"denied", func(c *every.Case, _ *functions) { c.Request.Owner.ID = "Dent" }, every.OutcomeRefuse, []string{every.RuleOutsideDenied, every.RuleOutsideHeavy}},
		{"watched", func(c *every.Case, _ *functions) { c.Request.Owner.InWatched = new(true) }, every.OutcomeRefuse, []string{every.RuleOutsideDenied, every.RuleOutsideHeavy}},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := &functions{}
			request := full()
			row.change(&request, f)
			answer, err := every.DecideOutside(t.Context(), loadEvery(t, f), day, &request)
			if err != nil {
				t.Fatal(err)
			}
			if answer.Outcome != row.want || answer.Status != interp.Decided || answer.Decision.AsOf.String() != "2025-06-01" {
				t.Errorf("%s %s as of %s", answer.Status, answer.Outcome, answer.Decision.AsOf)
			}
			if diff := cmp.Diff(row.rules, answer.Rules); diff != "" {
				t.Error(diff)
			}
			want := []any{[]every.Length{every.LengthM(1000), every.LengthM(2)}, time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), interp.Duration{Months: 1}, true}
			if len(f.asked) == 0 || !hasCall(f.asked, want) {
				t.Errorf("the functions were asked %v", f.asked)
			}
		})
	}
}

func hasCall(asked []any, want []any) bool {
	for _, args := range asked {
		if cmp.Equal(args, any(want)) {
			return true
		}
	}
	return false
}

// What functions give is compared in its unit, to the last digit.
func TestResults(t *testing.T) {
	f := &functions{}
	prog := loadEvery(t, f)
	c := prog.NewCase()
	if err := c.Tell("request.heat = 1 degC", "request.price = 3 cent"); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`place_of(10.0.0.1, 2026-11-29T18:42:00+01:00, 09:00) = "10.0.0.1 2026-11-29T18:42:00+01:00 09:00"`: "yes",
		`host_of("10.1.2.3") in 10.0.0.0/8`: "yes", `host_of("nowhere") = ::1`: "unknown", `seen("2026-11-29T18:42:00+01:00") = 2026-11-29T17:42:00Z`: "yes",
		`sum(parts_of("long")) = 1 km / 3`: "yes", `sum(parts_of("1.5 km")) = 1500 m`: "yes", `sum(parts_of("unknown")) = 1 m`: "unknown",
		`sum(parts_of("none at all")) = 1 m`: `"none at all" is no Length`, `sum(parts_of("3")) = 1 m`: `"3" is no Length`, `sum(parts_of("3 kg")) = 1 m`: `"3 kg" is no Length`, `sum(parts_of("1e9 m")) = 1 m`: `"1e9 m" is no Length`,
		`heat_of(1 degC, 3 cent) = 20 degC`: "yes", `heat_of(1 degC, 3 cent) = 293.15 K`: "yes", `heat_of(1 degC, 4 cent) = 20 degC`: "unknown",
		`grade(2) = high`: "yes", `level_of("x") = top_secret`: "yes", `joined(tags_of("x")) = "a"`: "yes", `since("x") = 2020-01-01`: "yes",
		`tare((1 km, 1 km), 2025-01-01, 1 month, yes) = 3.001 kg`: "yes",
	} {
		cond, err := prog.Condition(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := cond.Truth(c)
		if err != nil && !strings.Contains(err.Error(), want) || err == nil && got.String() != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
}

// Without functions their results are not known, and asked for; members that are forgotten are
// no open group; and an outcome that came later is no outcome of the code's.
func TestWhatIsLeftOut(t *testing.T) {
	request := full()
	answer, err := every.DecideOutside(t.Context(), loadEvery(t, nil), time.Now(), &request)
	if err != nil || answer.Status != interp.Undetermined || answer.Outcome != every.NoOutcome || len(answer.Needs) == 0 || !strings.Contains(answer.Needs[0].Fact, "(") {
		t.Errorf("%+v, %v", answer, err)
	}
	_, err = every.Options(nil, every.Members{}).Load(t.Context(), os.DirFS("testdata"), "every.ctl")
	if err == nil || !strings.Contains(err.Error(), "the members of Denied are not given") {
		t.Errorf("the members that are forgotten: %v", err)
	}
	undated, err := every.DecideOutside(t.Context(), loadEvery(t, &functions{}), time.Time{}, &request)
	if err != nil || undated.Decision.AsOf != interp.NoDate {
		t.Errorf("%+v, %v", undated, err)
	}
	if _, err := every.DecideOutside(t.Context(), loadEvery(t, nil), time.Now(), nil); err == nil {
		t.Error("no request is decided")
	}
	later, err := interp.LoadText(t.Context(), "later.ctl", "outcomes refuse > warn policy outside { warn }")
	if err != nil {
		t.Fatal(err)
	}
	d, err := later.Policies()[0].Decide(t.Context(), later.NewCase())
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := every.AnswerOf(d); err == nil || !strings.Contains(err.Error(), "warn") {
		t.Errorf("%+v, %v", answer, err)
	}
}

package stdlib

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/num"
)

// call calls a function with arguments and a result as Go writes them: an int
// is a number, a text that is a date a date, one that is a duration a duration.
func call(t interface {
	Helper()
	Fatalf(string, ...any)
}, name string, args ...any) (any, error) {
	t.Helper()
	for _, f := range Functions() {
		if f.Name == name {
			out, err := f.Call(values(args))
			return plain(out), err
		}
	}
	t.Fatalf("no function %s", name)
	return nil, nil
}

func values(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = value(a)
	}
	return out
}

func value(a any) any {
	switch a := a.(type) {
	case int:
		return num.Int(int64(a))
	case float64:
		n, err := num.Float(a, 64)
		if err != nil {
			panic(err)
		}
		return n
	case string:
		if d, err := num.ParseDate(a); err == nil {
			return d
		}
		if d, err := num.ParseDuration(a); err == nil {
			return d
		}
	case []any:
		return values(a)
	}
	return a
}

// plain is a value as a text of its own type's form, for comparison.
func plain(v any) any {
	switch v := v.(type) {
	case num.Number:
		return v.String()
	case num.Date:
		return v.String()
	case num.Duration:
		return v.String()
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = plain(x)
		}
		return out
	}
	return v
}

func TestFunctions(t *testing.T) {
	long := strings.Repeat("a", MaxText)
	list := func(a ...any) []any { return append([]any{}, a...) }
	for _, c := range []struct {
		fun  string
		args []any
		want any // or the error
		err  bool
	}{
		{fun: "lower", args: list("ÄRGER 9A"), want: "ärger 9a"},
		{fun: "upper", args: list("ärger 9a"), want: "ÄRGER 9A"},
		{fun: "upper", args: list("straße ﬁ ẞ"), want: "STRASSE FI ẞ"},
		{fun: "upper", args: list("ας ΐ"), want: "ΑΣ Ι\u0308\u0301"},
		{fun: "lower", args: list("ΣΑΣ Σ ΑΣ. Α.Σ ΑΣ\u0301 ΑΣ.Α 1Σ"), want: "σας σ ας. α.ς ας\u0301 ασ.α 1σ"},
		{fun: "lower", args: list("İ I \u212A"), want: "i\u0307 i k"}, // the last is the sign of kelvin
		{fun: "upper", args: list(strings.Repeat("ΐ", MaxText/2)), want: "a text in a function has at most 65536 bytes", err: true},
		{fun: "mentions", args: list("Hauptstrasse, HAUPTSTRASSE", "hauptstraße"), want: true},
		{fun: "mentions", args: list("ΟΔΟΣ ΑΘΗΝΑΣ", "οδος"), want: true},
		{fun: "lower", args: list(long + "a"), want: "a text in a function has at most 65536 bytes", err: true},
		{fun: "lower", args: list(strings.Repeat("Ⱥ", MaxText/2)), want: "a text in a function has at most 65536 bytes", err: true}, // the small letter is longer
		{fun: "trim", args: list(" \t9A \n"), want: "9A"},
		{fun: "replace_text", args: list("a-b-c", "-", "--"), want: "a--b--c"},
		{fun: "replace_text", args: list("abc", "x", "y"), want: "abc"},
		{fun: "replace_text", args: list("abc", "", "y"), want: "the text to be replaced is empty", err: true},
		{fun: "replace_text", args: list(long, "a", "bb"), want: "a text in a function has at most 65536 bytes", err: true},
		{fun: "replace_text", args: list(long, "a", "b"), want: strings.Repeat("b", MaxText)},
		{fun: "length", args: list("Zürich 😀"), want: "8"},
		{fun: "length", args: list(""), want: "0"},
		{fun: "starts_with", args: list("9A012", "9A"), want: true},
		{fun: "starts_with", args: list("9A012", "9a"), want: false},
		{fun: "starts_with", args: list("9A012", ""), want: true},
		{fun: "ends_with", args: list("9A012.a", ".a"), want: true},
		{fun: "ends_with", args: list("9A012.a", ".b"), want: false},
		{fun: "contains", args: list("turbojet", "boj"), want: true},
		{fun: "contains", args: list("turbojet", "BOJ"), want: false},
		{fun: "mentions", args: list("Parts (for Ballistic-Missile use)", "ballistic missile"), want: true},
		{fun: "mentions", args: list("Ballistic or cruise missile", "ballistic missile"), want: false},
		{fun: "mentions", args: list("rocketry", "rocket"), want: false},
		{fun: "mentions", args: list("a rocket", "Rocket!"), want: true},
		{fun: "mentions", args: list("rocket", " .,"), want: false},
		{fun: "mentions", args: list("", ""), want: false},
		{fun: "mentions", args: list("ΔΡΟΜΟΣ", "δρομος"), want: true},
		{fun: "words", args: list("  fine   grain\tgraphite "), want: list("fine", "grain", "graphite")},
		{fun: "words", args: list(" "), want: list()},

		{fun: "abs", args: list(-2.5), want: "2.5"},
		{fun: "abs", args: list("2024-01-01"), want: "argument 1 is a date, which the function does not take", err: true},
		{fun: "min", args: list(3, -1, 2), want: "-1"},
		{fun: "min", args: list("2024-03-01", "2023-12-31"), want: "2023-12-31"},
		{fun: "min", args: list("1 month", "30 days"), want: "30 days"},
		{fun: "min", args: list("1 year", "365 days"), want: "1 year"}, // as long: the first
		{fun: "min", args: list("365 days", "1 year"), want: "365 days"},
		{fun: "min", args: list(1, "2024-03-01"), want: "a date and a number have no order", err: true},
		{fun: "min", args: list("x", "y"), want: "a text and a text have no order", err: true},
		{fun: "min", args: list(), want: "none of nothing is the smallest or the largest", err: true},
		{fun: "max", args: list(7), want: "7"},
		{fun: "max", args: list("1 month", "30 days"), want: "1 month"},
		{fun: "round", args: list(2.345, 2), want: "2.35"},
		{fun: "round", args: list(-2.5, 0), want: "-3"},
		{fun: "round", args: list(1250, -2), want: "1300"},
		{fun: "round", args: list(1, 0.5), want: "the number of places to round to must be a whole number from -100 to 100", err: true},
		{fun: "round", args: list(1, 101), want: "the number of places to round to must be a whole number from -100 to 100", err: true},
		{fun: "floor", args: list(-2.7), want: "-3"},
		{fun: "ceil", args: list(-2.7), want: "-2"},
		{fun: "remainder", args: list(7, 3), want: "1"},
		{fun: "remainder", args: list(-7, 3), want: "-1"},
		{fun: "remainder", args: list(7, -3), want: "1"},
		{fun: "remainder", args: list(1, 0.3), want: "0.1"},
		{fun: "remainder", args: list(6, 3), want: "0"},
		{fun: "remainder", args: list(6, 0), want: "division by zero", err: true},

		{fun: "year", args: list("1993-09-27"), want: "1993"},
		{fun: "month", args: list("1993-09-27"), want: "9"},
		{fun: "day", args: list("1993-09-27"), want: "27"},
		{fun: "weekday", args: list("1993-09-27"), want: "Monday"},
		{fun: "days_between", args: list("2024-03-01", "2024-02-01"), want: "-29"},
		{fun: "months_between", args: list("2024-01-31", "2024-02-29"), want: "1"},
		{fun: "months_between", args: list("2024-01-31", "2024-02-28"), want: "0"},
		{fun: "months_between", args: list("2024-02-29", "2024-01-31"), want: "-1"},
		{fun: "months_between", args: list("0001-01-01", "9999-12-31"), want: "119987"},
		{fun: "years_between", args: list("2004-02-29", "2023-02-28"), want: "19"},
		{fun: "years_between", args: list("2004-02-29", "2023-02-27"), want: "18"},
		{fun: "years_between", args: list("2006-05-20", "2024-05-20"), want: "18"},
		{fun: "years_between", args: list("2024-05-19", "2006-05-20"), want: "-17"},
		{fun: "date_of", args: list(1993, 9, 27), want: "1993-09-27"},
		{fun: "date_of", args: list(2023, 2, 29), want: "there is no 29 February 2023: 2023 is no leap year", err: true},
		{fun: "date_of", args: list(2023, 2.5, 1), want: "the year, the month and the day of a date are whole numbers, and 2.5 is none that could be one", err: true},
		{fun: "date_of", args: list(1e12, 1, 1), want: "the year, the month and the day of a date are whole numbers, and 1000000000000 is none that could be one", err: true},
		{fun: "start_of_month", args: list("2024-02-29"), want: "2024-02-01"},
		{fun: "end_of_month", args: list("2024-02-01"), want: "2024-02-29"},
		{fun: "end_of_month", args: list("2023-02-01"), want: "2023-02-28"},
		{fun: "end_of_month", args: list("9999-12-31"), want: "9999-12-31"},
		{fun: "add_workdays", args: list("2024-03-01", 1), want: "2024-03-04"},
		{fun: "add_workdays", args: list("2024-03-02", 1), want: "2024-03-04"}, // from a Saturday
		{fun: "add_workdays", args: list("2024-03-02", -1), want: "2024-03-01"},
		{fun: "add_workdays", args: list("2024-03-02", 0), want: "2024-03-02"},
		{fun: "add_workdays", args: list("2024-03-04", -1), want: "2024-03-01"},
		{fun: "add_workdays", args: list("2024-03-01", 10), want: "2024-03-15"},
		{fun: "add_workdays", args: list("2024-03-01", 0.5), want: "the number of working days must be whole", err: true},
		{fun: "add_workdays", args: list("2024-03-01", 4000000), want: "so many working days lead beyond the years 1 to 9999", err: true},
		{fun: "add_workdays", args: list("2024-03-01", 1e20), want: "so many working days lead beyond the years 1 to 9999", err: true},
		{fun: "add_workdays", args: list("2024-03-01", -1e20), want: "so many working days lead beyond the years 1 to 9999", err: true},
		{fun: "add_workdays", args: list("9999-12-31", 1), want: "3 days from 9999-12-31 is beyond the years 1 to 9999", err: true},
		{fun: "workdays_between", args: list("2024-03-01", "2024-03-08"), want: "5"},
		{fun: "workdays_between", args: list("2024-03-01", "2024-03-03"), want: "0"},
		{fun: "workdays_between", args: list("2024-03-08", "2024-03-01"), want: "-5"},

		{fun: "count", args: list(list("a", 1, true)), want: "3"},
		{fun: "count", args: list(list()), want: "0"},
		{fun: "sum", args: list(list(1, 2.5, -1)), want: "2.5"},
		{fun: "sum", args: list(list()), want: "0"},
		{fun: "sum", args: list(list(1, "2024-01-01")), want: "only numbers and quantities can be added up, and the list holds a date", err: true},
		{fun: "average", args: list(list(1, 2)), want: "1.5"},
		{fun: "average", args: list(list()), want: "an empty list has no average", err: true},
		{fun: "smallest", args: list(list(3, 1, 2)), want: "1"},
		{fun: "smallest", args: list(list()), want: "an empty list has no smallest member", err: true},
		{fun: "largest", args: list(list("2023-12-31", "2024-01-01")), want: "2024-01-01"},
		{fun: "largest", args: list(list()), want: "an empty list has no largest member", err: true},
	} {
		got, err := call(t, c.fun, c.args...)
		if c.err {
			if err == nil || err.Error() != c.want {
				t.Errorf("%s(%.60v): got %.60v, %v, want the error %v", c.fun, c.args, got, err, c.want)
			}
			continue
		}
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%s(%.60v): %v, difference (-want +got):\n%.500s", c.fun, c.args, err, diff)
		}
	}
}

// TestFunctionsAreDescribed: a reference can be written from what they say of themselves.
func TestFunctionsAreDescribed(t *testing.T) {
	type_ := regexp.MustCompile(`^(?:(?:list|set) of )?(?:bool|number|text|date|duration|moment|time_of_day|T|any)$`)
	seen := map[string]bool{}
	for _, f := range Functions() {
		if seen[f.Name] || !regexp.MustCompile(`^[a-z][a-z_]*$`).MatchString(f.Name) {
			t.Errorf("function %q is there twice, or its name is no name", f.Name)
		}
		seen[f.Name] = true
		generic := false
		for _, p := range append([]string{f.Result}, f.Params...) {
			if !type_.MatchString(p) {
				t.Errorf("%s: no type %q", f.Name, p)
			}
			generic = generic || strings.HasSuffix(p, "T")
		}
		if generic != (len(f.Over) > 0) {
			t.Errorf("%s: T is over %v", f.Name, f.Over)
		}
		if !strings.HasSuffix(f.Doc, ".") || !strings.Contains(f.Example, f.Name+"(") || len(f.Params) == 0 || f.Call == nil {
			t.Errorf("%s is not described: %+v", f.Name, f)
		}
	}
	for name, want := range map[string]string{"round": "round(number, number) -> number", "min": "min(T, ...) -> T", "sum": "sum(list of T) -> T"} {
		i := slices.IndexFunc(functions, func(f Function) bool { return f.Name == name })
		if got := functions[i].Signature(); got != want {
			t.Errorf("the signature of %s is %s, want %s", name, got, want)
		}
	}
	Functions()[0].Name = "changed"
	if functions[0].Name == "changed" {
		t.Error("Functions gives its own slice away")
	}
}

// argument draws a value of any type, fitting or not.
func argument() *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		switch rapid.IntRange(0, 6).Draw(t, "type") {
		case 0:
			return rapid.Bool().Draw(t, "bool")
		case 1:
			return num.Ratio(rapid.Int64().Draw(t, "n"), rapid.Int64Range(1, 1000).Draw(t, "d"))
		case 2:
			return rapid.String().Draw(t, "text")
		case 3:
			return num.Date(rapid.Int32Range(int32(num.MinDate), int32(num.MaxDate)).Draw(t, "date"))
		case 4:
			return num.Duration{Months: rapid.Int32Range(-2000, 2000).Draw(t, "months"), Days: rapid.Int32Range(-90000, 90000).Draw(t, "days")}
		case 5:
			return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) any {
				return num.Int(rapid.Int64().Draw(t, "member"))
			}), 0, 4).Draw(t, "list")
		}
		return nil
	})
}

// TestFunctionsAreTotal: whatever they are called with, they answer with a
// value of their result type or with an error, twice the same.
func TestFunctionsAreTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(functions).Draw(t, "function")
		args := rapid.SliceOfN(argument(), 0, 4).Draw(t, "args")
		out, err := f.Call(args)
		again, errAgain := f.Call(args)
		if (err == nil) != (errAgain == nil) || err == nil && !reflect.DeepEqual(plain(out), plain(again)) {
			t.Fatalf("%s%v = %v, %v and then %v, %v", f.Name, args, out, err, again, errAgain)
		}
		if err != nil {
			return
		}
		fits := map[string]bool{"bool": false, "number": false, "text": false, "date": false, "list of text": false}
		switch out.(type) {
		case bool:
			fits["bool"] = true
		case num.Number:
			fits["number"], fits["T"] = true, true
		case string:
			fits["text"] = true
		case num.Date:
			fits["date"], fits["T"] = true, true
		case num.Duration:
			fits["T"] = true
		case []any:
			fits["list of text"] = true
		}
		if f.Result == "T" && len(args) > 0 {
			first := args[0]
			if list, ok := first.([]any); ok && len(list) > 0 {
				first = list[0]
			} else if ok {
				first = num.Number{}
			}
			fits["T"] = reflect.TypeOf(first) == reflect.TypeOf(out)
		}
		if !fits[f.Result] {
			t.Fatalf("%s%v = %v of %T, want a %s", f.Name, args, out, out, f.Result)
		}
	})
}

func TestMonthsBetweenByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := num.Date(rapid.Int32Range(int32(num.MinDate), int32(num.MaxDate)-40).Draw(t, "a"))
		b := a + num.Date(rapid.Int32Range(0, min(4000, int32(num.MaxDate)-40-int32(a))).Draw(t, "days"))
		n := monthsBetween(a, b)
		here, err := a.Add(num.Duration{Months: int32(n)})
		if err != nil || here > b {
			t.Fatalf("%d months between %s and %s: %s, %v", n, a, b, here, err)
		}
		if next, err := a.Add(num.Duration{Months: int32(n + 1)}); err == nil && next <= b {
			t.Fatalf("%d months between %s and %s: %s is not after it", n, a, b, next)
		}
		if monthsBetween(b, a) != -n {
			t.Fatalf("%d months from %s to %s, %d back", n, a, b, monthsBetween(b, a))
		}
	})
}

func TestWorkdaysByCountingDays(t *testing.T) {
	workday := func(d num.Date) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }
	rapid.Check(t, func(t *rapid.T) {
		d := num.Date(rapid.Int32Range(int32(num.MinDate)+200, int32(num.MaxDate)-200).Draw(t, "d"))
		n := rapid.IntRange(-60, 60).Draw(t, "n")
		want, left, step := d, n, num.Date(1)
		if n < 0 {
			left, step = -n, -1
		}
		for left > 0 {
			if want += step; workday(want) {
				left--
			}
		}
		got, err := addWorkdays(d, num.Int(int64(n)))
		if err != nil || got != want {
			t.Fatalf("%d working days from %s, a %s: %s, %v, want %s", n, d, d.Weekday(), got, err, want)
		}
		other := d + num.Date(rapid.IntRange(0, 100).Draw(t, "days"))
		count := 0
		for x := d + 1; x <= other; x++ {
			if workday(x) {
				count++
			}
		}
		if workdaysBetween(d, other) != count || workdaysBetween(other, d) != -count {
			t.Fatalf("working days between %s and %s: %d, want %d", d, other, workdaysBetween(d, other), count)
		}
	})
}

func TestRemainderByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := num.Ratio(rapid.Int64Range(-1000, 1000).Draw(t, "an"), rapid.Int64Range(1, 20).Draw(t, "ad"))
		b := num.Ratio(rapid.Int64Range(1, 100).Draw(t, "bn"), rapid.Int64Range(1, 20).Draw(t, "bd"))
		if rapid.Bool().Draw(t, "negative") {
			b = b.Neg()
		}
		out, err := remainder(a, b)
		if err != nil {
			t.Fatal(err)
		}
		r := out.(num.Number)
		if r.Abs().Cmp(b.Abs()) >= 0 || r.Sign()*a.Sign() < 0 {
			t.Fatalf("the remainder of %s by %s is %s", a, b, r)
		}
		taken, err := a.Sub(r)
		if err != nil {
			t.Fatal(err)
		}
		if times, err := taken.Div(b); err != nil || !times.IsInt() {
			t.Fatalf("%s less its remainder %s is not a multiple of %s", a, r, b)
		}
	})
}

package randpolicy

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// leaf is a path that a condition may read where it stands, and its type.
type leaf struct{ path, typ string }

// source draws conditions over some leaves.
type source struct {
	t      *rapid.T
	leaves []leaf
	usable []string // terms of the whole case
	inTerm string   // the kind of the thing that the term is about, or ""
	plain  bool     // conditions that cannot be evaluated in some case are left out
	bound  int      // variables around
	coarse *bool    // see Program.Coarse
	hosted bool     // see Program.Hosted
}

func (s *source) pick(label string, of []string) string {
	return rapid.SampledFrom(of).Draw(s.t, label)
}
func (s *source) one(of ...string) string { return s.pick("one", of) }
func (s *source) upTo(n int) int          { return rapid.IntRange(0, n).Draw(s.t, "n") }
func (s *source) chance(of int) bool      { return s.upTo(of-1) == 0 }

// paths are the paths of the types, or of every type that begins with the word.
func (s *source) paths(types ...string) []string {
	var out []string
	for _, l := range s.leaves {
		if slices.ContainsFunc(types, func(t string) bool { return l.typ == t || strings.HasSuffix(t, " ") && strings.HasPrefix(l.typ, t) }) {
			out = append(out, l.path)
		}
	}
	return out
}

// cond is a random condition.
func (s *source) cond(depth int) string {
	if depth > 0 {
		switch s.upTo(9) {
		case 0:
			return "(" + s.cond(depth-1) + " or " + s.cond(depth-1) + ")"
		case 1, 2:
			return "(" + s.cond(depth-1) + ") and (" + s.cond(depth-1) + ")"
		case 3:
			return "not (" + s.cond(depth-1) + ")"
		case 4:
			return "((" + s.cond(depth-1) + ") implies (" + s.cond(depth-1) + "))"
		case 5:
			return fmt.Sprintf("%s %d of (%s, %s, %s)", s.one("at least", "at most", "exactly"), s.upTo(3), s.cond(depth-1), s.cond(depth-1), s.cond(0))
		}
	}
	var ways []func() string
	add := func(ok bool, f func() string) {
		if ok {
			ways = append(ways, f)
		}
	}
	for _, l := range s.leaves {
		ways = append(ways, func() string { return s.about(l) })
	}
	if s.inTerm == "" {
		for _, t := range s.usable {
			ways = append(ways, func() string { return t })
		}
		add(s.chance(8), func() string { return "as_of " + s.comparison() + " " + s.dateConst() })
	}
	if len(ways) == 0 {
		return s.one("yes", "as_of > 2012-01-01")
	}
	return ways[s.upTo(len(ways)-1)]()
}

func (s *source) comparison() string { return s.one("=", "!=", "<", "<=", ">", ">=") }
func (s *source) equality() string   { return s.one("=", "!=") }
func (s *source) in() string         { return s.one("in", "not in") }
func (s *source) dateConst() string  { return s.one("2010-01-01", "2020-06-01") }

// about is a condition that reads a path.
func (s *source) about(l leaf) string {
	head, rest, _ := strings.Cut(l.typ, " ")
	if head == "membership" { // which conditions read by way of the group
		if of, screened := strings.CutSuffix(l.path, screened); screened {
			return of + " " + s.one("is", "is not") + " " + s.one("Shady", "Clean")
		}
		return strings.TrimSuffix(l.path, ".in Vague") + " " + s.one("is", "is not") + " " + s.one("Loose", "Broad")
	}
	if s.chance(10) && !strings.HasPrefix(l.path, "q") {
		return "has " + l.path
	}
	switch head {
	case "bool":
		if s.chance(4) {
			return l.path + " " + s.equality() + " " + s.pick("bool", append(s.paths("bool"), "yes", "no"))
		}
		return l.path
	case "enum":
		return s.enum(l.path, valuesOf(rest), s.paths(l.typ))
	case "number", "integer", "length", "money", "temperature":
		return s.ordered(s.number(l, 1), head)
	case "date":
		if s.chance(3) {
			*s.coarse = true
			return fmt.Sprintf("%s %s %s %s %s", s.date(l), s.one("within", "not within"), s.one("10 years", "5 months", "0 days"), s.one("before", "after", "of"), s.another("date", "as_of"))
		}
		return s.ordered(s.date(l), head)
	case "duration":
		return s.ordered(s.duration(l), head)
	case "address":
		return s.address(l)
	case "moment":
		return s.moment(l)
	case "time_of_day":
		return s.ordered(l.path, head)
	case "text":
		return s.text(l)
	case "code":
		return s.code(l)
	case "name":
		return s.name(l)
	case "Land", "Firm", "Part", "Eccn", "Maker", "Port", "Chip", "Mill":
		return s.thing(l)
	case "set":
		return s.set(l, rest)
	}
	return s.list(l, rest)
}

// valuesOf are the values of an enumeration, behind which a type names the attribute:
// those of two attributes are two enumerations.
func valuesOf(enum string) []string {
	values, _, _ := strings.Cut(enum, " @")
	return strings.Fields(values)
}

func (s *source) enum(path string, values, others []string) string {
	elems := append(slices.Clone(values), others...)
	switch s.upTo(2) {
	case 0:
		return path + " " + s.equality() + " " + s.pick("value", elems)
	case 1:
		return s.pick("value", values) + " " + s.equality() + " " + path
	}
	return path + " " + s.in() + " (" + s.several(elems) + ")"
}

// several are one to three of some elements.
func (s *source) several(of []string) string {
	var out []string
	for range 1 + s.upTo(2) {
		out = append(out, s.pick("element", of))
	}
	return strings.Join(out, ", ")
}

// ordered compares an expression of an ordered type with others.
func (s *source) ordered(x, typ string) string {
	sets := s.paths("set "+typ, "list "+typ)
	switch k := s.upTo(5); {
	case k == 0 && typ != "temperature":
		return x + " " + s.in() + " " + s.interval(typ)
	case k == 1 && typ != "temperature":
		elems := []string{s.operand(typ), s.interval(typ), s.operand(typ)}
		return x + " " + s.in() + " (" + s.several(elems) + ")"
	case k == 2 && len(sets) > 0:
		return x + " " + s.in() + " " + s.pick("set", sets)
	case k == 3:
		return s.operand(typ) + " " + s.comparison() + " " + x
	}
	return x + " " + s.comparison() + " " + s.operand(typ)
}

// interval is one that is not empty for all cases.
func (s *source) interval(typ string) string {
	lo, hi := s.operand(typ), s.operand(typ)
	if slices.Contains(constants[typ], hi) {
		hi = constants[typ][1]
		if slices.Contains(constants[typ], lo) {
			lo = constants[typ][0]
		}
	}
	return lo + " .. " + hi
}

// constants of the ordered types, the smallest first.
var constants = map[string][]string{
	"number": {"1", "300 %", "little", "much"}, "integer": {"1", "2.5", "300 %", "much"}, "length": {"1 km", "3000 m", "near"}, "money": {"1 eur", "300 cent", "dear"}, "temperature": {"0 degC", "280 K", "-20 degC"},
	"date": {"2010-01-01", "2020-06-01", "turned"}, "duration": {"30 days", "1 year", "spell"},
	"moment": {"2010-01-01T00:00:00Z", "2020-06-01T09:00:00+02:00"}, "time_of_day": {"09:00", "17:30"},
}

// operand is a constant, or now and then something computed.
func (s *source) operand(typ string) string {
	if !s.chance(3) {
		return s.pick("constant", constants[typ])
	}
	return s.another(typ, s.pick("constant", constants[typ]))
}

// another is an expression over some path of a type, or the word where there is none.
func (s *source) another(typ, otherwise string) string {
	paths := s.paths(typ)
	if len(paths) == 0 {
		return otherwise
	}
	l := leaf{s.pick("path", paths), typ}
	switch typ {
	case "date":
		return s.date(l)
	case "duration":
		return s.duration(l)
	case "moment", "time_of_day":
		return l.path
	}
	return s.number(l, 1)
}

// number is an expression over a path of numbers or quantities.
func (s *source) number(l leaf, depth int) string {
	if l.typ == "temperature" || depth == 0 || s.chance(2) {
		return l.path
	}
	if l.typ == "number" && s.hosted && s.chance(2) {
		return "worse(" + l.path + ")"
	}
	constant := s.pick("constant", constants[l.typ])
	*s.coarse = true // it is told apart where no full case lies
	switch k := s.upTo(10); {
	case k == 0:
		return "-" + l.path
	case k == 10 && l.typ == "number" && s.hosted && !s.plain:
		return "half(" + l.path + ")"
	case k == 1:
		return l.path + " + " + constant
	case k == 2:
		return constant + " - " + s.number(l, depth-1)
	case k == 3:
		return l.path + " * 2"
	case k == 4 && l.typ == "number" && !s.plain:
		return "3 / " + l.path
	case k == 5:
		return "max(" + l.path + ", " + constant + ")"
	case k == 6:
		return "abs(" + s.another(l.typ, l.path) + " - " + constant + ")"
	case k == 7 && l.typ == "number":
		return "sum((" + l.path + ", " + constant + "))"
	}
	return l.path
}

func (s *source) date(l leaf) string {
	*s.coarse = true
	switch s.upTo(7) {
	case 0:
		return l.path + " + 1 month"
	case 1:
		return l.path + " - 10 days"
	case 2:
		return "min(" + l.path + ", as_of)"
	case 3:
		return "end_of_month(" + l.path + ")"
	case 4:
		return "as_of"
	}
	return l.path
}

func (s *source) duration(l leaf) string {
	switch dates := s.paths("date"); s.upTo(5) {
	case 0:
		return l.path + " + 30 days"
	case 1:
		if len(dates) > 0 && s.inTerm == "" {
			return "as_of - " + s.pick("date", dates)
		}
	case 2:
		return "max(" + l.path + ", 1 year)"
	}
	return l.path
}

func (s *source) text(l leaf) string {
	x := l.path
	switch k := s.upTo(8); {
	case k == 0:
		x = "lower(" + x + ")"
	case k >= 6 && s.hosted:
		return s.one("", "not ") + "shouts(" + x + ")"
	case k == 1:
		return "length(" + x + ") " + s.comparison() + " " + s.one("1", "2")
	case k == 2:
		return fmt.Sprintf("%s(%s, %s)", s.one("starts_with", "contains"), x, s.pick("part", append(s.paths("text"), `"a"`)))
	}
	collections := s.paths("set text", "list text")
	switch k := s.upTo(3); {
	case k == 0:
		return x + " " + s.one("like", "not like") + " " + s.one(`"a*"`, `"?"`, `"*b"`)
	case k == 1:
		return x + " " + s.in() + " (" + s.several([]string{`"a"`, `"B"`, s.textOperand()}) + ")"
	case k == 2 && len(collections) > 0:
		return x + " " + s.in() + " " + s.pick("collection", collections)
	}
	return x + " " + s.equality() + " " + s.textOperand()
}

func (s *source) textOperand() string {
	if texts := s.paths("text"); len(texts) > 0 && s.chance(3) {
		return s.pick("text", texts)
	}
	return s.one(`"a"`, `"ab"`, `"b"`)
}

// networks that conditions look for addresses in, besides groups.
var networks = []string{"10.0.0.0/30", "10.0.0.8/31", "0.0.0.0/0", "::/127", "::/0"}

// address is a condition on an address.
func (s *source) address(l leaf) string {
	others := append(s.paths("address"), "10.0.0.1", "10.0.0.8", "::2")
	switch sets := s.paths("set address"); s.upTo(6) {
	case 0:
		return l.path + " " + s.in() + " " + s.pick("network", networks)
	case 1:
		return l.path + " " + s.in() + " (" + s.several(slices.Concat(networks, others, []string{"10.0.0.1 .. 10.0.0.8"})) + ")"
	case 2, 3:
		return l.path + " " + s.in() + " " + s.pick("group", groups["address"])
	case 4:
		if len(sets) > 0 {
			return l.path + " " + s.in() + " " + s.pick("set", sets)
		}
	}
	return l.path + " " + s.comparison() + " " + s.pick("address", others)
}

// moment is a condition on a moment, or on what is local to a zone then.
func (s *source) moment(l leaf) string {
	if s.chance(3) {
		return s.ordered(l.path, "moment")
	}
	*s.coarse = true
	local := "(" + l.path + ", " + s.one(`"Europe/Berlin"`, `"Europe/Berlin"`, `"America/New_York"`, `"UTC"`) + ")"
	switch s.upTo(4) {
	case 0:
		return "weekday(local_date" + local + ") " + s.equality() + " " + s.one(`"Sunday"`, `"Monday"`)
	case 1:
		return "weekday(local_date" + local + ") " + s.in() + ` ("Saturday", "Sunday")`
	case 2:
		return s.ordered("local_date"+local, "date")
	case 3:
		return "month(local_date" + local + ") " + s.comparison() + " 6"
	}
	return s.ordered("local_time"+local, "time_of_day")
}

// name is a condition on a name.
func (s *source) name(l leaf) string {
	same := append(s.paths(l.typ), `"etoile, co"`, `"BB"`)
	switch s.upTo(3) {
	case 0:
		return l.path + " " + s.one("like", "not like") + " " + s.one(`"étoile*"`, `"b. ?"`)
	case 1:
		return l.path + " " + s.in() + " (" + s.several(same) + ")"
	}
	return l.path + " " + s.equality() + " " + s.pick("name", same)
}

// code is a condition on a code.
func (s *source) code(l leaf) string {
	same := append(s.paths(l.typ), `"1 a"`, `"1A.x"`, `"2B"`)
	switch s.upTo(4) {
	case 0:
		return l.path + " " + s.one("like", "not like") + " " + s.one(`"1a*"`, `"\*"`)
	case 1:
		return l.path + " " + s.in() + " (" + s.several(same) + ")"
	case 2:
		return l.path + " " + s.equality() + " " + s.pick("code", same)
	}
	return l.path + " " + s.one("under", "not under") + " " + s.one(`"1A"`, `"1a.x"`, `"2 B"`)
}

// identities and groups of the kinds whose things have some.
var (
	identities = map[string][]string{"Land": {"US", "FR", "IN"}, "Firm": {`"A"`, `"B"`, `"D"`}, "Eccn": {`"1a"`, `"1A. X"`, `"2B"`}, "Maker": {`"etoile co"`, `"B B"`},
		"Port": {"P1", `"P 2"`, "ZP", "P3"}, "Chip": {`"1 a"`, `"1A.X"`, `"9z"`}, "Mill": {`"acme mill"`, `"Béta Mill"`}}
	groups = map[string][]string{"Land": {"Early", "Friend", "Blue", "Late", "Ever", "Stated", "Sifted", "Mixed"}, "Firm": {"Listed", "Known", "Tabled", "Picked"}, "Eccn": {"Controlled"}, "Maker": {"Barred"},
		"Port": {"Harbour"}, "Chip": {"Fast"}, "Mill": {"Paper"}, "address": {"Inside", "Reach", "Routed"}}
	hosted = map[string][]string{"Land": {"Watched"}, "Firm": {"Flagged", "All"}}
)

// groupsOf are those of a kind that the program knows.
func (s *source) groupsOf(kind string) []string {
	if s.hosted {
		return slices.Concat(groups[kind], hosted[kind])
	}
	return groups[kind]
}

func (s *source) thing(l leaf) string {
	if terms := s.termsOf(l.typ, l.path+"."); len(terms) > 0 && (l.typ == "Part" || s.chance(3)) {
		*s.coarse = *s.coarse || slices.Contains(terms, "Old")
		return l.path + " " + s.one("is", "is not") + " " + s.pick("term", terms)
	}
	if l.typ == "Part" {
		return "has " + l.path
	}
	elems := append(slices.Clone(identities[l.typ]), s.paths(l.typ)...)
	sets := s.paths("set " + l.typ)
	switch k := s.upTo(4); {
	case k == 0:
		return l.path + " " + s.equality() + " " + s.pick("element", elems)
	case k == 1:
		return l.path + " " + s.in() + " (" + s.several(elems) + ")"
	case k == 2 && len(sets) > 0:
		return l.path + " " + s.in() + " " + s.pick("set", sets)
	case k == 3 && l.typ == "Firm":
		return l.path + " " + s.one("like", "not like") + " " + `"E*"`
	case k >= 3 && (l.typ == "Eccn" || l.typ == "Chip"):
		return s.code(l)
	case k == 3 && l.typ == "Maker":
		return s.name(l)
	}
	return l.path + " " + s.in() + " " + s.pick("group", s.groupsOf(l.typ))
}

// termsOf are the terms of a kind whose facts can be read behind a prefix.
func (s *source) termsOf(kind, prefix string) []string {
	var out []string
	for _, t := range definedTerms {
		usable := t.kind == kind
		for _, r := range t.reads {
			path := strings.TrimSuffix(prefix+r, ".")
			usable = usable && slices.ContainsFunc(s.leaves, func(l leaf) bool { return l.path == path })
		}
		if usable {
			out = append(out, t.name)
		}
	}
	for name, of := range map[string]string{"ok": "Land", "fit": "Part"} {
		if of == kind && slices.ContainsFunc(s.leaves, func(l leaf) bool { return l.path == prefix+name }) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// set is a condition on a set of elements of a type.
func (s *source) set(l leaf, elem string) string {
	head, rest, _ := strings.Cut(elem, " ")
	var values []string
	switch head {
	case "enum":
		values = valuesOf(rest)
	case "bool":
		values = []string{"yes", "no"}
	case "text":
		values = []string{`"a"`, `"ab"`}
	case "code":
		values = []string{`"1A"`, `"1 a.x"`}
	case "name":
		values = []string{`"b. b"`, `"Etoile"`}
	case "address":
		values = []string{"10.0.0.1", "::2"}
	case "number", "date":
		values = constants[head]
	default:
		values = identities[head]
	}
	others := s.paths("set "+elem, "list "+elem)
	switch s.upTo(11) {
	case 0:
		return l.path + " " + s.equality() + " " + s.pick("set", s.paths(l.typ))
	case 1, 2:
		return l.path + " " + s.equality() + " (" + s.several(append(slices.Clone(values), s.paths(elem)...)) + ")"
	case 3:
		return l.path + " " + s.equality() + " (" + s.several(values) + ")"
	case 4:
		return l.path + " " + s.one("is", "is not") + " empty"
	}
	switch s.upTo(4) {
	case 0:
		return s.pick("value", values) + " " + s.in() + " " + l.path
	case 1:
		return "count(" + l.path + ") " + s.comparison() + " " + s.one("0", "1", "2")
	}
	targets := []string{"(" + s.several(append(values, s.paths(elem)...)) + ")", "(" + s.several(values) + ")", s.pick("set", others)}
	targets = append(targets, s.groupsOf(head)...)
	if head == "number" || head == "date" {
		targets = append(targets, s.interval(head))
	}
	return s.one("any", "all", "none") + " of " + l.path + " in " + s.pick("target", targets)
}

// list is a condition on a list, its quantifiers among them.
func (s *source) list(l leaf, elem string) string {
	if elem != "Part" && s.chance(2) {
		return s.set(l, elem)
	}
	if elem == "Part" && s.chance(6) {
		return "count(" + l.path + ") " + s.comparison() + " 1"
	}
	name := fmt.Sprintf("q%c%d", elem[0], s.bound)
	inner := *s
	inner.bound++
	inner.leaves = []leaf{{name, elem}}
	for _, a := range attributes[elem] {
		inner.leaves = append(inner.leaves, leaf{name + "." + a.path, a.typ})
	}
	if s.chance(3) {
		inner.leaves = append(inner.leaves, s.leaves...)
	}
	if s.chance(3) {
		if c := s.aggregate(&inner, name, l.path); c != "" {
			return c
		}
	}
	body := inner.cond(1)
	if s.chance(3) {
		return fmt.Sprintf("(count %s in %s has %s) %s %s", name, l.path, body, s.comparison(), s.one("0", "1", "2"))
	}
	return fmt.Sprintf("(%s %s in %s has %s)", s.one("some", "every", "no"), name, l.path, body)
}

// aggregate compares what is computed of the members of a list; "" where nothing can be.
func (s *source) aggregate(inner *source, name, list string) string {
	var of []leaf
	for _, l := range inner.leaves {
		if constants[l.typ] != nil && l.typ != "temperature" && strings.HasPrefix(l.path, "q") {
			of = append(of, l)
		}
	}
	if len(of) == 0 {
		return ""
	}
	l := rapid.SampledFrom(of).Draw(s.t, "of")
	op, x := s.one("min", "max"), l.path
	switch l.typ {
	case "date", "duration":
	default:
		op, x = s.one("sum", "min", "max", "average"), inner.number(l, 1)
	}
	words := fmt.Sprintf("%s of %s for %s in %s", op, x, name, list)
	if s.chance(2) {
		words = "(" + words + " where " + inner.cond(1) + ")"
	}
	if s.chance(4) {
		return words + " " + s.in() + " (" + s.several([]string{s.pick("constant", constants[l.typ]), s.interval(l.typ)}) + ")"
	}
	return words + " " + s.comparison() + " " + s.operand(l.typ)
}

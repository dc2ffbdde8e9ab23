package randpolicy

import (
	"fmt"
	"strings"
)

// Vocabulary is the kinds, roles and groups of every program.
var Vocabulary = vocabulary + declared(definedTerms)

const vocabulary = `
kind Part { w: number  v: number?  g: a | b  h: bool? }
kind Firm = text { score: number  vip: bool = no  since: date?  areas: set of a | b = a  owner: Firm? }
kind Firm { size: number = 1 from "lists/sizes.csv" column "firm" value "size"  ends: date? = 2020-06-01 from "lists/sizes.csv" column "firm" value "ends" }
kind Eccn = code { rating: number }
kind Maker = name
kind Land = US | FR "France" | IN { ally: bool = no  grade: x | y ? }
kind Land {
  zone: x | y ? from "lists/zones.csv" column "land" value "zone"
  rank: number from "lists/zones.csv" column "land" value "rank"
  chart: set of a | b | c from "lists/zones.csv" column "land" marks "X"
  pact: bool from "lists/zones.csv" column "land" marked "pact"
  words: set of text from "lists/zones.csv" column "land" value "words" split ";"
}
kind Port from "lists/ports.csv" column "port" {
  depth: number from column "depth"
  owner: x | y ? from column "owner"
  wares: set of a | b | c from column "wares" split ";"
  free: bool from marked "free"
  links: set of a | b from marks "X"
}
kind Port also ZP "Zed"
kind Chip = code from "lists/chips.csv" column "chip" open { cost: number from column "cost"  limit: money? from column "limit" in eur }
kind Mill = name from "lists/mills.csv" column "mill" { rate: number from column "rate" }
kind Item {
  cat: I | II | III
  mode: u | v ?
  n: number
  m: number?
  k: number = 3
  c: integer
  d: integer?
  len: length
  reach: length?
  temp: temperature
  price: money?
  t: text json "t-ext"
  s: text?
  hs: code
  sub: code?
  eccn: Eccn
  brand: name
  produced: Maker
  port: Port
  transit: Port?
  chip: Chip
  mill: Mill
  made: date
  sold: date?
  term: duration
  wait: duration?
  flag: bool
  perhaps: bool?
  special: bool = no
  tags: set of a | b | c
  marks: set of a | b ?
  usual: set of a | b = a
  both: set of u | v | w = (u, w)
  flags: set of bool
  lands: set of Land
  firms: set of Firm?
  codes: set of text
  notes: set of text?
  also: set of code
  nums: set of number?
  days: set of date
  net: address
  gate: address?
  hops: set of address
  seen: moment
  left: moment?
  opens: time_of_day
  parts: list of Part
  spares: list of Part?
  lines: list of text?
  row: list of number
  main: Part json "@main"
  spare: Part?
  maker: Firm?
  home: Land?
  origin: Land
}
unit eur of money
value little = 1
value much = 1 since 2010-01-01, 2 * little + 100 % since 2020-06-01
value near = 1 km, 3000 m since 2015-02-28
value dear = 1 eur since 2005-05-05, 300 cent since 2010-01-01
value turned = 2010-01-01, 2020-06-01 since 2015-02-28
value spell = 30 days, 1 year since 2020-06-01
unit cent = 0.01 eur
role item: Item
role to dest: Land
role from src: Land
role by firm: Firm
open term ok of Land "is it all right"
open term fit of Part "does it fit"
open term urgent "is it urgent"
group Early of Land: since 2010-01-01: US, until 2020-06-01: FR
group Friend of Land: Early, since 2020-06-01: IN
group Blue of Land: US, FR
group Listed of Firm: "A" since 2010-01-01, "B" until 2020-06-01, "C"
group Known of Firm: Listed, "D"
group Late of Land: since 2010-01-01 until 2020-06-01: Friend, IN
group Ever of Land: until 2010-01-01: Late, US, since 2020-06-01: Blue
group Vague of Land: US since 2010 until 2015-02 .. 2020-06-01, IN since 2020, until 2005-05 .. 2015: FR, IN until 2005
group Wide of Land: Vague until 2025-12-31, since 2015-02-28: IN
group Stated of Land from "lists/lands.csv"
group Barred of Maker: "Étoile Co.", "b.b" since 2010-01-01
group Shunned of Maker from "lists/makers.csv" column "name" screened at 0.9
group Avoided of Maker: since 2010-01-01: Shunned, until 2020-06-01: "x y"
group Controlled of Eccn: "1a", "1 A.x" since 2010-01-01, "2b"
group Tabled of Firm from "lists/firms.csv" column "name"
group Mixed of Land: since 2010-01-01: Sifted, IN since 2020-06-01
group Harbour of Port: P1, "P 2" until 2020-06-01, since 2010-01-01: ZP
group Fast of Chip: "1a", "9z" since 2010-01-01
group Paper of Mill: "ACME MILL"
group Inside of address: 10.0.0.0/30, 10.0.0.8/31 since 2010-01-01
group Reach of address: since 2015-02-28: Inside, ::/127, until 2020-06-01: 10.0.0.1
group Routed of address from "lists/nets.csv" column "net" until "until"
`

// sifted are groups of those rows of files of which some conditions hold.
const sifted = `group Sifted of Land from "lists/sifted.csv" column "land" since "on" until "off" where %s
group Picked of Firm from "lists/sifted.csv" column "firm" until "off" where %s
`

// hostedVocabulary is what only a program that loads the rules knows: the members of groups, and
// what functions give. One of its functions the rules do not declare.
const hostedVocabulary = `
function shouts(text) -> bool "whether somebody shouts"
function worse(number) -> number
group Watched of Land external
group Flagged of Firm external
group All of Firm: Tabled until 2020-06-01, Flagged since 2010-01-01, "B"
`

// fact is a fact of the vocabulary, with values that stand for all that it can have, as
// JSON has them. A nil one is none.
type fact struct {
	path   string
	typ    string // as conditions are drawn for it
	values []any
	// preset is which value the fact has where it is not told, as an index from 1; 0 where it is then unknown.
	preset int
	// within is the optional thing that it is a fact of, or "".
	within string
	// parts are facts of lists told in part.
	parts []part
	// beside are the identities of whose thing no file gives the fact, where one gives it of others.
	beside []any
}

// part is a value of which something is not told, and the values that it may be.
type part struct {
	value any
	of    []int
}

type thing = map[string]any

// AnyPart is a member of a list of parts, of which everything is told.
func AnyPart() map[string]any { return thing{"w": 1, "g": "a", "h": nil, "fit": true} }

var (
	numbers  = []any{-1, 0, 1, 2, 2.5, 3, 4, 7}
	integers = []any{-1, 0, 1, 2, 3, 4, 7}
	lengths  = []any{"-2 km", "0 m", "500 m", "1 km", "2 km", "3 km", "5 km"}
	texts    = []any{"a", "ab", "B", "b", "x", "aa", "ba", "bb", "aab", "bab", "zz"}      // one at least of each class that patterns tell apart
	names    = []any{"Étoile Co.", "ETOILE CO", "etoile", "Bb", "b-b", "B", "b c", "x y"} // likewise
	codes    = []any{"1A", "1a.x", "1 A.X.y", "1A-1", "1A0", "2B", "2b-x", "*", "Z"}
	dates    = []any{"2001-01-01", "2005-05-05", "2008-08-08", "2010-01-01", "2015-02-28", "2020-06-01", "2023-03-03", "2025-12-31", "2030-01-01"}
	terms    = []any{"1 day", "30 days", "6 months", "1 year", "2 years"}
	nets     = []any{"9.9.9.9", "10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.5", "10.0.0.8", "10.0.0.9", "10.9.9.9", "::1", "::2", "::5"} // one of each class that conditions tell apart
	moments  = []any{"2009-12-31T23:59:59.5Z", "2010-01-01T01:00:00+01:00", "2015-03-29T02:59:59+01:00", "2020-06-01T09:00:00+02:00", "2020-11-01T01:30:00-05:00", "2026-11-28T17:30:00+01:00"}
	times    = []any{"00:00", "08:59:59.5", "09:00", "12:00", "17:30", "23:59"}
	bools    = []any{true, false}
	firmIDs  = []any{"A", "B", "C", "D", "Else", "Other"}
	landIDs  = []any{"US", "FR", "IN"}
	portIDs  = []any{"P1", "P 2", "P3", "ZP"}
	chipIDs  = append([]any{"1A", "1a.x", "2B"}, besideChips...)
	asOf     = []string{"2005-05-05", "2010-01-01", "2015-02-28", "2020-06-01", "2025-12-31"} // among the dates, with others around
	partList = []any{
		[]any{}, []any{thing{"w": 1, "v": nil, "g": "a", "h": nil, "fit": true}}, []any{thing{"w": 4, "v": 3, "g": "b", "h": true, "fit": false}},
		[]any{thing{"w": 4, "v": nil, "g": "a", "h": true, "fit": false}}, []any{thing{"w": 4, "v": 1, "g": "a", "h": nil, "fit": true}, thing{"w": 2, "v": nil, "g": "b", "h": false, "fit": true}},
		[]any{thing{"w": 1, "v": 0, "g": "b", "h": true, "fit": false}, thing{"w": 4, "v": 2, "g": "b", "h": false, "fit": true}, thing{"w": 4, "v": 4, "g": "a", "h": true, "fit": true}},
	}
)

func orNone(values []any) []any { return append([]any{nil}, values...) }

// subsets are all sets of some values.
func subsets(values ...any) []any {
	out := []any{[]any{}}
	for _, v := range values {
		for _, s := range out {
			out = append(out, append(append([]any{}, s.([]any)...), v))
		}
	}
	return out
}

var facts = withFactsOf([]fact{
	{path: "item.cat", typ: "enum I II III @cat", values: []any{"I", "II", "III"}},
	{path: "item.mode", typ: "enum u v @mode", values: []any{nil, "u", "v"}},
	{path: "item.n", typ: "number", values: numbers},
	{path: "item.m", typ: "number", values: orNone(numbers)},
	{path: "item.k", typ: "number", values: numbers, preset: 6},
	{path: "item.c", typ: "integer", values: integers},
	{path: "item.d", typ: "integer", values: orNone(integers)},
	{path: "item.len", typ: "length", values: lengths},
	{path: "item.reach", typ: "length", values: orNone(lengths)},
	{path: "item.temp", typ: "temperature", values: []any{"-30 degC", "-20 degC", "270 K", "0 degC", "5 degC", "280 K", "400 K"}},
	{path: "item.price", typ: "money", values: []any{nil, "-1 eur", "0 eur", "50 cent", "1 eur", "2 eur", "300 cent", "4 eur"}},
	{path: "item.t", typ: "text", values: texts},
	{path: "item.s", typ: "text", values: orNone(texts)},
	{path: "item.hs", typ: "code", values: codes},
	{path: "item.sub", typ: "code", values: orNone(codes)},
	{path: "item.eccn", typ: "Eccn", values: codes},
	{path: "item.brand", typ: "name", values: names},
	{path: "item.produced", typ: "Maker", values: names},
	{path: "item.port", typ: "Port", values: portIDs},
	{path: "item.transit", typ: "Port", values: orNone(portIDs)},
	{path: "item.chip", typ: "Chip", values: chipIDs},
	{path: "item.mill", typ: "Mill", values: []any{"Acme Mill", "BÉTA, mill", "beta mill"}},
	{path: "item.made", typ: "date", values: dates},
	{path: "item.sold", typ: "date", values: orNone(dates)},
	{path: "item.term", typ: "duration", values: terms},
	{path: "item.wait", typ: "duration", values: orNone(terms)},
	{path: "item.net", typ: "address", values: nets},
	{path: "item.gate", typ: "address", values: orNone(nets)},
	{path: "item.hops", typ: "set address", values: subsets("10.0.0.1", "10.0.0.9", "::2")},
	{path: "item.seen", typ: "moment", values: moments},
	{path: "item.left", typ: "moment", values: orNone(moments)},
	{path: "item.opens", typ: "time_of_day", values: times},
	{path: "item.flag", typ: "bool", values: bools},
	{path: "item.perhaps", typ: "bool", values: orNone(bools)},
	{path: "item.special", typ: "bool", values: bools, preset: 2},
	{path: "item.tags", typ: "set enum a b c @tags", values: subsets("a", "b", "c")},
	{path: "item.marks", typ: "set enum a b @marks", values: orNone(subsets("a", "b"))},
	{path: "item.usual", typ: "set enum a b @usual", values: subsets("a", "b"), preset: 2},
	{path: "item.both", typ: "set enum u v w @both", values: subsets("u", "v", "w"), preset: 6},
	{path: "item.flags", typ: "set bool", values: subsets(true, false)},
	{path: "item.lands", typ: "set Land", values: subsets(landIDs...)},
	{path: "item.firms", typ: "set Firm", values: orNone(subsets("A", "B", "C", "D", "Else"))},
	{path: "item.codes", typ: "set text", values: subsets("a", "ab", "zz")},
	{path: "item.notes", typ: "set text", values: orNone(subsets("a", "ab", "zz"))},
	{path: "item.also", typ: "set code", values: subsets("1A", "1a.x", "Z")},
	{path: "item.nums", typ: "set number", values: orNone(subsets(0, 1, 2, 3, 4))},
	{path: "item.days", typ: "set date", values: subsets("2005-05-05", "2010-01-01", "2015-02-28", "2020-06-01")},
	{path: "item.parts", typ: "list Part", values: partList, parts: []part{
		{[]any{thing{"w": 4, "g": "a"}}, []int{3}}, {[]any{thing{"g": "b", "fit": false}}, []int{2}}, {[]any{thing{}}, []int{1, 2, 3}},
	}},
	{path: "item.spares", typ: "list Part", values: orNone(partList)},
	{path: "item.lines", typ: "list text", values: []any{nil, []any{}, []any{"a"}, []any{"zz", "ab"}, []any{"a", "a", "B"}}},
	{path: "item.row", typ: "list number", values: []any{[]any{}, []any{1}, []any{3, 4}, []any{2, 2, 0}}},
	{path: "item.main", typ: "Part"},
	{path: "item.spare", typ: "Part", values: []any{nil, thing{}}},
	{path: "item.maker", typ: "Firm", values: orNone(firmIDs)},
	{path: "item.home", typ: "Land", values: orNone(landIDs)},
	{path: "item.origin", typ: "Land", values: landIDs},
	{path: "dest", typ: "Land", values: landIDs},
	{path: "src", typ: "Land", values: landIDs},
	{path: "firm", typ: "Firm", values: firmIDs},
	{path: "urgent", typ: "bool", values: bools},
})

// Those of whom no file says anything.
var besidePorts, besideChips = []any{"ZP"}, []any{"1 A.X.y", "1A-1", "1A0", "2b-x", "*", "9Z", "8"}

// attributes are those of the kinds whose things stand in several places.
var attributes = map[string][]fact{
	"Part": {
		{path: "w", typ: "number", values: numbers}, {path: "v", typ: "number", values: orNone(numbers)}, {path: "g", typ: "enum a b @g", values: []any{"a", "b"}},
		{path: "h", typ: "bool", values: orNone(bools)}, {path: "fit", typ: "bool", values: bools},
	},
	"Firm": {
		{path: "score", typ: "number", values: numbers}, {path: "vip", typ: "bool", values: bools, preset: 2},
		{path: "since", typ: "date", values: orNone(dates)}, {path: "owner", typ: "Firm", values: orNone(firmIDs)}, {path: "areas", typ: "set enum a b @areas", values: subsets("a", "b"), preset: 2},
	},
	"Port": {
		{path: "depth", typ: "number", values: numbers, beside: besidePorts}, {path: "owner", typ: "enum x y @owner", values: []any{nil, "x", "y"}, beside: besidePorts},
		{path: "wares", typ: "set enum a b c @tags", values: subsets("a", "b", "c"), beside: besidePorts},
		{path: "free", typ: "bool", values: bools, beside: besidePorts}, {path: "links", typ: "set enum a b @marks", values: subsets("a", "b"), beside: besidePorts},
	},
	"Chip": {
		{path: "cost", typ: "number", values: numbers, beside: besideChips},
		{path: "limit", typ: "money", values: []any{nil, "-1 eur", "0 eur", "50 cent", "1 eur", "2 eur", "300 cent", "4 eur"}, beside: besideChips},
	},
	"Maker": {{path: "in Shunned", typ: "membership", values: bools}},
	"Eccn":  {{path: "rating", typ: "number", values: numbers}},
	"Land": {
		{path: "ally", typ: "bool", values: bools, preset: 2}, {path: "grade", typ: "enum x y @grade", values: []any{nil, "x", "y"}},
		{path: "ok", typ: "bool", values: bools}, {path: "in Vague", typ: "membership", values: bools},
	},
}

// data are attributes that files give: rules read them wherever they read the thing, and no
// case tells them.
var data = map[string][]leaf{
	"Firm": {{"size", "number"}, {"ends", "date"}},
	"Mill": {{"rate", "number"}},
	"Land": {{"zone", "enum x y @zone"}, {"rank", "number"}, {"chart", "set enum a b c @tags"}, {"pact", "bool"}, {"words", "set text"}},
}

// withFactsOf adds the attributes of the things among the facts.
func withFactsOf(of []fact) []fact {
	out := of
	for _, f := range of {
		for _, a := range attributes[f.typ] {
			a.path = f.path + "." + a.path
			if len(f.values) > 0 && f.values[0] == nil {
				a.within = f.path
			}
			out = append(out, a)
		}
	}
	return out
}

// term is a defined term, usable of a thing of which its facts are in the focus. "" is
// the identity.
type term struct {
	name, kind string
	reads      []string
	text       string
}

var definedTerms = []term{
	{"Heavy", "Part", []string{"w"}, "w >= 3"},
	{"Odd", "Part", []string{"g", "h"}, "g != a or not h"},
	{"Apt", "Part", []string{"fit", "w"}, "fit and not Heavy"},
	{"Near", "Land", []string{""}, "in Friend"},
	{"Far", "Land", []string{"", "ally"}, "not in (US, IN) and not ally"},
	{"Fine", "Land", []string{"ok", "grade"}, "ok or grade = x"},
	{"Foreign", "Land", []string{""}, "not in Early"},
	{"Loose", "Land", []string{"", "in Vague"}, "in Vague"},
	{"Broad", "Land", []string{"", "in Vague"}, "not in Wide"},
	{"Shady", "Maker", []string{"", "in Shunned"}, "in Shunned"},
	{"Clean", "Maker", []string{"", "in Shunned"}, "not in Avoided"},
	{"Bad", "Firm", []string{""}, "in Listed"},
	{"Poor", "Firm", []string{"score"}, "not score >= 3"},
	{"Old", "Firm", []string{"since"}, "since within 10 years before 2015-02-28"},
	{"Grand", "Firm", []string{"vip", ""}, "vip or not in Known"},
}

func declared(terms []term) string {
	var b strings.Builder
	for _, t := range terms {
		fmt.Fprintf(&b, "term %s of %s: %s\n", t.name, t.kind, t.text)
	}
	return b.String()
}

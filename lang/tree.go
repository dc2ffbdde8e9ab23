package lang

import (
	"cmp"
	"math"
)

// Node is a piece of the syntax tree. Range is the half-open span of bytes it
// was read from, from its first token to the end of its last one.
type Node interface{ Range() Span }

// Span is a half-open range of byte offsets into a Source.
type Span struct{ Start, End uint32 }

// Range lets a node embed its Span.
func (s Span) Range() Span { return s }

// Name is one word of the author's.
type Name struct {
	Text   string
	Offset uint32
}

// Range is the span of the word.
func (n Name) Range() Span { return Span{n.Offset, n.Offset + uint32(len(n.Text))} }

// String is a text literal, unquoted.
type String struct {
	Span
	Value string
}

// Date is a date literal such as 1993-09-27. The lexer has checked that the day exists.
type Date struct {
	Text   string
	Offset uint32
}

// Range is the span of the date.
func (d Date) Range() Span { return Span{d.Offset, d.Offset + uint32(len(d.Text))} }

// LabelRef names a rule: by its label, or an unlabelled one by policy/number (us2025/3).
type LabelRef struct {
	Span
	Text string
}

// File is one parsed rule file.
type File struct {
	Source *Source
	Decls  []Decl
}

// Decl is a declaration: one of the types below that name it in their comment.
type Decl interface {
	Node
	// Doc is the text of the comments directly above the declaration, without
	// the # marks, lines joined by \n.
	Doc() string
	// Unfinished says that something is missing or wrong in it. Its fields are as far as
	// it was read.
	Unfinished() bool
	decl()
}

// Use = "use" ( Name | String ) .
type Use struct {
	declNode
	Module *Name   `parser:"'use' ( @@"` // a module of stdlib
	Path   *String `parser:"| @@ )"`     // a file, relative to this one
}

// Outcomes = "outcomes" Outcome { ( ">" | "," ) Outcome } .
type Outcomes struct {
	declNode
	Items []*OutcomeItem `parser:"'outcomes' (?! '>' | ',' ) @@ ( (?= '>' | ',' ) @@ )*"`
}

// OutcomeItem = Name [ Wording ] . Less is true where a ">" stands before it:
// it ranks below its predecessor.
type OutcomeItem struct {
	Less  bool     `parser:"( @'>' | ',' )?"`
	Name  Name     `parser:"@@"`
	Title *Wording `parser:"@@?"`
}

// Kind = "kind" Name [ "=" ( "text" [ "sensitive" ] | ( "code" | "name" ) [ "sensitive" ] [ IdFile ] | Choice { "|" Choice } ) | "also" Choice { "|" Choice } | IdFile ]
// [ "{" { Attr } "}" ] .
// IdFile = "from" String [ "column" String ] [ "open" ] .
type Kind struct {
	declNode
	Name      Name      `parser:"'kind' @@ ( ( '=' |"`
	Also      bool      `parser:"@'also' )"`                                                       // the identities are added to those of another declaration
	Text      bool      `parser:"( (?! ( 'text' | 'code' | 'name' ) ( '|' | String ) ) ( @'text'"` // = text: identified by free text
	Code      bool      `parser:"| @'code'"`                                                       // = code: by codes
	ByName    bool      `parser:"| @'name' )"`                                                     // = name: by the names of parties
	Sensitive bool      `parser:"@'sensitive'?"`                                                   // = text sensitive: which records mask
	Ids       []*Choice `parser:"| @@ ( '|' @@ )* ) )?"`                                           // = A | B: a fixed set of identities
	From      *String   `parser:"( 'from':Keyword @@"`                                             // a CSV file whose rows are the identities
	Column    *String   `parser:"( 'column' @@ )?"`
	Open      bool      `parser:"( (?! 'open' 'term' ) @'open' )? )?"` // there are identities besides those of the file
	Attrs     []*Attr
}

// Choice = Name { String } { Translation } . The first string is the title, the others are further
// names; translations are of the title.
type Choice struct {
	Name   Name
	Titles []String
	In     []Translation
}

// Attr = Name ":" Type [ "=" Value ] [ Given ] [ "sensitive" ] [ "json" String ] [ Wording ] . The wording says what
// the attribute means. A single text behind the last choice of an enumeration is
// that of the attribute, unless another choice has one or "sensitive" follows. Records
// of decisions mask what is sensitive.
type Attr struct {
	attrNode
	Name      Name     `parser:"@@"`
	Type      *Type    `parser:"':' @@"`
	Default   Expr     `parser:"( '=' @@ )?"`
	Given     *Given   `parser:"@@?"`
	Sensitive bool     `parser:"( (?! 'sensitive' ':' ) @'sensitive' )?"`
	JSON      *String  `parser:"( (?! 'json' ':' ) 'json' @@ )?"` // what it is called outside the rules
	Title     *Wording `parser:"@@?"`
}

// Given = "from" ( "column" String [ Cells ] | String [ "column" String ] ( "value" String [ Cells ] | Marks ) | Marks ) .
// Marks = "marks" String | "marked" String .
// Cells = "split" String | "in" UnitName .
//
// It says where the values of an attribute stand, by identity: in a column of the file that
// its kind is declared with, or in a file of its own, whose column holds the identities.
type Given struct {
	File   *String   `parser:"'from':Keyword ( ( @@"`
	ID     *String   `parser:"( (?! 'column' ':' ) 'column' @@ )? )?"` // the column of the identities
	Value  *String   `parser:"( 'value' @@ | "`                        // the column of the values
	Marks  *String   `parser:"'marks' @@ |"`                           // what stands in the columns of those that a set holds
	Marked *String   `parser:"'marked' @@ )"`                          // the column whose mark is yes
	Column *String   `parser:"| 'column' @@ )"`                        // the column of the values, in the file of the kind
	Split  *String   `parser:"( (?! 'split' ':' ) 'split' @@"`         // what stands between the members of a set
	Unit   *UnitName `parser:"| 'in':Keyword @@ )?"`                   // of numbers
}

// Range is the span from the file or column that is named to the last of what is said of it.
func (g *Given) Range() Span {
	s := Span{Start: math.MaxUint32}
	for _, part := range []*String{g.File, g.ID, g.Value, g.Marks, g.Marked, g.Column, g.Split} {
		if part != nil {
			s.Start, s.End = min(s.Start, part.Start), max(s.End, part.End)
		}
	}
	if g.Unit != nil {
		s.End = g.Unit.End
	}
	return s
}

// UnitName is the name of a unit, km or km/h.
type UnitName struct {
	Span
	Text string
}

// Type = Plain [ "?" ] . Plain = "set" "of" Plain | "list" "of" Plain | Choice { "|" Choice } | Name .
// A single Choice without a "|" is a type's name. The question mark makes the
// whole optional: set of Role? is a set or none.
type Type struct {
	typeNode
	SetOf, ListOf *Type
	Name          *Name     // bool, number, length, Country, ...
	Choices       []*Choice // an enumeration, two or more
	Optional      bool
}

// Member is what a set or a list holds in the end, and else the type itself.
func (t *Type) Member() *Type {
	for t.SetOf != nil || t.ListOf != nil {
		if t.SetOf != nil {
			t = t.SetOf
		} else {
			t = t.ListOf
		}
	}
	return t
}

// Unit = "unit" Name ( "of" Name | "=" Number UnitName [ "+" Number UnitName ] ) [ Wording ] .
// "of D" makes it the base unit of a dimension D of the author's own.
type Unit struct {
	declNode
	Name  Name     `parser:"'unit' @@"`
	Of    *Name    `parser:"( 'of' @@"`
	Value *Number  `parser:"| '=' @@"`      // with its unit
	Plus  *Number  `parser:"( '+' @@ )? )"` // an offset, for temperatures
	Title *Wording `parser:"@@?"`
}

// NamedValue = "value" Name "=" DatedValue { "," DatedValue } .
type NamedValue struct {
	declNode
	Name   Name         `parser:"'value' @@"`
	Values []DatedValue `parser:"'=' @@ ( ',' @@ )*"`
}

// DatedValue = Sum [ "since" Date ] .
type DatedValue struct {
	Value Expr  `parser:"@@"`
	Since *Date `parser:"( 'since' @@ )?"`
}

// Role = "role" [ Preposition ] Name ":" Name .
type Role struct {
	declNode
	Prep *Name
	Name Name `parser:"'role' ( 'to':Keyword | 'from':Keyword | 'for':Keyword | 'by':Keyword | 'via':Keyword | 'at':Keyword | 'on':Keyword | 'with':Keyword | 'into':Keyword )? @@"`
	Kind Name `parser:"':' @@"`
}

// Group = "group" Name "of" Name ( ":" Members { "," Members } | "from" String [ "column" String ] Rows | "external" [ Screened ] ) .
// Members = [ Dates ":" ] Member { "," Member } . Rows = [ "since" String ] [ "until" String ] [ "where" Cond ] [ Screened ] .
// Screened = "screened" "at" Decimal .
type Group struct {
	declNode
	Name    Name `parser:"'group' @@"`
	Kind    Name `parser:"'of' @@ ( ':'"`
	Members []Member
	From    *String `parser:"| 'from':Keyword @@"`
	Column  *String `parser:"( 'column' @@ )?"`
	Since   *String // the column of the first days
	Until   *String // the column of the days from which on they are members no longer
	Where   Expr    // which rows are meant: conditions on texts that name columns
	// Screened is how much a name has to be like one of the members for it to be asked whether it
	// is meant; nil where only the members' own names are.
	Screened *Number
	// External says that whoever embeds the program gives the members.
	External bool `parser:"| @'external' )"`
}

// Member = ( Name | String | Literal ) [ Dates ] . Its own dates hold for it alone, and take the
// place of what the head says.
type Member struct {
	Name    Name     // an identity or another group; Text == "" where Quote or Literal is set
	Quote   *String  // an identity in quotes
	Literal *Literal // an address or a network
	Dates   *Dates   // those behind it, or nil
	Head    *Dates   // the dates in front, up to the next head; one for all members behind it
}

// Written is the range of the member with its own dates.
func (m Member) Written() Span {
	s := m.Name.Range()
	if m.Quote != nil {
		s = m.Quote.Span
	}
	if m.Literal != nil {
		s = m.Literal.Span
	}
	if m.Dates != nil {
		s.End = m.Dates.End
	}
	return s
}

// In is the dates of a member: its own, and of its head those that it has not.
func (m Member) In() Dates {
	var d Dates
	for _, from := range []*Dates{m.Dates, m.Head} {
		if from != nil {
			d.Since, d.Until = cmp.Or(d.Since, from.Since), cmp.Or(d.Until, from.Until)
		}
	}
	return d
}

// Dates = "since" Day [ "until" Day ] | "until" Day .
type Dates struct {
	Span
	Since *Day // the first day
	Until *Day // the first day no longer
}

// Day = SomeDay [ ".." SomeDay ] . SomeDay = Date | Year [ "-" Digits ] . It is a day as far as it is
// known: one of a month, of a year, or of those from one to another.
type Day struct {
	Span
	Text string
	Last string // "" where no other stands behind it
}

// String is the day as it is written.
func (d Day) String() string {
	if d.Last == "" {
		return d.Text
	}
	return d.Text + " .. " + d.Last
}

// String is the dates as they are written.
func (d Dates) String() string {
	f := formatter{printer: &printer{}}
	f.dates(d)
	return f.flatText()
}

// Function = "function" Name "(" [ Type { "," Type } ] ")" "->" Type [ Wording ] . It is the
// signature of a function that the program around the rules brings.
type Function struct {
	declNode
	Name   Name     `parser:"'function' @@"`
	Params []*Type  `parser:"'(' ( @@ ( ',' @@ )* )? ')'"`
	Result *Type    `parser:"'->' @@"`
	Title  *Wording `parser:"@@?"`
}

// Term = [ "open" ] "term" Name [ "of" Name ] ( ":" Cond | [ Wording ] ) . A
// defined term has a Cond; an open one may have a title.
type Term struct {
	declNode
	Open      bool     `parser:"@'open'?"`
	Name      Name     `parser:"'term' @@"`
	Of        *Name    `parser:"( 'of' @@ )?"`
	Sensitive bool     `parser:"( (?! 'sensitive' ':' ) @'sensitive' )?"`
	Title     *Wording `parser:"( @@"`
	Cond      Expr     `parser:"| ':' @@ )?"`
}

// Constraint = "constraint" Name ":" Cond .
type Constraint struct {
	declNode
	Name Name `parser:"'constraint' @@"`
	Cond Expr `parser:"':' @@"`
}

// Policy = "policy" Name [ Wording ] { "amends" Name | "from" Date | "until" Date |
// "decides" "by" Name | "source" String { "," String } } "{" { Item } "}" .
type Policy struct {
	declNode
	Name    Name     `parser:"'policy' @@"`
	Title   *Wording `parser:"@@?"`
	Amends  *Name    `parser:"( 'amends' @@"`
	From    *Date    `parser:"| 'from':Keyword @@"`
	Until   *Date    `parser:"| 'until' @@"`
	Decides *Name    `parser:"| 'decides' 'by':Keyword @@"` // strictest, loosest, first
	Source  []String `parser:"| 'source' @@ ( ',' @@ )*"`
	When    Expr     `parser:"| 'when':Keyword @@ )*"` // of which cases the policy speaks
	Items   []Item
}

// Series = "series" Name ":" Name { "," Name } .
type Series struct {
	declNode
	Name     Name   `parser:"'series' @@"`
	Policies []Name `parser:"':' @@ ( ',' @@ )*"`
}

// Test = "test" String [ "under" Name { "," Name } ]
// "{" { "as" "of" Date | "given" Fact { "," Fact } | Expect } "}" .
type Test struct {
	declNode
	Name   String `parser:"'test' @@"`
	Under  []Name `parser:"( 'under' @@ ( ',' @@ )* )?"`
	AsOf   *Date
	Given  []Expr // what a fact may be: `path = value`, `role is Term`, `role is not Term`, a bare boolean path, `not` one; the call of a function for a path
	Expect []*Expect
}

// Expect = "expect" Name [ "between" Name { "," Name } ] [ "needing" Needed { "," Needed } ]
// [ "by" LabelRef { "," LabelRef } ] [ "requiring" String { "," String } ] .
// The name is an outcome, or undecided, undetermined, conflict. What is needed is a Ref, an In or a Call.
type Expect struct {
	expectNode
	Outcome   Name       `parser:"'expect' @@"`
	Between   []Name     `parser:"( 'between' @@ ( ',' @@ )* )?"`
	Needing   []Expr     `parser:"( 'needing' @@ ( ',' @@ )* )?"`
	By        []LabelRef `parser:"( 'by':Keyword @@ ( ',' @@ )* )?"`
	Requiring []String   `parser:"( 'requiring' @@ ( ',' @@ )* )?"`
}

// Claim = "claim" String [ "under" Name { "," Name } ] [ "as" "of" Date ] ":" ClaimBody .
//
//	ClaimBody = "always" ( "decided" | Outcomes ) [ "when" Cond ]
//	          | "never" Outcomes [ "when" Cond ]
//	          | Name ( "never" ( "stricter" | "looser" ) "than" | "same" [ "outcomes" ] "as"
//	            | "requires" "no" "more" "than" ) Name [ "when" Cond ]
//	          | "same" "decision" "when" Swap { "and" Swap } [ "when" Cond ] .
//	Outcomes  = Name { "or" Name } .
//	Swap      = Path "swaps" Name "," Name .
type Claim struct {
	declNode
	Name     String `parser:"'claim' @@"`
	Under    []Name `parser:"( 'under' @@ ( ',' @@ )* )?"`
	AsOf     *Date  `parser:"( 'as' 'of' @@ )? ':'"`
	Form     ClaimForm
	Outcomes []Name // always, never
	A, B     *Name  // the two policies of a comparison
	Swaps    []*Swap
	When     Expr
}

// ClaimForm says which sentence a claim is.
type ClaimForm uint8

// The forms of a claim.
const (
	Always ClaimForm = iota
	Never
	AlwaysDecided
	NeverStricter
	NeverLooser
	SameAs
	SameOutcomes
	RequiresNoMore
	SameDecision
)

// Swap exchanges two values of an attribute.
type Swap struct {
	Attr *Ref
	V, W Name
}

// Item stands in a policy or a section: *Rule, *Otherwise, *Repeal, *Replace, *ReplaceValue, *Section,
// *RulesFrom.
type Item interface {
	Node
	// Unfinished says that something is missing or wrong in it. Its fields are as far as
	// it was read.
	Unfinished() bool
	item()
}

// Rule = [ Name ":" ] Name [ Phrase ] { Preposition Phrase } { Clause } . The
// clauses, each once and in any order, are the fields from When on.
type Rule struct {
	itemNode
	Label           *Name
	Outcome         Name
	Object          Expr
	Phrases         []Phrase
	When            Expr
	Unless          Expr
	Notwithstanding []LabelRef
	SubjectTo       []LabelRef
	Requiring       []String
	Because         *Wording
	Source          []String
	From, Until     *Date
}

// Phrase is a preposition and what stands behind it: names, strings and `any`
// under and, or, not, commas (an *Alternatives) and parentheses.
type Phrase struct {
	Prep Name
	X    Expr
}

// Otherwise = "otherwise" Name [ "requiring" ... ] [ "because" Wording ] [ "source" ... ] .
type Otherwise struct {
	itemNode
	Outcome   Name
	Requiring []String
	Because   *Wording
	Source    []String
}

// Repeal = "repeal" LabelRef { "," LabelRef } .
type Repeal struct {
	itemNode
	Labels []LabelRef
}

// Replace = "replace" LabelRef ":" Rule-without-label .
type Replace struct {
	itemNode
	Label LabelRef
	Rule  *Rule // its Label is nil
}

// ReplaceValue = "replace" NamedValue .
type ReplaceValue struct {
	itemNode
	Value *NamedValue
}

// Section = "section" Name [ Wording ] [ "decides" "by" Name ] [ "when" Cond ] "{" { Item } "}" .
type Section struct {
	itemNode
	Name    Name
	Title   *Wording
	Decides *Name
	When    Expr
	Items   []Item
}

// RulesFrom = "rules" "from" String : the rows of that file are rules.
type RulesFrom struct {
	itemNode
	File String
}

// Expr is a condition, a value, or what stands in a phrase.
type Expr interface {
	Node
	expr()
}

// Op is an operator of Binary, Unary, AtLeast, SetQuant, Quant or Aggregate.
type Op uint8

// The operators.
const (
	Implies Op = iota + 1
	Or
	And
	Not
	Eq
	Ne
	Lt
	Le
	Gt
	Ge
	Add
	Sub
	Mul
	Div
	Least   // at least N of
	Most    // at most N of
	Exactly // exactly N of
	AnyOf   // any of S in T
	AllOf   // all of S in T
	NoneOf  // none of S in T
	Some    // some p in L has C
	Every   // every p in L has C
	No      // no p in L has C
	Count   // count p in L has C
	SumOf   // sum of V for p in L where C
	MinOf
	MaxOf
	AverageOf
)

type (
	// Binary is X Op Y: implies, or, and, comparisons, arithmetic. A chain of
	// and (or of or) is nested to the left.
	Binary struct {
		Span
		Op   Op
		X, Y Expr
	}
	// Unary is not X or - X.
	Unary struct {
		Span
		Op Op // Not or Sub
		X  Expr
	}
	// Paren is ( X ). It is kept so that the formatter keeps it.
	Paren struct {
		Span
		X Expr
	}
	// Ref is a name or a dotted path: SLV, item.range, p.category, US, yes.
	Ref struct {
		Span
		Path []Name
	}
	// Number is 300 or 300 km or 900 km/h; Unit is "" without one.
	Number struct {
		Span
		Text     string
		Unit     string
		UnitSpan Span
	}
	// DateLit is a date in a condition.
	DateLit struct {
		Span
		Text string
	}
	// Literal is an address, a network, a moment or a time of day.
	Literal struct {
		Span
		Text string
	}
	// Text is a text literal in a condition or a phrase.
	Text struct {
		Span
		Value string
	}
	// In is X [not] in Target. X is nil where the thing a term is about is meant.
	// Target is a *Ref (a group, a set or a list), a *Tuple or an *Interval.
	In struct {
		Span
		X      Expr
		Not    bool
		Target Expr
	}
	// Tuple is ( a, b, c .. d ).
	Tuple struct {
		Span
		Elems []Expr
	}
	// Interval is a .. b, both ends included.
	Interval struct {
		Span
		Lo, Hi Expr
	}
	// Is is X is [not] Term.
	Is struct {
		Span
		X    *Ref
		Not  bool
		Term Name
	}
	// Has is has item.range: the attribute has a value.
	Has struct {
		Span
		X *Ref
	}
	// Like is X [not] like "pattern": * any run of characters, ? one character, and behind a
	// backslash these, and a backslash, themselves.
	Like struct {
		Span
		X       Expr
		Not     bool
		Pattern Text
	}
	// Under is X [not] under "code": that code, or one that goes on from it behind a separator.
	Under struct {
		Span
		X    Expr
		Not  bool
		Code Text
	}
	// Within is X [not] within 90 days before Y.
	Within struct {
		Span
		X      Expr
		Not    bool
		Amount *Number
		Dir    Name // before, after, of
		Y      Expr
	}
	// AtLeast is at least N of ( A, B ), at most, exactly.
	AtLeast struct {
		Span
		Op Op // Least, Most, Exactly
		N  Number
		Of []Expr
	}
	// SetQuant is any of S in T, all of, none of; Target as for In.
	SetQuant struct {
		Span
		Op     Op
		X      Expr
		Target Expr
	}
	// Quant is some p in L has C, every, no, count. C reaches as far as it can.
	Quant struct {
		Span
		Op   Op
		Var  Name
		List *Ref
		Cond Expr
	}
	// Aggregate is sum of V for p in L where C, min of, max of, average of. Where is nil where
	// there is none, and reaches as far as it can.
	Aggregate struct {
		Span
		Op    Op
		X     Expr
		Var   Name
		List  *Ref
		Where Expr
	}
	// Call is f(a, b).
	Call struct {
		Span
		Fun  Name
		Args []Expr
	}
	// Any is the word any in a phrase.
	Any struct{ Span }
	// Alternatives is a, b, c in a phrase: or.
	Alternatives struct {
		Span
		Elems []Expr
	}
)

func (*Binary) expr()       {}
func (*Unary) expr()        {}
func (*Paren) expr()        {}
func (*Ref) expr()          {}
func (*Number) expr()       {}
func (*DateLit) expr()      {}
func (*Literal) expr()      {}
func (*Text) expr()         {}
func (*In) expr()           {}
func (*Tuple) expr()        {}
func (*Interval) expr()     {}
func (*Is) expr()           {}
func (*Has) expr()          {}
func (*Like) expr()         {}
func (*Under) expr()        {}
func (*Within) expr()       {}
func (*AtLeast) expr()      {}
func (*SetQuant) expr()     {}
func (*Quant) expr()        {}
func (*Aggregate) expr()    {}
func (*Call) expr()         {}
func (*Any) expr()          {}
func (*Alternatives) expr() {}

func (*Rule) item()         {}
func (*Otherwise) item()    {}
func (*Repeal) item()       {}
func (*Replace) item()      {}
func (*ReplaceValue) item() {}
func (*Section) item()      {}
func (*RulesFrom) item()    {}

func (*Use) decl()        {}
func (*Outcomes) decl()   {}
func (*Kind) decl()       {}
func (*Unit) decl()       {}
func (*NamedValue) decl() {}
func (*Role) decl()       {}
func (*Group) decl()      {}
func (*Function) decl()   {}
func (*Term) decl()       {}
func (*Constraint) decl() {}
func (*Policy) decl()     {}
func (*Series) decl()     {}
func (*Test) decl()       {}
func (*Claim) decl()      {}

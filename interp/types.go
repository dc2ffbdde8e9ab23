package interp

import (
	"reflect"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

type basicType uint8

const (
	boolType basicType = iota + 1
	numberType
	textType
	dateType
	durationType
	scalarType // see scalars
	enumType
	thingType
	setType
	listType
)

// Type is the type of an attribute or of an expression.
type Type struct {
	basic    basicType
	dim      num.Dim // numbers: "" for a pure one
	dimName  string  // how the author calls the dimension
	integer  bool    // numbers: whole ones alone
	scalar   *scalar
	enum     *Enum
	kind     *Kind
	elem     *Type
	fold     *folding // of texts, or nil
	optional bool
}

var (
	typeBool     = &Type{basic: boolType}
	typeNumber   = &Type{basic: numberType}
	typeInteger  = &Type{basic: numberType, integer: true}
	typeText     = &Type{basic: textType}
	typeCode     = &Type{basic: textType, fold: codeFold}
	typeName     = &Type{basic: textType, fold: nameFold}
	typeDate     = &Type{basic: dateType}
	typeDuration = &Type{basic: durationType}
)

// String is the type as an author writes it.
func (t *Type) String() string {
	s := ""
	switch t.basic {
	case boolType:
		s = "bool"
	case numberType:
		switch {
		case t.integer:
			s = "integer"
		case t.dim == "":
			s = "number"
		case t.dimName != "":
			s = t.dimName
		default:
			s = string(t.dim)
		}
	case textType:
		s = "text"
		if t.fold != nil {
			s = t.fold.name
		}
	case dateType:
		s = "date"
	case durationType:
		s = "duration"
	case scalarType:
		s = t.scalar.name
	case enumType:
		s = strings.Join(t.enum.Names(), " | ")
	case thingType:
		s = t.kind.Name
	case setType:
		s = "set of " + t.elem.String()
	case listType:
		s = "list of " + t.elem.String()
	}
	if t.optional {
		s += "?"
	}
	return s
}

// same says whether values of the two types can be compared.
func (t *Type) same(u *Type) bool {
	if t.basic != u.basic {
		return false
	}
	switch t.basic {
	case numberType:
		return t.dim == u.dim
	case scalarType:
		return t.scalar == u.scalar
	case enumType:
		return t.enum == u.enum || slices.Equal(t.enum.Names(), u.enum.Names())
	case textType:
		return t.fold == u.fold
	case thingType:
		return t.kind == u.kind
	case setType, listType:
		return t.elem.same(u.elem)
	}
	return true
}

// Enum is a fixed list of values: an enumeration, or the identities of a kind.
type Enum struct {
	Choices []EnumChoice
	fold    *folding       // of the names; nil where each is one of its own
	index   map[string]int // names, folded
	also    map[string]int // titles and further names, folded
	quoted  map[int]bool   // those whose names stand in quotes, as files have them
}

// EnumChoice is one value of an Enum, with its title and further names.
type EnumChoice struct {
	Name  string
	Title string
	Also  []string
}

func newEnum() *Enum { return &Enum{index: map[string]int{}, also: map[string]int{}} }

// add puts a choice at the end; false where the name is taken.
func (e *Enum) add(c EnumChoice) bool {
	key := e.fold.of(c.Name)
	if _, dup := e.index[key]; dup {
		return false
	}
	i := len(e.Choices)
	e.Choices = append(e.Choices, c)
	e.index[key] = i
	for _, s := range append([]string{c.Title}, c.Also...) {
		if s != "" {
			if _, taken := e.also[foldName(s)]; !taken {
				e.also[foldName(s)] = i
			}
		}
	}
	return true
}

// Names lists the choices' names.
func (e *Enum) Names() []string {
	names := make([]string, len(e.Choices))
	for i, c := range e.Choices {
		names[i] = c.Name
	}
	return names
}

// find looks a choice up by name, and where loose also by title and further name.
func (e *Enum) find(s string, loose bool) (int, bool) {
	if i, ok := e.index[e.fold.of(s)]; ok {
		return i, true
	}
	if loose {
		if i, ok := e.also[foldName(s)]; ok {
			return i, true
		}
		if i, ok := e.index[e.fold.of(strings.ToUpper(s))]; ok {
			return i, true
		}
	}
	return 0, false
}

// foldName is a name as it is compared: capital letters, blanks and the form of an apostrophe count for nothing.
func foldName(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.Join(strings.Fields(s), " ")), "’", "'")
}

// Kind is a sort of thing: an item, a country, a programme.
type Kind struct {
	Name    string
	Doc     string
	Ids     *Enum             // a fixed set of identities, or nil
	TextIds bool              // identified by free text
	fold    *folding          // of its identities, or nil
	written map[string]string // identities as files write them, where that is otherwise than they are folded

	// File is the CSV file that lists its identities, or "".
	File string

	// SensitiveID says that records of decisions mask which thing it is.
	SensitiveID bool

	Attrs []*Attr
	index map[string]*Attr
	blank *Thing // a thing of which nothing is known
}

// Identified says whether things of the kind have an identity.
func (k *Kind) Identified() bool { return k.Ids != nil || k.TextIds }

// key is the name of an identity as it is told apart from others: that of a fixed one is its
// name, and another is folded.
func (k *Kind) key(name string) string {
	if k.Ids != nil {
		return name
	}
	return k.fold.of(name)
}

// Attr looks an attribute up.
func (k *Kind) Attr(name string) (*Attr, bool) { a, ok := k.index[name]; return a, ok }

func (k *Kind) attrNames() []string {
	names := make([]string, len(k.Attrs))
	for i, a := range k.Attrs {
		names[i] = a.Name
	}
	return names
}

// Attr is something that can be known of a thing. An open term is one too, of type bool.
type Attr struct {
	Name    string
	Type    *Type
	Title   string // what it means; of an open term the question
	Doc     string
	Default Value // nil: unknown until given
	Open    bool  // decided by a person

	// Group is, of the fact that says whether the thing is in an open group, that group,
	// and nil of all others. See Options.OpenGroups.
	Group *Group

	// Sensitive says that records of decisions mask what it is.
	Sensitive bool

	// JSON is what it is called outside the rules, in JSON and headings, or "" where that is its name.
	JSON string

	// File is the CSV file that gives its values, or "".
	File string

	given   *givenValues // what that says; nil of all others
	beside  *givenValues // of what is told of things of which a file says nothing: what that says of others
	index   int          // in Kind.Attrs
	foreign bool         // the title is in another language than English
	owner   *Kind
	src     *lang.Source
	span    lang.Span
}

// unitOfMeasure is a unit of a dimension: value × factor + offset is the value in the coherent unit.
type unitOfMeasure struct {
	name   string
	dim    num.Dim
	factor num.Number
	offset num.Number
}

// Outcome is what a rule can give. Outcomes of one Chain are ranked: the lower Rank the stricter.
type Outcome struct {
	Name  string
	Title string
	Index int // in the order declared
	Chain int
	Rank  int
	at    Site
}

// String is the outcome's name.
func (o *Outcome) String() string {
	if o == nil {
		return ""
	}
	return o.Name
}

// StricterThan says whether o outranks p. Outcomes of different chains do not rank.
func (o *Outcome) StricterThan(p *Outcome) bool { return o.Chain == p.Chain && o.Rank < p.Rank }

// Role is a thing that a case is about. Prep is "" for the object of a rule's sentence.
type Role struct {
	Name  string
	Prep  string
	Kind  *Kind
	Index int
	Doc   string
}

// Term is a named condition: about a thing of Kind, or where that is nil about the whole case.
type Term struct {
	Name  string
	Kind  *Kind
	Title string
	Doc   string
	Open  bool
	attr  *Attr // of an open term
	depth int   // of the terms it uses
	cond  cond
	src   *lang.Source
	decl  *lang.Term

	declared *Term // the term of which it is a version, with values that an amendment replaces; nil of others
}

// original is the term as it is declared.
func (t *Term) original() *Term {
	if t.declared != nil {
		return t.declared
	}
	return t
}

// Constraint is what every real case satisfies.
//
// Unstable: it serves package analysis, and changes with it.
type Constraint struct {
	Name string
	Doc  string
	cond cond
	src  *lang.Source
	decl *lang.Constraint
}

// ownFunction is a function that the rules declare, a Function whose types have been found,
// or both.
type ownFunction struct {
	stdlib.Function
	declared *lang.Function // nil where only the embedder knows it
	title    string
	foreign  bool // as of an Attr
	src      *lang.Source
	params   []*Type
	result   *Type
	f        reflect.Value // not valid where nobody brings the function
	most     Limits
	// Whether f takes a context before its parameters, and which results it has besides the first.
	context, knows, fails bool
}

func (e *Enum) has(name string) bool { _, ok := e.find(name, false); return ok }

// identity is the text by which groups know a thing.
func identity(v Value) (string, bool) {
	switch v := v.(type) {
	case Address:
		return identityOfAddress(v.ip), true
	case Choice:
		return v.Name(), true
	case *Thing:
		if v.ID != nil {
			return identity(v.ID)
		}
		return "", false
	}
	return keyOfText(v)
}

// idValue is the identity of a thing of a kind, by its name.
func idValue(k *Kind, id string) Value {
	if k.Ids != nil {
		return Choice{k.Ids, k.Ids.index[k.fold.of(id)]}
	}
	if name, otherwise := k.written[id]; otherwise {
		id = name
	}
	return k.fold.value(id)
}

// identify finds the thing of a kind that a word names: its code, title or a further name.
func identify(k *Kind, word string, at spot) (Value, *lang.Diagnostic) {
	thing := newThing(k)
	switch {
	case k.Ids != nil:
		i, ok := k.Ids.find(word, true)
		if !ok {
			d := at.errorf(code.UnknownIdentity, "there is no %s `%s`", k.Name, word)
			at.spell.offer(k.Ids, d, word, at.span)
			return nil, d
		}
		thing.ID = Choice{k.Ids, i}
	case k.TextIds:
		if strings.TrimSpace(word) != "" && k.fold.empty(word) {
			return nil, at.errorf(code.UnknownIdentity, "`%s` is no %s: a name has a letter or a digit", word, k.Name)
		}
		if k.fold.of(word) == "" {
			return nil, at.errorf(code.UnknownIdentity, "%s is named by a text, and this one is empty", aKind(k))
		}
		thing.ID = k.fold.value(word)
	default:
		return nil, at.errorf(code.FactType, "%s has no identity of its own: say its attributes, such as %s", k.Name, exampleFact(k))
	}
	return thing, nil
}

// enumOf is the enumeration of a type, or of its elements.
func (t *Type) enumOf() *Enum {
	if t.elem != nil {
		return t.elem.enumOf()
	}
	return t.enum
}

// memberList is the type of the members of a set or a list written out.
func memberList(set operand) *Type {
	t := *set.typ()
	t.optional = false
	return &t
}

package lang

// tokenKind is what the lexer takes a token for.
type tokenKind uint8

const (
	eofToken tokenKind = iota
	identToken
	keywordToken // a reserved word, where it is not a name
	stringToken
	numberToken
	dateToken
	literalToken // an address, a network, a moment, a time of day
	punctToken
	badToken // already reported: the parser stays silent about it
)

// token is one token of a text. It is small, since a file of a hundred thousand
// rules has more than a million of them.
type token struct {
	start, end uint32
	kind       tokenKind
	sym        symbol
	newline    bool // the first token of its line
	open       bool // a text whose closing quotes are missing
}

func (t token) span() Span { return Span{t.start, t.end} }

// symbol is a word or a mark that the grammar knows. A token that the author
// wrote otherwise (&& for and) carries the symbol of what was meant.
type symbol uint8

const noSymbol symbol = 0

// Reserved words: everywhere keywords but after a dot and before a colon.
const (
	symAnd symbol = iota + 1
	symOr
	symNot
	symIn
	symIs
	symWhen
	symUnless
	symImplies
	symOtherwise
	symNotwithstanding
	symAny
	// Prepositions.
	symTo
	symFrom
	symFor
	symBy
	symVia
	symAt
	symOn
	symWith
	symInto
	lastKeyword = symInto

	// Words that begin a declaration.
	symUse symbol = iota + 1
	symOutcomes
	symKind
	symUnit
	symValue
	symRole
	symGroup
	symFunction
	symTerm
	symOpen
	symConstraint
	symPolicy
	symSeries
	symTest
	symClaim

	// Words that mean something in one place and are names elsewhere.
	symAfter
	symAll
	symAlso
	symAlways
	symAmends
	symAs
	symAverage
	symBecause
	symBefore
	symBetween
	symCode
	symTextName
	symColumn
	symCount
	symDecided
	symDecides
	symDecision
	symEvery
	symExactly
	symExpect
	symExternal
	symGiven
	symHas
	symJSON
	symLeast
	symLike
	symList
	symLooser
	symMarked
	symMarks
	symMax
	symMin
	symMore
	symMost
	symNeeding
	symNever
	symNo
	symNone
	symOf
	symRepeal
	symReplace
	symRequires
	symRequiring
	symRules
	symSame
	symScreened
	symSection
	symSensitive
	symSet
	symSince
	symSome
	symSource
	symSplit
	symStricter
	symSubject
	symSum
	symSwaps
	symText
	symThan
	symUnder
	symUntil
	symWhere
	symWithin
	lastWord = symWithin

	// Marks.
	symLBrace symbol = iota + 1
	symRBrace
	symLParen
	symRParen
	symColon
	symComma
	symBar
	symQuestion
	symEq
	symNe
	symLt
	symLe
	symGt
	symGe
	symPlus
	symMinus
	symStar
	symSlash
	symDot
	symRange
	symPercent // behind a number
	symArrow   // which the lexer reads behind the parameters of a function alone
)

var symbolTexts = [...]string{
	symAnd: "and", symOr: "or", symNot: "not", symIn: "in", symIs: "is", symWhen: "when", symUnless: "unless",
	symImplies: "implies", symOtherwise: "otherwise", symNotwithstanding: "notwithstanding", symAny: "any",
	symTo: "to", symFrom: "from", symFor: "for", symBy: "by", symVia: "via", symAt: "at", symOn: "on", symWith: "with", symInto: "into",
	symUse: "use", symOutcomes: "outcomes", symKind: "kind", symUnit: "unit", symRole: "role", symGroup: "group", symFunction: "function", symTerm: "term",
	symOpen: "open", symConstraint: "constraint", symPolicy: "policy", symSeries: "series", symTest: "test", symClaim: "claim",
	symAfter: "after", symAll: "all", symAlso: "also", symAlways: "always", symAmends: "amends", symAs: "as", symAverage: "average", symBecause: "because", symBefore: "before",
	symBetween: "between", symCode: "code", symTextName: "name", symColumn: "column", symCount: "count", symDecided: "decided", symDecides: "decides", symDecision: "decision",
	symEvery: "every", symExactly: "exactly", symExpect: "expect", symExternal: "external", symGiven: "given", symHas: "has", symJSON: "json", symLeast: "least", symLike: "like",
	symList: "list", symLooser: "looser", symMarked: "marked", symMarks: "marks", symMax: "max", symMin: "min", symMore: "more", symMost: "most", symNeeding: "needing", symNever: "never", symNo: "no", symNone: "none",
	symOf: "of", symRepeal: "repeal", symReplace: "replace", symRequires: "requires", symRequiring: "requiring", symRules: "rules", symSame: "same", symScreened: "screened", symSection: "section", symSensitive: "sensitive",
	symSet: "set", symSince: "since", symSome: "some", symSource: "source", symSplit: "split", symStricter: "stricter", symSubject: "subject", symSum: "sum",
	symSwaps: "swaps", symText: "text", symThan: "than", symUnder: "under", symUntil: "until", symValue: "value", symWhere: "where", symWithin: "within",
	symLBrace: "{", symRBrace: "}", symLParen: "(", symRParen: ")", symColon: ":", symComma: ",", symBar: "|", symQuestion: "?",
	symEq: "=", symNe: "!=", symLt: "<", symLe: "<=", symGt: ">", symGe: ">=", symPlus: "+", symMinus: "-", symStar: "*", symSlash: "/",
	symDot: ".", symRange: "..", symPercent: "%", symArrow: "->",
}

func (s symbol) String() string { return symbolTexts[s] }

func (s symbol) keyword() bool     { return s != noSymbol && s <= lastKeyword }
func (s symbol) preposition() bool { return s >= symTo && s <= symInto }

// wordSymbols finds the symbol of a word.
var wordSymbols = func() map[string]symbol {
	m := make(map[string]symbol, lastWord)
	for s := symAnd; s <= lastWord; s++ {
		if symbolTexts[s] != "" {
			m[symbolTexts[s]] = s
		}
	}
	return m
}()

// longestWord is the length of the longest word of the grammar: no longer name needs a look-up.
const longestWord = len("notwithstanding")

// Token is one token of a text, for those who work on a text that is still being typed.
type Token struct {
	Span
	Kind TokenKind
	Text string // as it is written
	Open bool   // a text whose closing quotes are missing
}

// TokenKind says what a token is.
type TokenKind uint8

// The kinds of tokens.
const (
	TokenName TokenKind = iota // a word that is a name where it stands, or could be one
	TokenKeyword
	TokenText
	TokenNumber
	TokenDate
	TokenLiteral // an address, a network, a moment or a time of day
	TokenMark
	TokenBad // what cannot be read
)

var tokenKinds = [...]TokenKind{
	identToken: TokenName, keywordToken: TokenKeyword, stringToken: TokenText, numberToken: TokenNumber, dateToken: TokenDate, literalToken: TokenLiteral, punctToken: TokenMark, badToken: TokenBad,
}

// Tokens cuts a text into its tokens. Comments are not among them.
func Tokens(text string) []Token {
	p := newParser(&problems{source: NewSource("", text)})
	out := make([]Token, 0, len(p.tokens)-1)
	for i := range p.tokens[:len(p.tokens)-1] {
		t := &p.tokens[i]
		out = append(out, Token{Span: t.span(), Kind: tokenKinds[t.kind], Text: p.slice(t), Open: t.open})
	}
	return out
}

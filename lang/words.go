package lang

import "slices"

// The words of the language by what they begin. They stand here once: whoever completes,
// colours or corrects words asks for them.
var (
	declarationWords = []string{"use", "outcomes", "kind", "unit", "value", "role", "group", "function", "term", "open", "constraint", "policy", "series", "test", "claim"}
	itemWords        = []string{"repeal", "replace", "section", "otherwise"}
	clauseStarts     = []string{"when", "unless", "notwithstanding", "subject", "requiring", "because", "source", "until"}
	prepositions     = []string{"to", "from", "for", "by", "via", "at", "on", "with", "into"}

	// clauseWords are what a misspelt word in the middle of a rule may mean: not `at` and
	// `on`, to which too many words are near.
	clauseWords = slices.DeleteFunc(slices.Concat(clauseStarts, []string{"and", "or"}, prepositions), func(w string) bool { return w == "at" || w == "on" })
)

// Keywords are the reserved words of the language: words that cannot be names,
// save after a dot and before a colon.
func Keywords() []string {
	words := make([]string, 0, lastKeyword)
	for s := symAnd; s <= lastKeyword; s++ {
		words = append(words, symbolTexts[s])
	}
	slices.Sort(words)
	return words
}

// DeclarationWords begin the declarations of a file.
func DeclarationWords() []string { return slices.Clone(declarationWords) }

// ItemWords begin what stands in a policy and is no rule.
func ItemWords() []string { return append(slices.Clone(itemWords), symbolTexts[symRules]) }

// ClauseWords begin the clauses of a rule behind its phrases. `from`, which begins one
// too, is among the prepositions.
func ClauseWords() []string { return slices.Clone(clauseStarts) }

// Prepositions begin the phrases of a rule.
func Prepositions() []string { return slices.Clone(prepositions) }

// IsName says whether a text can stand as a name, without quotes.
func IsName(text string) bool {
	tokens := Tokens(text)
	return len(tokens) == 1 && tokens[0].Kind == TokenName && tokens[0].Text == text
}

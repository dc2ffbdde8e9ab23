// Package lang is the text of Ctl: it turns rule files into syntax trees and
// trees into formatted text, and says in words for policy authors what is wrong
// with a text. It knows no meaning: whether a name exists or a comparison makes
// sense is the business of package interp.
//
//	file, problems := lang.Parse(context.Background(), "us2025.ctl", text)
//	for _, p := range problems {
//		fmt.Println(p) // us2025.ctl:3:12: `unles` is no word of a rule. (did you mean `unless`?) [E0103]
//	}
//	if !problems.HasErrors() {
//		fmt.Print(lang.Format(file))
//	}
//
// Parse always returns a tree: after a mistake it goes on at the next rule or
// declaration, so that five mistakes give five messages and the rest of the file
// is there. ParseExpr and ParseFact read one condition and one fact, FormatExpr
// writes one, Nearest finds the name that somebody most likely meant, and Grammar is
// the EBNF of it all. Tokens cuts a text that is still being typed, and words.go lists the words of
// the language by what they begin, for those who complete or colour a text.
//
// How it works, in the order of the files: lexer.go cuts the text into tokens
// and never fails; participle reads the declarations by the tags of tree.go, one
// at a time; conditions.go, operands.go, phrases.go, rules.go and bodies.go read
// by hand what nests or repeats without bound; recover.go finds where to go on
// after a mistake; layout.go and format*.go write.
//
// What a problem is called is in package code, below this one. Outside the standard
// library the package imports that and participle alone.
package lang

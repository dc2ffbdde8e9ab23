// Package stdlib is what every rule may use without declaring it: the modules
// written in Ctl (units, countries) and the functions written in Go. It
// imports internal/num and nothing else of the project; the interpreter reads
// modules and functions from here and gives them their meaning.
//
//	text, ok := stdlib.Module("iso3166")   // the text behind `use iso3166`
//	stdlib.Modules()                       // [iso3166 iso4217 prelude]
//	stdlib.Dimensions["force"]             // "length mass/time^2"
//	for _, f := range stdlib.Functions() {
//		fmt.Println(f.Signature(), f.Doc)
//	}
//
// The module prelude is part of every program. A unit declared there `of` a
// dimension in Dimensions is the coherent SI unit of it, factor 1.
//
// Functions are pure and total: for the same arguments they give the same
// result or the same error, they end in time proportional to the size of their
// arguments, and no argument makes them panic. Errors are sentences for
// the authors of rules.
package stdlib

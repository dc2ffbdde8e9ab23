// Package automaton puts all the patterns that are asked of one text into one automaton, which
// reads the text once whatever their number.
//
// The texts that match the same patterns are a class. There are finitely many, and of each the
// shortest texts are known.
//
//	build.go     states and steps, from patterns
//	classes.go   the classes of texts
//	examples.go  the shortest texts of a class
package automaton

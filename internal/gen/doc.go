// Package gen writes Go code for the vocabulary of a program: types for its facts,
// constants for its values, outcomes, policies and rules. Go code that uses them does
// not compile once the rules no longer have what it speaks of.
package gen

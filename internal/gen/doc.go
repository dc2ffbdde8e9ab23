// Package gen writes Go code for the vocabulary of a program: types for its facts and
// quantities, constants for its values, outcomes, policies and rules, a function that decides by
// each policy, and what the rules leave to the program around them. Go code that uses these does
// not compile once the rules no longer have what it speaks of. It writes a fuzz test of that code
// too, which compares it with the engine.
package gen

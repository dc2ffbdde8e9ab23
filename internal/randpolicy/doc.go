// Package randpolicy draws random rule files for tests, with every case that can be made
// of the facts that they read, so that what an engine says can be held to brute force.
//
//	prog := randpolicy.Draw(t, randpolicy.Options{Policies: 2})
//	for told := range prog.FullCases() {
//		facts := prog.Facts(told) // as JSON has them
//	}
//	told := prog.DrawTold(t)             // some facts told, others not
//	for full := range prog.Completions(told) { ... }
//
// The vocabulary is always the same, and has every type, optional and not, with and
// without a default. A program reads a few facts of it, the focus, with values that stand
// for all: those that conditions name, and others.
package randpolicy

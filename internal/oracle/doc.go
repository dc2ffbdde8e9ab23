// Package oracle decides cases of which every fact is told, by reading SPEC.md
// sentence by sentence over the syntax tree. It is what the tests hold the other
// engines to, so it shares nothing with them but the tree, the numbers and the
// functions of stdlib; it looks for no speed, and takes for granted that the text
// has been checked.
//
//	prog, err := oracle.New("export.ctl", text)
//	c, err := prog.Case(map[string]any{"item": map[string]any{"range": "300 km"}}, "2025-06-01")
//	a := prog.Decide("export", c)
//	fmt.Println(a.Status, a.Rules)
package oracle

// Package analysis answers questions about policies as a whole, for every
// possible case: what a change of policy changes, whether a claim holds, what is
// wrong in a rule file, what the tests leave untested.
//
//	root, err := os.OpenRoot("rules")
//	...
//	prog, err := interp.Load(context.Background(), root.FS(), "mtcr.ctl")
//	old, _ := prog.Policy("us1993")
//	now, _ := prog.Policy("us2025")
//	on, _ := interp.ParseDate("2025-01-03")
//	diff, err := analysis.Diff(context.Background(), interp.Dated{Policy: old, On: on}, interp.Dated{Policy: now, On: on}, analysis.DiffOptions{})
//	for _, c := range diff.Changes {
//		for _, g := range c.Groups {
//			fmt.Println(c.From, "->", c.To, c.Direction, "when", g.When)
//		}
//	}
//
// The answers are computed over decision diagrams and are exact; where a
// condition compares two facts or looks into a list, the diagrams take it for a
// question of its own, and an answer that hangs on one says so. Every case that
// is shown has been decided again by the reference interpreter before.
//
// A function that may take long stops when its context is done, with the context's
// error. Nothing here prints: results are data. A diagram that outgrows its budget ends
// in an error that errors.Is recognises as ErrTooLarge.
package analysis

// Package interp gives Ctl rules their meaning: it loads rule files, resolves and
// checks them, and decides cases.
//
//	prog, err := interp.Load(os.DirFS("rules"), "mtcr.ctl")
//	if err != nil {
//		return err // lang.Diagnostics: every problem, with its place
//	}
//	policy, err := prog.Policy("us2025")
//	c := prog.NewCase()
//	err = c.Tell("item.category = I", "recipient = IN", "recipient is strong_controls")
//	d, err := policy.Decide(c)
//	fmt.Println(d.Status, d.Outcome)
//
// A Program is immutable and safe to share between goroutines. A Case belongs to
// the goroutine that fills it and may be read by many once it is full.
//
// The evaluator in this package is a plain walk over the checked conditions with
// three truth values; it is the reference that every faster engine is held to.
package interp

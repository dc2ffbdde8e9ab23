// Package render shows diagnostics, decisions, explanations and test results:
// as text for a terminal and as JSON. It imports interp and lang, and decides
// nothing: it only puts into words and fields what those packages say.
//
//	d, err := policy.Explain(c)
//	if err != nil {
//		render.WriteDiagnostics(os.Stderr, render.Diagnostics(err), render.Style{})
//		return
//	}
//	render.WriteExplanation(os.Stdout, d, render.Style{})
//
// The text may change from version to version; the field names of the JSON do not.
package render

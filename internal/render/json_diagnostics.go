package render

import "github.com/ctl-lang/ctl/lang"

// Problems is a list of diagnostics for JSON.
type Problems struct {
	Diagnostics lang.Diagnostics `json:"diagnostics"`
	Errors      int              `json:"errors"`
	Warnings    int              `json:"warnings"`
}

// ProblemsJSON is diagnostics as JSON has them.
func ProblemsJSON(ds lang.Diagnostics) *Problems {
	out := &Problems{Diagnostics: lang.Diagnostics{}}
	out.Errors, out.Warnings = count(ds)
	out.Diagnostics = append(out.Diagnostics, ds...)
	return out
}

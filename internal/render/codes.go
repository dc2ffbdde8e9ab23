package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// WriteCode explains the code of a problem.
func WriteCode(w io.Writer, x code.Page, st Style) {
	fmt.Fprint(w, st.Wrap("", "", string(x.Code)+" occurs when "+x.Occurs+"."))
	if x.Text != "" {
		for _, paragraph := range strings.Split(x.Text, "\n\n") {
			fmt.Fprint(w, "\n"+st.Wrap("", "", paragraph))
		}
	}
	if x.Example == "" {
		return
	}
	fmt.Fprintf(w, "\n%s\n\n", st.paint(bold, "Example:"))
	WriteSource(w, x.Example, "    ")
}

// Code is the explanation of a code for JSON.
type Code struct {
	Code     code.Code `json:"code"`
	Name     string    `json:"name"`
	Severity string    `json:"severity"`
	Occurs   string    `json:"occurs"`
	Text     string    `json:"text"`
	Example  string    `json:"example"`
}

// CodeJSON is the explanation of a code as JSON has it.
func CodeJSON(x code.Page) Code {
	word, _ := severity(&lang.Diagnostic{Code: x.Code})
	return Code{x.Code, x.Name, word, x.Occurs, x.Text, x.Example}
}

// QuietJSON is the problems that comments keep quiet as JSON has them, each with its reason.
func QuietJSON(quiet []Suppressed) []Joined {
	out := []Joined{}
	for _, q := range quiet {
		because := struct {
			Because string `json:"because"`
		}{q.Because}
		out = append(out, Joined{q.Diagnostic, because})
	}
	return out
}

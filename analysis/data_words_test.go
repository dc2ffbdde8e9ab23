package analysis_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// Words of what changes name an identity alone only where no more is meant than that: of C the
// file says nothing, so that its size counts.
func TestWordsOfDataSayNoMore(t *testing.T) {
	files := fstest.MapFS{
		"sizes.csv": {Data: []byte("firm,size\nA,3\nB,1\nD,4\n")},
		"rules.ctl": {Data: []byte(`
outcomes o0 > o1
kind Firm = text
kind Firm { size: number = 1 from "sizes.csv" column "firm" value "size" }
role firm: Firm
group Listed of Firm: "A", "B", "C"
group Known of Firm: Listed, "D"
policy p1 { o0 when firm in Listed unless firm.size < 1
  o0 when firm not in Known
  otherwise o1 requiring "w" }
policy p2 { o1 any }
`)},
	}
	prog, err := interp.Load(t.Context(), files, "rules.ctl")
	if err != nil {
		t.Fatal(err)
	}
	on := prog.LatestDate()
	d, err := analysis.Diff(t.Context(), interp.Dated{Policy: policy(t, prog, "p1"), On: on}, interp.Dated{Policy: policy(t, prog, "p2"), On: on}, analysis.DiffOptions{})
	if err != nil {
		t.Fatal(err)
	}
	last := d.Changes[len(d.Changes)-1]
	if last.Direction != analysis.Obligations || len(last.Groups) != 1 || !strings.Contains(last.Groups[0].When, `firm = "C" and firm.size < 1`) {
		t.Errorf("%+v", last)
	}
}

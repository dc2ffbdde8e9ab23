package cli

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFlagsFirst(t *testing.T) {
	parser, err := (&App{}).parser(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ in, want string }{
		{"", ""},
		{"--help", "--help"},
		{"nonsense a --b", "nonsense a --b"},
		{"decide a b", "decide a b"},
		{"decide a -p us b", "decide -p us a b"},
		{"decide a --policy us b --json c", "decide --policy us --json a b c"},
		{"decide a --policy=us b", "decide --policy=us a b"},
		{"decide a -pus b", "decide -pus a b"},
		{"decide - --facts - b", "decide --facts - - b"},
		{"decide a -p", "decide -p a"},
		{"decide a --unknown b", "decide --unknown a b"},
		{"decide a -- -p us", "decide -- a -p us"},
		{"fmt a -wd b", "fmt -wd a b"},
		{"gen go a -o b --package c", "gen -o b --package c go a"},
		{"check a --json b", "check --json a b"},
	} {
		got := strings.Join(flagsFirst(parser.Model.Node, strings.Fields(row.in)), " ")
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%q: %s", row.in, diff)
		}
	}
}

// A fact that is not UTF-8 is refused as it came, not decided as another name.
func TestFactNotUTF8(t *testing.T) {
	var out, problems strings.Builder
	app := &App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Now: time.Now}
	status := app.Run([]string{"decide", "-p", "us2025", "item.form=\xffav"})
	if want := "ctl: the fact \"item.form=\\xffav\" is not UTF-8 text\n"; status != exitUsage || out.Len() > 0 || problems.String() != want {
		t.Errorf("status %d, %q, and %q", status, out.String(), problems.String())
	}
}

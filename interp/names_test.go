package interp_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// The names of files are those of the file system, which has no absolute ones.
func TestNamesOfFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "rules"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "rules", "x.ctl"), []byte("outcomes refuse > grant\npolicy p { otherwise grant }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	fsys := os.DirFS(dir)
	for _, name := range []string{"rules/x.ctl", "./rules/x.ctl", "rules//x.ctl", "rules/", "./rules"} {
		if _, err := interp.Load(context.Background(), fsys, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"/srv/rules/x.ctl", "../x.ctl", ""} {
		_, err := interp.Load(context.Background(), fsys, name)
		if err == nil || !strings.Contains(err.Error(), "cannot read `"+name+"`") || !strings.Contains(err.Error(), "relative to the folder") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A series is no policy until its date is said.
func TestPolicyOfSeries(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "test.ctl", `
outcomes refuse > grant
series exchange: year1, year2
policy year1 from 2020-01-01 until 2021-01-01 { otherwise grant }
policy year2 from 2021-01-01 { otherwise refuse }`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = prog.Policy("exchange")
	if err == nil || !strings.Contains(err.Error(), "`exchange` is a series") || !strings.Contains(err.Error(), "PolicyOn") {
		t.Error(err)
	}
}

package gen

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// mostBuilt is how many of the random vocabularies are built and run, which takes seconds.
var mostBuilt = flag.Int("built", 6, "how many random vocabularies are built and run")

// built are generated packages that are vetted, built and run together, in a module of their own.
type built struct {
	dir     string
	folders []string
}

// keep writes the files of a package.
func (b *built) keep(t interface{ Fatal(...any) }, folder string, files map[string]string) {
	err := os.Mkdir(folder, 0o777)
	for name, text := range files {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	b.folders = append(b.folders, folder)
}

// test gives the names of the packages that fail, and what the tools say of them all.
func (b *built) test(t *testing.T) (failed []string, said string) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":  "module built\n\ngo 1.25.0\n",
		"go.work": fmt.Sprintf("go 1.25.0\n\nuse (\n\t.\n\t%q\n)\n", root),
	} {
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, what := range []string{"vet", "test"} {
		cmd := exec.Command("go", what, "./...")
		cmd.Dir = b.dir
		cmd.Env = append(os.Environ(), "GOWORK="+filepath.Join(b.dir, "go.work"), "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			said += string(out)
		}
	}
	for _, folder := range b.folders {
		name := filepath.Base(folder)
		if regexp.MustCompile(`(?m)^(FAIL\t|# )built/` + name + `\b`).MatchString(said) {
			failed = append(failed, name)
		}
	}
	return failed, said
}

package cli

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

type versionCmd struct {
	fileArgs
	memberFlags
	jsonFlag
}

// Help is the long help text.
func (versionCmd) Help() string {
	return `With rule files their version is printed, by which records of decisions name them: a hash of all that they say, wherever they lie.

Examples:

    ctl version
    ctl version rules.ctl
    ctl version --json
`
}

// build says what this program was made of.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision"` // of the source, "" where it is not known
	Modified bool   `json:"modified"` // whether the source differed from the revision
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
	Rules    string `json:"rules"` // the version of the rules named, "" where none are
}

func thisBuild() build {
	b := build{Version: "(devel)", Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// Run prints the version.
func (cmd *versionCmd) Run(a *App, out io.Writer) error {
	b := thisBuild()
	if len(cmd.Files) > 0 {
		prog, err := a.load(cmd.Files, cmd.memberFlags)
		if err != nil {
			return err
		}
		b.Rules = prog.Version()
	}
	if cmd.JSON {
		return writeJSON(out, b)
	}
	fmt.Fprintf(out, "ctl %s, %s %s/%s\n", b.Version, b.Go, b.OS, b.Arch)
	if b.Revision != "" {
		changed := ""
		if b.Modified {
			changed = ", modified"
		}
		fmt.Fprintf(out, "revision %s%s\n", b.Revision, changed)
	}
	if b.Rules != "" {
		fmt.Fprintf(out, "rules %s\n", b.Rules)
	}
	return nil
}

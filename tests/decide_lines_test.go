package tests

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const lineRules = `outcomes deny > permit
kind Item { size: number  name: text }
role item: Item
policy p {
  large: deny any when item.size > 3
  otherwise permit
}
`

// asked is a `ctl decide --lines` that reads from a pipe.
type asked struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func askLines(t *testing.T) *asked {
	t.Helper()
	rules := filepath.Join(t.TempDir(), "rules.ctl")
	if err := os.WriteFile(rules, []byte(lineRules), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &asked{t: t, cmd: exec.Command("ctl", "decide", rules, "--lines", "-")}
	a.cmd.Stderr = os.Stderr
	var err error
	if a.in, err = a.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := a.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	a.out = bufio.NewReader(out)
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.cmd.Process.Kill() })
	return a
}

func (a *asked) send(text string) {
	a.t.Helper()
	if _, err := io.WriteString(a.in, text); err != nil {
		a.t.Fatal(err)
	}
}

// answer waits for an answer.
func (a *asked) answer() (line int, outcome, problem string) {
	a.t.Helper()
	stuck := time.AfterFunc(patience, func() { _ = a.cmd.Process.Kill() }) // which ends the output
	defer stuck.Stop()
	text, err := a.out.ReadString('\n')
	if err != nil {
		a.t.Fatalf("no answer: %v", err)
	}
	var got struct {
		Line           int
		Outcome, Error string
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		a.t.Fatalf("%s: %v", text, err)
	}
	return got.Line, got.Outcome, got.Error
}

func (a *asked) want(line int, outcome string) {
	a.t.Helper()
	if n, got, problem := a.answer(); n != line || got != outcome {
		a.t.Errorf("line %d: %s %s, want line %d: %s", n, got, problem, line, outcome)
	}
}

func (a *asked) close() {
	a.t.Helper()
	if err := a.in.Close(); err != nil {
		a.t.Fatal(err)
	}
}

// end is the exit status, behind the last answer.
func (a *asked) end() int {
	a.t.Helper()
	if rest, err := io.ReadAll(a.out); err != nil || len(rest) > 0 {
		a.t.Errorf("%v; left over: %s", err, rest)
	}
	_ = a.cmd.Wait()
	return a.cmd.ProcessState.ExitCode()
}

// Who sends a line and waits has its answer, also where the next has begun or several
// come at once.
func TestLinesAreAnsweredAsTheyCome(t *testing.T) {
	a := askLines(t)
	a.send(`{"item": {"size": 4}}` + "\n")
	a.want(1, "deny")
	a.send("\n" + `{"item": {"size": 2}}` + "\n" + `{"item": {"size": 5}}` + "\r\n" + `{"item": {"si`)
	a.want(3, "permit")
	a.want(4, "deny")
	a.send(`ze": 1}}` + "\n")
	a.want(5, "permit")
	const many = 3000 // more than are handed out at a time
	go func() {       // and more than a pipe holds, so that who does not read meanwhile waits
		for i := range many {
			fmt.Fprintf(a.in, `{"item": {"size": %d}}`+"\n", i%8)
		}
	}()
	for i := range many {
		a.want(6+i, []string{"permit", "deny"}[i%8/4])
	}
	a.send(`{"item": {"size": 9}}`) // without an end
	a.close()
	a.want(6+many, "deny")
	if status := a.end(); status != 0 {
		t.Errorf("status %d", status)
	}
}

// A line that is too long is not kept, and those around it are answered.
func TestLongLineIsNotKept(t *testing.T) {
	a := askLines(t)
	a.send(`{"item": {"size": 4}}` + "\n" + `{"item": {"name": "`)
	for range 1024 {
		a.send(strings.Repeat("x", 1<<20))
	}
	a.send(`"}}` + "\n" + `{"item": {"size": 2}}` + "\n")
	a.want(1, "deny")
	if n, _, problem := a.answer(); n != 2 || problem != "the line is longer than the facts of a case may be (16 MiB)" {
		t.Errorf("line %d: %q", n, problem)
	}
	a.want(3, "permit")
	a.close()
	if status := a.end(); status != 2 {
		t.Errorf("status %d", status)
	}
	if most := a.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss; most > 700<<10 {
		t.Errorf("a line of 1,024 MiB took %d MiB of memory", most>>10)
	}
}

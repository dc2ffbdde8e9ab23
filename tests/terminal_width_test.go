package tests

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
)

// onTerminal is what a terminal of some width shows of a command.
func onTerminal(t *testing.T, columns int, command string, args ...string) string {
	t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=1")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: uint16(columns)})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	shown, _ := io.ReadAll(tty) // which ends with an error when the other side is closed
	_ = cmd.Wait()              // with the status of an open case
	return strings.ReplaceAll(string(shown), "\r\n", "\n")
}

func widest(text string) int {
	most := 0
	for line := range strings.SplitSeq(text, "\n") {
		most = max(most, len([]rune(line)))
	}
	return most
}

// Answers fill the terminal that they go to, whatever its width.
func TestAnswersFollowTheTerminal(t *testing.T) {
	open := []string{"-p", "us2025", "--as-of", "2025-06-01", "item.category=I", "item.form=uav", "recipient=SG", "program.purpose=uav"}
	explain := append([]string{"explain"}, open...)
	for _, columns := range []int{40, 70, 160} {
		shown := onTerminal(t, columns, "ctl", explain...)
		if got := widest(shown); got > columns || got < columns-15 {
			t.Errorf("a terminal of %d columns is sent lines of %d:\n%s", columns, got, shown)
		}
	}
	piped, _ := exec.Command("ctl", explain...).Output()
	if d := cmp.Diff(string(piped), onTerminal(t, 0, "ctl", explain...)); d != "" {
		t.Errorf("a terminal that does not say its width is not sent what a pipe is:\n%s", d)
	}
	const full = "  presume_deny  strong presumption of denial, when recipient is not Partner\n"
	if !strings.Contains(string(piped), full) {
		t.Errorf("a pipe is not sent %q:\n%s", full, piped)
	}
}

// The questions of ask and what it says to them fit the terminal too.
func TestQuestionsFollowTheTerminal(t *testing.T) {
	shown := onTerminal(t, 40, "sh", "-c", `printf 'help\nwhy\nstop\n' | ctl ask -p us2025 item.category=I item.form=uav`)
	for _, want := range []string{"stop ends the questions", "Still possible: deny"} {
		if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(shown, "`", "")), " "), want) {
			t.Errorf("the terminal does not show %q:\n%s", want, shown)
		}
	}
	if got := widest(shown); got > 40 {
		t.Errorf("a terminal of 40 columns is sent lines of %d:\n%s", got, shown)
	}
}

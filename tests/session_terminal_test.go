package tests

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// person is somebody at a terminal in front of a session.
type person struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	home string
	left chan error

	mu   sync.Mutex
	seen bytes.Buffer // all that the terminal was sent
	mark int          // up to where the screen was looked at
}

// patience is how long an answer may take on a busy machine.
const patience = 20 * time.Second

// sit starts a session in front of a terminal of some size.
func sit(t *testing.T, columns int, args ...string) *person {
	return sitAt(t, t.TempDir(), columns, args...)
}

func sitAt(t *testing.T, home string, columns int, args ...string) *person {
	t.Helper()
	return sitIn(t, home, columns, nil, args...)
}

// sitIn is sitAt with an environment that takes the place of the usual one.
func sitIn(t *testing.T, home string, columns int, env []string, args ...string) *person {
	t.Helper()
	cmd := exec.Command("ctlrepl", append([]string{"--as-of", "2025-06-01"}, args...)...)
	cmd.Dir = home
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); name != "XDG_STATE_HOME" && name != "HOME" && name != "NO_COLOR" && name != "TERM" && name != "VISUAL" {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "HOME="+home, "XDG_STATE_HOME="+home, "TERM=xterm", "NO_COLOR=1", "VISUAL=sh "+filepath.Join(home, "editor.sh"))
	cmd.Env = append(cmd.Env, env...)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: uint16(columns)})
	if err != nil {
		t.Fatal(err)
	}
	p := &person{t: t, tty: tty, cmd: cmd, home: home, left: make(chan error, 1)}
	go p.watch()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-p.left
		_ = tty.Close()
	})
	return p
}

// start is a session that waits for its first input.
func start(t *testing.T, args ...string) *person {
	t.Helper()
	p := sit(t, 200, args...)
	p.see("> ") // a decision that takes long is shown as ...> first
	return p
}

func (p *person) watch() {
	buf := make([]byte, 4096)
	for {
		n, err := p.tty.Read(buf)
		p.mu.Lock()
		p.seen.Write(buf[:n])
		p.mu.Unlock()
		if err != nil {
			p.left <- p.cmd.Wait()
			return
		}
	}
}

// press sends keys.
func (p *person) press(keys ...string) {
	p.t.Helper()
	for _, k := range keys {
		if _, err := p.tty.WriteString(k); err != nil {
			p.t.Fatalf("cannot press %q: %v\n%s", k, err, p.screen())
		}
	}
}

// sequences are what a terminal obeys and does not show.
var sequences = regexp.MustCompile("\x1b\\[[0-9;?]*[A-Za-z]|\x1b[=>]|\a")

// screen is the text sent, without what only steers the terminal.
func (p *person) screen() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := sequences.ReplaceAllString(p.seen.String(), "")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(strings.ReplaceAll(text, " \b", ""), "\r", "\n")
}

// rest is what of the screen was not looked at yet.
func (p *person) rest() string {
	shown := p.screen()
	return shown[min(p.mark, len(shown)):]
}

// see waits until a text has come, and looks only behind it from then on.
func (p *person) see(text string) string {
	p.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		shown := p.rest()
		if i := strings.Index(shown, text); i >= 0 {
			p.mark += i + len(text)
			return shown[:i+len(text)]
		}
		if time.Now().After(end) {
			p.t.Fatalf("%q did not come; the terminal shows\n%s", text, shown)
		}
	}
}

// gone waits until the session has ended, and is how.
func (p *person) gone() error {
	p.t.Helper()
	select {
	case err := <-p.left:
		p.left <- err
		return err
	case <-time.After(patience):
		_ = p.cmd.Process.Signal(syscall.SIGQUIT) // which shows what it is doing
		time.Sleep(time.Second)
		p.t.Fatalf("the session does not end:\n%s", last(p.screen(), 20_000))
		return nil
	}
}

// alive makes sure that the session still answers.
func (p *person) alive() {
	p.t.Helper()
	p.press("\x07\x05\x15item.production_facility = yes\r")
	p.see("-> prohibit: absolute prohibition")
}

func last(text string, n int) string { return text[max(0, len(text)-n):] }

// The keys of a terminal.
const (
	up, down, left, right = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
	deleteKey             = "\x1b[3~"
	homeKey, endKey       = "\x1b[1~", "\x1b[4~"
	interrupt, endOfText  = "\x03", "\x04"
)

func TestSessionStarts(t *testing.T) {
	p := sit(t, 100)
	shown := p.see("> ")
	for _, want := range []string{"3 policies", "embedded mtcr.ctl", "as of 2025-06-01", "us2025: United States", "us2025: "} {
		if !strings.Contains(shown, want) {
			t.Errorf("the session does not greet with %q:\n%s", want, shown)
		}
	}
	p.press("quit\r")
	if err := p.gone(); err != nil {
		t.Error(err)
	}
}

func TestSessionCompletes(t *testing.T) {
	for _, tt := range []struct{ keys, want string }{
		{"deci\t", "decide "},
		{"item.ca\t", "item.category "},
		{"item.form = sp\t", "item.form = space_launch_vehicle "},
		{"recipient = Saudi\t", "recipient = Saudi Arabia "},
		{"recipient = saudi\t", "recipient = Saudi Arabia "},
		{"recipient is str\t", "recipient is strong_controls "},
		{"recipient is not sel\t", "recipient is not select_partner "},
		{"item.production_facility = y\t", "item.production_facility = yes "},
		{"show partner_l\t", "show partner_launch "},
		{"why not fac\t", "why not facilitate "},
		{"what if program is vet\t", "what if program is vetted "},
		{"use us19\t", "use us1993 "},
		{"as of 1987\t", "as of 1987-04-16 "},
		{"deny Cat\t", "deny Category"},
		{"deny CategoryI to nonM\t", "deny CategoryI to nonMember "},
		{"deny CategoryI unless program.pur\t", "deny CategoryI unless program.purpose "},
		{"repeal space_r\t", "repeal space_review "},
		{"item.range > 300 kilometr\t", "item.range > 300 kilometre"},
		{"help cond\t", "help conditions "},
		{"prove every\t", "prove every case is decided "},
	} {
		t.Run(tt.keys, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			p.press(tt.keys)
			p.see("> " + tt.want)
		})
	}
}

func TestSessionShowsWaysToGoOn(t *testing.T) {
	p := start(t)
	p.press("item.category = \t")
	shown := p.see("none  not in the Annex")
	if !strings.Contains(shown, "II    Category II") {
		t.Errorf("the values are not listed with their titles:\n%s", shown)
	}
	p.press("II\r")
	p.see("item.category = II (Category II)")
	p.press("why not \t")
	p.see("presume_deny")
	p.press(interrupt, "\t") // everything that an input can begin with
	p.see("more; type on")
	p.alive()
}

func TestSessionKeepsHistory(t *testing.T) {
	p := start(t)
	p.press("recipient = IN\r")
	p.see("recipient = IN (India)")
	p.press("item is SLV\r")
	p.see("item.form = space_launch_vehicle")
	p.press(up, up, "\r")
	p.see("nothing changes")
	p.press(endOfText)
	if err := p.gone(); err != nil {
		t.Error(err)
	}
	file := filepath.Join(p.home, "ctl", "history")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the history has the mode %o", info.Mode().Perm())
	}
	if text, _ := os.ReadFile(file); string(text) != "recipient = IN\nitem is SLV\nrecipient = IN\n" {
		t.Errorf("the history is %q", text)
	}

	q := sitAt(t, p.home, 200)
	q.see("> ")
	q.press("\x12", "SLV") // Ctrl-R
	q.see("item is SLV")
	q.press("\r")
	q.see("item.form = space_launch_vehicle")
}

func TestSessionHistoryCannotBeKept(t *testing.T) {
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "ctl"), nil, 0o600); err != nil { // where the folder would be
		t.Fatal(err)
	}
	p := sitAt(t, home, 100)
	p.see("> ")
	p.press("recipient = IN\r")
	p.see("recipient = IN (India)")
	p.press(up)
	p.see("> recipient = IN")
}

func TestSessionInterrupt(t *testing.T) {
	p := start(t)
	p.press("half a line", interrupt)
	p.see("> ")
	p.press("deny CategoryI to (\r")
	p.see("... ")
	p.press(interrupt)
	p.see("> ")
	p.press(interrupt)
	p.see("Ctrl-C again leaves")
	p.press("facts\r") // not a second one in a row
	p.see("nothing is known of the case yet")
	p.press(interrupt)
	p.see("Ctrl-C again leaves")
	p.press(interrupt)
	if err := p.gone(); err != nil {
		t.Error(err)
	}
}

func TestSessionGoesOnOverLines(t *testing.T) {
	p := start(t)
	p.press("deny CategoryI to\r")
	p.see("a backslash at the end of a line says that the next line goes on with it")
	p.see("> ")
	p.press("deny CategoryI to \\\r")
	p.see("... ")
	p.press("nonMember unless (SLV and\r")
	p.see("... ")
	p.press("vetted)\r")
	p.see("taken into the policy us2025_draft")
	p.see("us2025_draft: ")
	p.press("item.range = 300 km \\\r")
	p.see("... ")
	p.press(", item is UAV\r")
	p.see("item.form = uav")
}

// leave ends the session, whatever state it is in: a key may have stopped the output,
// and what is typed while it answers may be lost.
func (p *person) leave() {
	p.t.Helper()
	for range 100 {
		_, _ = p.tty.WriteString("\x11\x07\x15" + interrupt)
		time.Sleep(50 * time.Millisecond)
		_, _ = p.tty.WriteString("\x11quit\r")
		select {
		case err := <-p.left:
			p.left <- err
			return
		case <-time.After(150 * time.Millisecond):
		}
	}
}

// A paste is what a terminal that was asked to sends: bracketed.
func paste(text string) string { return "\x1b[200~" + text + "\x1b[201~" }

func TestSessionTakesPastesWhole(t *testing.T) {
	t.Run("into the line", func(t *testing.T) {
		p := start(t)
		p.press("recipient = ", paste("Saudi\tArabia"), left, right, "\r")
		p.see("recipient = SA (Saudi Arabia)")
	})
	t.Run("a rule over lines", func(t *testing.T) {
		p := start(t)
		p.press(paste("deny CategoryI to nonMember\r\n\tunless SLV and vetted\r\n\tbecause \"so it is\"\r\n"))
		p.see("us2025_draft/1")
		p.press("show us2025_draft/1\r")
		p.see("because \"so it is\"")
	})
	t.Run("facts, the last one unfinished", func(t *testing.T) {
		p := start(t)
		p.press(paste("item is SLV\nitem is CategoryI\nrecipient = I"))
		p.see("... recipient = I")
		p.press("N\r")
		shown := p.see("recipient = IN (India)")
		if !strings.Contains(shown, "item.form = space_launch_vehicle") {
			t.Errorf("a fact of the paste is missing:\n%s", shown)
		}
	})
	t.Run("into the middle of a line", func(t *testing.T) {
		p := start(t)
		p.press("item is , recipient = IN", strings.Repeat(left, len(", recipient = IN")), paste("SLV\nitem is CategoryI"))
		p.see("... item is CategoryI")
		p.press("\r")
		p.see("item.category = I")
	})
	t.Run("dropped by Ctrl-C", func(t *testing.T) {
		p := start(t)
		p.press(paste("item is SLV\nitem is Cate"))
		p.see("... item is Cate")
		p.press(interrupt)
		p.see("7 facts missing> ")
	})
	t.Run("whose end was lost, dropped by Ctrl-C", func(t *testing.T) {
		p := start(t)
		p.press("\x1b[200~item is SLV\n")
		time.Sleep(100 * time.Millisecond) // so that the key is no part of the block
		p.press(interrupt)
		p.see("7 facts missing> ")
		p.alive()
	})
	t.Run("too long for the editor", func(t *testing.T) {
		p := start(t)
		var b strings.Builder
		b.WriteString("term Long of Item: ")
		for b.Len() < 20_000 {
			b.WriteString("category = I or ")
		}
		began := time.Now()
		p.press(paste(b.String() + "category = II\n"))
		p.see("declared: term Long")
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("20,000 characters took %s", took)
		}
	})
	t.Run("many lines", func(t *testing.T) {
		p := start(t)
		p.press(paste(strings.Repeat("item is SLV\n", 200) + "item is UAV\n"))
		p.see("further lines")
		p.see("item.form = uav, was space_launch_vehicle")
	})
	t.Run("text that steers a terminal", func(t *testing.T) {
		p := start(t)
		p.press(paste("recipient = \x1b[31mIN\x03\x00"))
		p.see("recipient = [31mIN")
		p.alive()
	})
}

// TestSessionEditorFaults presses what the editor beneath goes wrong on.
func TestSessionEditorFaults(t *testing.T) {
	for _, tt := range []struct{ name, keys string }{
		{"search in an empty history, dropped", "\x12" + interrupt},
		{"forward search in an empty history, dropped", "\x13" + interrupt},
		{"swap behind one character", "x\x14"},
		{"swap on an empty line", "\x14"},
		{"delete on an empty line", deleteKey},
		{"delete at the end", "abc" + deleteKey},
		{"Ctrl-Space", "\x00"},
		{"stop", "\x1a"},
		{"keys without a meaning", "\x0f\x11\x16\x18\x1c\x1d\x1e\x1f\x1b\x14\x1bx"},
		{"function keys", "\x1bOP\x1b[15~\x1b[24~\x1b[1;5P"},
		{"page keys", "\x1b[5~\x1b[6~\x1b[2~"},
		{"half a sequence", "\x1b[1;"},
		{"half a character", "\xe2\x82"},
		{"no text", "\xff\xfe\x80"},
		{"up and down without a history", up + down + up},
		{"clear the screen", "abc\x0c"},
		{"yank with nothing", "\x19"},
		{"tab on nothing", "\t\t"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			p.press(tt.keys)
			p.alive()
		})
	}
}

func TestSessionKeys(t *testing.T) {
	for _, tt := range []struct{ name, keys, want string }{
		{"home", "cipient = IN" + homeKey + "re", "recipient = IN"},
		{"home of another terminal", "cipient = IN\x1b[7~re", "recipient = IN"},
		{"home as a cursor key", "cipient = IN\x1bOHre", "recipient = IN"},
		{"end", "recipient = I" + homeKey + endKey + "N", "recipient = IN"},
		{"delete", "xrecipient = IN" + homeKey + deleteKey, "recipient = IN"},
		{"back by a word", "recipient = IN\x1b[1;5D\x1b[1;5Dx\x7f" + endKey, "recipient = IN"},
		{"swap", "recipient = NI\x14", "recipient = IN"},
		{"kill and yank", "INrecipient = " + homeKey + right + right + "\x15" + endKey + "\x19", "recipient = IN"},
		{"enter of the number block", "recipient = IN\x1bOM", "recipient = IN"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			p.press(tt.keys, "\r")
			p.see(tt.want + " (India)")
		})
	}
}

// TestSessionRandomKeys presses keys at random. The session may do anything but crash,
// hang, or end for another reason than being told to.
func TestSessionRandomKeys(t *testing.T) {
	pieces := []string{
		"\x12", "\x13", "\x14", "\x01", "\x05", "\x02", "\x06", "\x08", "\x0b", "\x15", "\x17", "\x19", "\x07", "\x10", "\x0e", "\t", "\t\t", "\x7f",
		up, down, left, right, deleteKey, homeKey, endKey, "\x1bb", "\x1bf", "\x1bd", "\x1b\x7f", "\x00", "\x0c", "\x1b", "\xc3", "é", "日本", "😀",
		"a", "item", ".", " ", "=", "300", "is", "\r", "\r\r", paste("x"), paste("item is SLV\nfacts"), paste("a\n"), "why ", "(", "\"", "recipient = ", "S",
	}
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			p := sit(t, []int{200, 40, 12, 3}[seed])
			p.see("> ")
			for range 600 {
				p.press(pieces[r.IntN(len(pieces))])
				if r.IntN(20) == 0 {
					time.Sleep(time.Millisecond)
				}
			}
			p.leave()
			if err := p.gone(); err != nil {
				t.Errorf("the session ended with %v:\n%s", err, last(p.screen(), 3000))
			}
		})
	}
}

func TestSessionNarrowAndResized(t *testing.T) {
	p := sit(t, 30)
	p.see("> ")
	p.press("item is CategoryI, recipient = FR\r")
	shown := p.see("possible:")
	p.press("possible\r")
	shown += p.see("Still possible:")
	shown += p.see("> ")
	for _, line := range strings.Split(shown, "\n") {
		if !strings.Contains(line, "missing>") && len([]rune(line)) > 30 { // prompt and input are the editor's
			t.Errorf("too wide for the terminal: %q", line)
		}
	}
	if err := pty.Setsize(p.tty, &pty.Winsize{Rows: 40, Cols: 120}); err != nil {
		t.Fatal(err)
	}
	p.press("needs\r")
	p.see("recipient.select_partner   is the recipient one of the certain partners")
	if err := pty.Setsize(p.tty, &pty.Winsize{}); err != nil { // a terminal that says it has no width
		t.Fatal(err)
	}
	p.press("recipient = IN", left, left, "\r")
	p.see("recipient = IN (India)")
}

func TestSessionStopsAnAnalysis(t *testing.T) {
	p := start(t)
	p.press("replay slow.txt\r")
	p.see("cannot read slow.txt")
	if err := os.WriteFile(filepath.Join(p.home, "slow.txt"), []byte(strings.Repeat("prove\ndiff us1993\n", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	p.press("replay slow.txt\r")
	time.Sleep(300 * time.Millisecond)
	began := time.Now()
	p.press(interrupt)
	p.see("stopped; the session is as it was")
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("Ctrl-C took %s", took)
	}
	p.press("recipient = IN\r")
	p.see("recipient = IN (India)")
}

func TestSessionEditsAndReloads(t *testing.T) {
	home := t.TempDir()
	rules, err := os.ReadFile("../rules/mtcr.ctl")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "own.ctl")
	editor := "sed -i 's/^\\( *mine:\\) deny/\\1 review/; s/of refusal/of denial/' \"$1\"\n"
	for name, text := range map[string]string{file: string(rules), filepath.Join(home, "editor.sh"): editor} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := sitAt(t, home, 200, "own.ctl")
	p.see("> ")
	p.press("mine: deny CategoryI to nonMember\r")
	p.see("us2025_draft: ")
	p.press("edit\r")
	p.see("declared: 1 declaration")
	p.press("show mine\r")
	p.see("mine: review CategoryI to nonMember")

	changed := strings.Replace(string(rules), "policy of denial", "policy of refusal", 1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	p.press("facts\r")
	p.see("own.ctl changed on disk; `reload`")
	p.press("reload\r")
	p.see("loaded: 4 policies")
	p.press("undo\r")
	p.see("undone: reload")
	p.press("edit own.ctl\r")
	p.see("loaded: 4 policies")
}

func TestSessionQuestions(t *testing.T) {
	p := start(t)
	p.press("ask\r")
	p.see("? ")
	p.press("nonsense\r")
	p.see("error")
	p.press(interrupt)
	p.see("us2025: 7 facts missing> ")
	p.press("ask\r")
	p.see("program.purpose? ")
	p.press("space\t\r")
	p.see("item.category? ")
	p.press("back\r")
	p.see("program.purpose? ")
	p.press("stop\r")
	p.see("us2025: 7 facts missing> ")
}

func TestSessionIsToldToEnd(t *testing.T) {
	p := start(t)
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil { // from elsewhere, at the prompt: nothing to stop
		t.Fatal(err)
	}
	p.alive()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	var ee *exec.ExitError
	if err := p.gone(); !errors.As(err, &ee) || ee.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the session ended with %v", err)
	}
}

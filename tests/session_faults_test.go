package tests

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const firmRules = `outcomes deny > permit
kind Firm = text { audited: bool }
role by firm: Firm
group Debarred of Firm: "Acme Ltd.", "Foo & Co.", "C++"
policy p { debarred: deny by Debarred
 otherwise permit }
test "t" { given firm = "Bar" expect permit }
`

const clinicRules = `outcomes deny > permit
kind Patient = text sensitive { born: date sensitive  ward: text  vip: bool }
role with patient: Patient
policy p { deny with any when patient.vip
 otherwise permit }
`

// withRules is a folder with a rule file.
func withRules(t *testing.T, text string) string {
	t.Helper()
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "rules.ctl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

// TestSessionFactsEndWithTheirLine types and pastes texts that end as what goes on does.
func TestSessionFactsEndWithTheirLine(t *testing.T) {
	for _, tt := range []struct{ name, keys string }{
		{"typed", "firm = Acme Ltd.\rfirm.audited = yes\r"},
		{"pasted", paste("firm = Acme Ltd.\nfirm.audited = yes\n")},
		{"pasted with an indentation", paste("  firm = C++\n  firm.audited = yes\n")},
		{"pasted without brackets", "firm = Foo & Co.\r\tfirm.audited = yes\r"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := sitAt(t, withRules(t, firmRules), 100, "rules.ctl")
			p.see("> ")
			p.press(tt.keys)
			p.see("-> deny")
			p.see("firm.audited = yes\n")
		})
	}
	p := sitAt(t, withRules(t, firmRules), 100, "rules.ctl")
	p.see("> ")
	p.press("mine: permit by any when firm.audited\r")
	p.see("taken into the policy p_draft")
}

func TestSessionSaysWhatIsOpen(t *testing.T) {
	p := start(t)
	p.press("deny CategoryI to (\r")
	p.see("(goes on: `)` is missing; Ctrl-C drops it)")
	p.see("... ")
	p.press("nonMember and\r")
	p.see("... ")
	p.press(interrupt, "facts\r")
	p.see("nothing is known")
	p.press("recipient = \"India\r")
	p.see("(goes on: a text has no closing quotes; Ctrl-C drops it)")
}

func TestSessionKeepsWhatWasDeclared(t *testing.T) {
	home := t.TempDir()
	p := sitAt(t, home, 200)
	p.see("> ")
	p.press("mine: deny CategoryI to nonMember\r")
	p.see("us2025_draft: ")
	p.press("quit\r")
	p.see("What was declared and not saved is kept: `load ~/ctl/unsaved.ctl` takes it up again.")
	if err := p.gone(); err != nil {
		t.Error(err)
	}
	q := sitAt(t, home, 200)
	told := q.see("takes it up again")
	file := told[strings.LastIndex(told, "`load ")+len("`load ") : strings.LastIndex(told, "`")]
	q.see("> ")
	q.press("load " + file + "\r")
	q.see("declared: 1 declaration")
	q.see("us2025_draft: ")
	q.press("save own.ctl\r")
	q.see("wrote 1 declaration")
	q.press(endOfText)
	if err := q.gone(); err != nil {
		t.Error(err)
	}
	if strings.Contains(q.rest(), "kept") {
		t.Errorf("what was saved is kept besides:\n%s", q.rest())
	}
	r := sitAt(t, home, 200)
	if shown := r.see("> "); strings.Contains(shown, "takes it up again") {
		t.Errorf("it is told twice:\n%s", shown)
	}
}

// TestSessionIsEndedBySignals leaves the terminal, the history and what was declared whole.
func TestSessionIsEndedBySignals(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGHUP, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			home := t.TempDir()
			p := sitAt(t, home, 200)
			p.see("> ")
			p.press("mine: deny CategoryI to nonMember\r")
			p.see("us2025_draft: ")
			if err := p.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			var ee *exec.ExitError
			if err := p.gone(); !errors.As(err, &ee) || ee.ExitCode() != 128+int(sig) {
				t.Errorf("ended with %v", err)
			}
			if strings.Contains(p.screen(), "goroutine") {
				t.Error("it shows what it was doing")
			}
			p.mu.Lock()
			raw := p.seen.String()
			p.mu.Unlock()
			if strings.LastIndex(raw, "\x1b[?2004l") < strings.LastIndex(raw, "\x1b[?2004h") {
				t.Error("the terminal still brackets pastes")
			}
			for name, want := range map[string]string{"history": "mine: deny CategoryI to nonMember\n", "unsaved.ctl": "mine: deny CategoryI to nonMember"} {
				file := filepath.Join(home, "ctl", name)
				text, err := os.ReadFile(file)
				if err != nil || !strings.Contains(string(text), want) {
					t.Errorf("%s holds %q, %v", name, text, err)
				}
				if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("%s can be read by others", name)
				}
			}
		})
	}
}

func TestSessionLeavesQuestionsByCtrlD(t *testing.T) {
	p := start(t)
	p.press("ask\r")
	p.see("? ")
	p.press("recipient is Germany\r")
	p.see("? ")
	p.press("?\r")
	p.see("program.purpose: military_missile | ")
	p.see("? ")
	p.press(endOfText)
	p.see("recipient = DE (Germany)")
	p.see("us2025: ")
	p.press("facts\r")
	p.see("recipient = DE (Germany)")
	p.see("us2025: ")
	p.press(endOfText)
	if err := p.gone(); err != nil {
		t.Error(err)
	}
}

func TestSessionHistoryHoldsNoSecrets(t *testing.T) {
	home := withRules(t, clinicRules)
	p := sitAt(t, home, 200, "rules.ctl")
	p.see("> ")
	for _, tt := range []struct{ keys, want string }{
		{"patient = Jane\r", `patient = "Jane"`},
		{"patient.born = 1.2.1999\r", "error"},
		{"patient.ward = north\r", "patient.ward"},
		{" patient.ward = hidden\r", "patient.ward"},
		{"history off\r", "not kept"},
		{"patient.ward = unseen\r", "patient.ward"},
		{"history on\r", "are kept"},
		{"facts\r", "patient.ward"},
		{"history\r", "1     patient.ward = north"},
	} {
		p.press(tt.keys)
		p.see(tt.want)
		p.see("> ")
	}
	text, err := os.ReadFile(filepath.Join(home, "ctl", "history"))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Jane", "1999", "hidden", "unseen"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the history holds %s:\n%s", secret, text)
		}
	}
	if !strings.Contains(string(text), "north") || !strings.Contains(string(text), "facts") {
		t.Errorf("the history lacks what it may hold:\n%s", text)
	}
}

// TestSessionDoesNotDropSensitiveTestsSilently has a test that is in no file and is not to be kept.
func TestSessionDoesNotDropSensitiveTestsSilently(t *testing.T) {
	home := withRules(t, clinicRules)
	p := sitAt(t, home, 200, "rules.ctl")
	p.see("> ")
	p.press("test \"typed\" { given patient = \"Jane\", patient.vip expect deny }\r")
	p.see("passed: typed")
	p.see("> ")
	p.press("quit\r")
	p.see("`save FILE unmasked` writes them, and `quit` leaves without")
	p.see("> ")
	p.press("quit\r")
	if err := p.gone(); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"history", "unsaved.ctl"} {
		if text, _ := os.ReadFile(filepath.Join(home, "ctl", name)); strings.Contains(string(text), "Jane") {
			t.Errorf("%s holds the name:\n%s", name, text)
		}
	}
}

func TestSessionHistoryKeys(t *testing.T) {
	p := start(t)
	p.press("item is SLV\r")
	p.see("item.form = space_launch_vehicle")
	p.press(paste("mine: deny CategoryI # why\n  to nonMember\n"))
	p.see("taken into")
	p.press("recipient = IN\r")
	p.see("recipient = IN (India)")
	p.see("> ")

	p.press("item", up)
	p.see("item is SLV")
	p.press("\r")
	p.see("nothing changes")
	p.see("> ")
	p.press("mine", up)
	p.see("mine: deny CategoryI # why⏎  to nonMember")
	p.press("\r")
	p.see("taken into us2025_draft")
	p.see("> ")
	p.press("rec", up, down, "ipient = FR\r") // down comes back to what was begun
	p.see("recipient = FR (France), was IN")
	p.see("> ")
	p.press("show item.form and more", "\x17\x17", "\x1f", "\x1f", "\r") // two words killed, and taken back
	p.see("there is no rule, term, group, kind, policy or fact `item.form and more`")
	p.see("> ")
	p.press("show item.range\r")
	p.see("item.range: length")
	p.see("> ")
	p.press("forget \x1b.\r")
	p.see("item.range was not known")
}

func TestSessionOffersAYes(t *testing.T) {
	p := start(t)
	p.press("recipient = Indai\r")
	p.see("`yes` takes this: recipient = IN")
	p.press("yes\r")
	p.see("recipient = IN (India)")
	p.press("as of 03/04/2020\r")
	p.see("`1` takes this: as of 2020-03-04")
	p.see("`2` takes this: as of 2020-04-03")
	p.press("2\r")
	p.see("as of 2020-04-03")
}

// TestSessionShowsAScreenAtATime has an answer that is longer than the screen.
func TestSessionShowsAScreenAtATime(t *testing.T) {
	p := start(t)
	p.press("help\r")
	p.see("further lines: `more` shows them")
	if shown := p.rest(); strings.Contains(shown, "help keys") {
		t.Errorf("the end is shown at once:\n%s", shown)
	}
	p.press("more\r")
	p.see("help keys")
	p.press("more\r")
	p.see("the last answer was shown whole")
}

// TestSessionAtAPlainTerminal reads lines as a terminal edits them that can do nothing else.
func TestSessionAtAPlainTerminal(t *testing.T) {
	for name, run := range map[string]func() *person{
		"dumb":  func() *person { return sitIn(t, t.TempDir(), 100, []string{"TERM=dumb"}) },
		"none":  func() *person { return sitIn(t, t.TempDir(), 100, []string{"TERM="}) },
		"asked": func() *person { return sitAt(t, t.TempDir(), 100, "--plain") },
	} {
		t.Run(name, func(t *testing.T) {
			p := run()
			p.see("> ")
			p.press("mine: deny CategoryI to nonMember\n") // answered without a further line
			p.see("taken into the policy us2025_draft")
			p.see("> ")
			p.press("recipient = Acme &\n")
			p.see("there is no Country")
			p.see("> ")
			p.press("half a line")
			time.Sleep(100 * time.Millisecond)
			p.press(interrupt)
			p.see("Ctrl-C again leaves")
			p.see("> ")
			p.press("recipient = IN\n")
			p.see("recipient = IN (India)")
			p.see("> ")
			p.press("ask\n")
			p.see("? ")
			p.press(endOfText)
			p.see("us2025_draft: ")
			p.press(endOfText)
			p.see("takes it up again")
			if err := p.gone(); err != nil {
				t.Error(err)
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			if strings.Contains(p.seen.String(), "\x1b") {
				t.Errorf("the terminal is steered: %q", p.seen.String())
			}
		})
	}
}

package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/chzyer/readline"

	"github.com/ctl-lang/ctl/internal/interview"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/session"
)

// isTerminal says whether a file is a terminal.
func isTerminal(f *os.File) bool { return readline.IsTerminal(int(f.Fd())) }

// Width is how many columns the terminal has that a file is; 0 where it is none, or one
// that does not say.
func Width(f *os.File) int {
	w, _, err := readline.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return max(w, 0)
}

// Terminals bracket pastes when they are asked to.
const (
	bracketsOn  = "\x1b[?2004h"
	bracketsOff = "\x1b[?2004l"
)

// terminal is what a person types at, in front of a session.
type terminal struct {
	s    *session.Session
	cfg  Config
	in   *os.File
	out  *os.File
	hist *history
	stop chan os.Signal // Ctrl-C while no line is read

	plain *plainLines // in the place of the editor; nil where there is one
	keys  *keys
	rl    *readline.Instance

	mu      sync.Mutex
	line    []rune // as it was after the last key, with the cursor
	pos     int
	pending rune // the key that is being carried out here and not by the editor
	pasted  bool // the line ended because a block was pasted
	walk    walk // through the history
	undo    []edit
	typing  bool    // the last change was a letter
	keep    unsaved // what was declared and is in no file, for whoever ends the session from outside
	told    int     // how many tests will not be kept, as was said

	rest string // of the last answer, which did not fit on the screen
}

func newTerminal(cfg Config, in, out *os.File) *terminal {
	return &terminal{cfg: cfg, in: in, out: out, keys: &keys{in: in}, hist: openHistory(cfg.Getenv), stop: make(chan os.Signal, 1)}
}

// converse runs a session with a person, and is the exit status.
func (t *terminal) converse(s *session.Session) int {
	defer t.guard()
	t.s = s
	signal.Notify(t.stop, os.Interrupt) // for good: Ctrl-C behind `quit` must not make it a failure
	if t.cfg.plain() {
		t.plain = newPlainLines(t)
	} else if err := t.startEditor(); err != nil {
		fmt.Fprintf(t.cfg.Stderr, "cannot use the terminal: %s\n", err)
		return exitUsage
	}
	defer t.restore()
	defer t.onSignals()()
	fmt.Fprint(t.out, render.Narrow(s.Greeting(t.cfg.Title)+", Ctrl-D leaves.\n"+t.keptBefore(), t.width()))
	t.loop()
	t.say(t.keepUnsaved())
	return exitOK
}

func (t *terminal) startEditor() error {
	rl, err := readline.NewEx(&readline.Config{
		Stdin: t.keys, Stdout: t.out, Stderr: t.out, FuncGetWidth: t.width,
		HistoryLimit: mostHistory, DisableAutoSaveHistory: true, HistorySearchFold: true,
		InterruptPrompt: "^C", EOFPrompt: "\n",
		AutoComplete: noCompleter{}, FuncFilterInputRune: t.filter, Listener: t,
	})
	if err == nil {
		t.rl = rl
		t.remember()
	}
	return err
}

// restore leaves the terminal as it was found.
func (t *terminal) restore() {
	if t.rl == nil {
		return
	}
	io.WriteString(t.out, bracketsOff)
	_ = t.rl.Terminal.ExitRawMode()
}

// width is that of the terminal, never 0: the editor would not end its reckoning.
func (t *terminal) width() int {
	if w := Width(t.out); w > 0 {
		return w
	}
	return 80
}

// onSignals leaves all in order when the process is told to end. The function returned
// ends that.
func (t *terminal) onSignals() func() {
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	go func() {
		sig, ok := <-ch
		if !ok {
			return
		}
		t.restore()
		t.say(t.keepUnsaved())
		os.Exit(128 + int(sig.(syscall.Signal)))
	}()
	return func() { signal.Stop(ch); close(ch) }
}

// guard leaves the terminal in order where this program fails.
func (t *terminal) guard() {
	if p := recover(); p != nil {
		t.restore()
		t.say(t.keepUnsaved())
		panic(p)
	}
}

// remember gives the editor the history.
func (t *terminal) remember() {
	if t.rl == nil {
		return
	}
	t.rl.ResetHistory()
	for _, l := range t.hist.lines {
		_ = t.rl.SaveHistory(l)
	}
}

// loop reads inputs and answers them.
func (t *terminal) loop() {
	interrupted := false // by the last key: a second time leaves
	open := ""           // an input that goes on
	told := false        // why it does
	gone := false        // the questions were left by Ctrl-D
	rest := ""           // the end of a paste, which can still be edited
	for {
		if open == "" {
			t.say(t.s.Changed())
			told = false
		}
		line, err := t.read(t.s.Prompt(open != "", t.width()), rest)
		rest = ""
		switch {
		case errors.Is(err, readline.ErrInterrupt):
			if open == "" && strings.TrimSpace(line) == "" {
				if _, asking := t.s.Asking(); asking {
					t.show(t.s.StopAsking())
					continue
				}
				if interrupted && t.mayLeave() {
					return
				}
				t.say("Ctrl-C again leaves, and so do `quit` and Ctrl-D.\n")
				interrupted = true
				continue
			}
			open = ""
			continue
		case err != nil:
			if open != "" {
				open = ""
				continue
			}
			if _, asking := t.s.Asking(); asking && errors.Is(err, io.EOF) && !gone {
				t.show(t.s.StopAsking())
				gone = true // at the end of all input there is no other key
				continue
			}
			if !t.mayLeave() {
				continue
			}
			return
		}
		gone = false
		interrupted = false
		line = strings.ReplaceAll(line, lineBreak, "\n")
		if text, ok := t.takePaste(line); ok {
			open, rest = t.afterPaste(open, text)
			if rest != "" || open == "" || t.goesOn(open, &told) {
				continue
			}
		} else {
			open = withLine(open, line)
			if t.goesOn(open, &told) {
				continue
			}
		}
		input := open
		open = ""
		if t.carryOut(input) && t.mayLeave() {
			return
		}
	}
}

// goesOn says whether a further line of an input is asked for, and tells why the first time.
func (t *terminal) goesOn(open string, told *bool) bool {
	why := t.s.Open(open)
	if why != "" && !*told {
		t.say("(goes on: " + why + "; Ctrl-C drops it)\n")
		*told = true
	}
	return why != ""
}

// read reads a line.
func (t *terminal) read(prompt, begun string) (string, error) {
	if t.plain != nil {
		return t.plain.read(prompt)
	}
	t.mu.Lock()
	t.line, t.pos, t.walk, t.undo, t.typing = []rune(begun), len([]rune(begun)), walk{}, nil, false
	t.mu.Unlock()
	io.WriteString(t.out, bracketsOn)
	defer io.WriteString(t.out, bracketsOff)
	t.rl.SetPrompt(prompt)
	if begun != "" {
		return t.rl.ReadlineWithDefault(begun)
	}
	return t.rl.Readline()
}

// takePaste is the line with the block that was pasted into it, if one was.
func (t *terminal) takePaste(line string) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.pasted {
		return line, false
	}
	t.pasted = false
	r := []rune(line)
	at := min(t.pos, len(r))
	return string(r[:at]) + t.keys.pasted() + string(r[at:]), true
}

// afterPaste adds a pasted block to an open input. What follows its last line end can
// still be edited, unless it is too long for that.
func (t *terminal) afterPaste(open, text string) (input, rest string) {
	lines := strings.Split(text, "\n")
	rest = lines[len(lines)-1]
	if len([]rune(rest)) > longestTyped {
		lines, rest = append(lines, ""), ""
	}
	block := strings.Join(lines[:len(lines)-1], "\n")
	t.echo(lines[:len(lines)-1])
	return strings.Trim(withLine(open, block), "\n"), rest
}

// mostEchoed is how many lines of a paste are shown.
const mostEchoed = 12

// echo shows what was pasted.
func (t *terminal) echo(lines []string) {
	for i, l := range lines {
		if i == mostEchoed {
			more := "further lines"
			if i == len(lines)-1 {
				more = "further line"
			}
			t.say(fmt.Sprintf("| ... %d %s\n", len(lines)-i, more))
			return
		}
		r := []rune(l)
		if most := max(t.width()-6, 10); len(r) > most {
			l = string(r[:most]) + "..."
		}
		t.say("| " + l + "\n")
	}
}

// carryOut answers an input; Ctrl-C gives it up. It is true where the user leaves.
func (t *terminal) carryOut(input string) bool {
	if t.rest != "" && t.showMore(input) {
		return false
	}
	_, asking := t.s.Asking()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	select {
	case <-t.stop: // of before
	default:
	}
	go func() {
		select {
		case <-t.stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	t.s.SetWidth(t.width())
	r := t.s.Eval(ctx, input)
	if !asking && strings.TrimSpace(input) != "" && !r.Private {
		t.hist.add(input)
		t.remember()
	}
	t.mu.Lock()
	t.keep.text, t.keep.left = t.s.Unsaved()
	t.mu.Unlock()
	t.rest = ""
	if strings.Contains(input, "\n") || r.Failed || strings.HasPrefix(input, "replay") {
		t.show(r) // whose end matters
	} else {
		t.showPage(r)
	}
	if !t.cfg.JSON {
		t.say(interview.HowToTake(r.Offers))
	}
	return r.Quit
}

func (t *terminal) show(r session.Result) {
	if t.cfg.JSON {
		_ = t.cfg.put(t.out, r)
		return
	}
	t.say(r.Text)
}

func (t *terminal) say(text string) {
	if text != "" {
		io.WriteString(t.out, text)
	}
}

// runEditor lets the user edit a file with the editor of the environment.
func runEditor(cfg Config, in, out *os.File, file string) error {
	editor := cfg.Getenv("VISUAL")
	if editor == "" {
		editor = cfg.Getenv("EDITOR")
	}
	if editor == "" {
		editor = "vi"
	}
	words := strings.Fields(editor)
	cmd := exec.Command(words[0], append(words[1:], file)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the editor %s: %w (VISUAL or EDITOR names another)", words[0], err)
	}
	return nil
}

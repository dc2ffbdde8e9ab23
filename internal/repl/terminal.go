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

	"github.com/ctl-lang/ctl/internal/render"
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

// terminal is the editor in front of a session.
type terminal struct {
	s    *Session
	cfg  Config
	in   *os.File
	out  *os.File
	keys *keys
	rl   *readline.Instance
	hist *history
	stop chan os.Signal // Ctrl-C while no line is read

	mu      sync.Mutex
	line    []rune // as it was after the last key, with the cursor
	pos     int
	pending rune // the key that is being carried out here and not by the editor
	pasted  bool // the line ended because a block was pasted
}

// converse runs a session with a person, and is the exit status.
func converse(s *Session, cfg Config, in, out *os.File) int {
	t := &terminal{s: s, cfg: cfg, in: in, out: out, keys: &keys{in: in}, hist: openHistory(cfg.Getenv), stop: make(chan os.Signal, 1)}
	signal.Notify(t.stop, os.Interrupt) // for good: Ctrl-C behind `quit` must not make it a failure
	rl, err := readline.NewEx(&readline.Config{
		Stdin: t.keys, Stdout: out, Stderr: out, FuncGetWidth: t.width,
		HistoryLimit: mostHistory, DisableAutoSaveHistory: true, HistorySearchFold: true,
		InterruptPrompt: "^C", EOFPrompt: "\n",
		AutoComplete: noCompleter{}, FuncFilterInputRune: t.filter, Listener: t,
	})
	if err != nil {
		fmt.Fprintf(cfg.Stderr, "cannot use the terminal: %s\n", err)
		return exitUsage
	}
	t.rl = rl
	defer t.close()
	t.remember()
	defer t.onSignals()()
	fmt.Fprint(out, render.Narrow(s.greeting(cfg), t.width()))
	t.loop()
	return exitOK
}

func (t *terminal) close() {
	io.WriteString(t.out, bracketsOff)
	_ = t.rl.Terminal.ExitRawMode()
	_ = t.rl.Close()
}

// width is that of the terminal, never 0: the editor would not end its reckoning.
func (t *terminal) width() int {
	if w := Width(t.out); w > 0 {
		return w
	}
	return 80
}

// onSignals puts the terminal in order when the process is told to end. The function
// returned ends that.
func (t *terminal) onSignals() func() {
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		sig, ok := <-ch
		if !ok {
			return
		}
		io.WriteString(t.out, bracketsOff)
		_ = t.rl.Terminal.ExitRawMode()
		os.Exit(128 + int(sig.(syscall.Signal)))
	}()
	return func() { signal.Stop(ch); close(ch) }
}

// remember gives the editor the history.
func (t *terminal) remember() {
	t.rl.ResetHistory()
	for _, l := range t.hist.lines {
		_ = t.rl.SaveHistory(l)
	}
}

// loop reads inputs and answers them.
func (t *terminal) loop() {
	interrupted := false // by the last key: a second time leaves
	open := ""           // an input that goes on
	rest := ""           // the end of a paste, which can still be edited
	for {
		if open == "" {
			t.say(t.s.Changed())
		}
		line, err := t.read(t.s.Prompt(open != "", t.width()), rest)
		rest = ""
		switch {
		case errors.Is(err, readline.ErrInterrupt):
			if open == "" && strings.TrimSpace(line) == "" {
				if t.s.talk != nil {
					t.show(t.s.StopAsking())
					continue
				}
				if interrupted {
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
			return
		}
		interrupted = false
		if text, ok := t.takePaste(line); ok {
			open, rest = t.afterPaste(open, text)
			if rest != "" || open == "" || t.s.Unfinished(open) {
				continue
			}
		} else {
			open = joinLines(open, line)
			if t.s.Unfinished(open) {
				continue
			}
		}
		input := open
		open = ""
		if t.carryOut(input) {
			return
		}
	}
}

// read reads a line with the editor.
func (t *terminal) read(prompt, begun string) (string, error) {
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
	if open != "" {
		block = open + "\n" + block
	}
	return strings.Trim(block, "\n"), rest
}

// mostEchoed is how many lines of a paste are shown.
const mostEchoed = 12

// echo shows what was pasted.
func (t *terminal) echo(lines []string) {
	for i, l := range lines {
		if i == mostEchoed {
			t.say(fmt.Sprintf("| ... %s\n", counted(len(lines)-i, "further line", "further lines")))
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
	if strings.TrimSpace(input) != "" && t.s.talk == nil {
		t.hist.add(input)
		t.remember()
	}
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
	t.s.opts.Style.Width = t.width()
	r := t.s.Eval(ctx, input)
	t.show(r)
	return r.Quit
}

func (t *terminal) show(r Result) {
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

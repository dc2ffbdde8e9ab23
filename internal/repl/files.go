package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// fileData is a file that was written or read, for JSON.
type fileData struct {
	File string `json:"file"`
	Text string `json:"text"`
}

func (s *Session) saveCommand(_ context.Context, rest string) *answer {
	switch word := firstWord(rest); word {
	case "test":
		return s.saveTest(strings.TrimSpace(rest[len(word):]))
	case "case":
		return s.saveCase(strings.TrimSpace(rest[len(word):]))
	}
	if rest == "" {
		return refuse(`save where? For example: save rules.ctl, save case case.json, or save test "a name"`)
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in save \"%s\"; save test \"%s\" keeps the present case under that name", rest, rest, rest)
	}
	file := unquoted(rest)
	text := s.now.prog.own.text()
	if text == "" {
		return refuse("nothing has been declared in this session; `save case FILE` writes the present case, and `save test \"NAME\"` writes it as a test")
	}
	text = formatted(s.from.name, text)
	if err := writeNew(file, text); err != nil {
		return failure(err)
	}
	return &answer{kind: "saved", data: fileData{file, text}, text: "wrote " + counted(len(s.now.prog.own.entries), "declaration", "declarations") + " to " + file, unlisted: true}
}

// saveTest writes the present case as a test, or shows it where no file is named.
func (s *Session) saveTest(rest string) *answer {
	name, rest, ok := cutQuoted(rest)
	if !ok || name == "" {
		return refuse(`a test needs a name in quotes: save test "a launch vehicle for a partner" tests.ctl`)
	}
	_, d, err := s.now.decide()
	if err != nil {
		return failure(s.withHint(cannotDecide(err)))
	}
	for _, t := range s.now.prog.Tests() {
		if t.Name == name && !strings.HasPrefix(t.Place(), s.from.name+":") {
			return refuse("there is a test `%s` already, at %s", name, t.Place())
		}
	}
	text := interp.TestText(name, s.now.c, d)
	if rest == "" {
		return s.declareTest(text)
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in save test %q \"%s\"", rest, name, rest)
	}
	file := unquoted(rest)
	if err := appendTo(file, text); err != nil {
		return failure(err)
	}
	return &answer{kind: "saved", data: fileData{file, text}, text: text + "added to " + file, unlisted: true}
}

// declareTest takes the present case into the session as a test.
func (s *Session) declareTest(text string) *answer {
	a := s.declare(strings.TrimSpace(text))
	if !a.failed {
		a.text = text + a.text + "`save FILE` writes it\n"
	}
	return a
}

// cutQuoted reads a text in quotes and what stands behind it.
func cutQuoted(text string) (quoted, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	e, _, ds := lang.ParseExpr("name", text)
	if t, isText := e.(*lang.Text); isText && !ds.HasErrors() {
		return t.Value, "", true
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			e, _, _ := lang.ParseExpr("name", text[:i+1])
			t, isText := e.(*lang.Text)
			if !isText {
				return "", "", false
			}
			return t.Value, strings.TrimSpace(text[i+1:]), true
		}
	}
	return "", "", false
}

// severalWords says whether what should name a file to be written is more than one word,
// and so may be meant otherwise.
func severalWords(name string) bool {
	return unquoted(name) == name && strings.ContainsAny(name, " \t")
}

// unquoted is the name of a file, which may stand in quotes.
func unquoted(name string) string {
	if len(name) > 1 && (name[0] == '"' || name[0] == '\'') && name[len(name)-1] == name[0] {
		name = name[1 : len(name)-1]
	}
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return name
}

// writeNew writes a file, but never over one that the session did not write itself.
func writeNew(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return errors.New("there is a file " + file + " already; choose another name")
	}
	if err != nil {
		return errors.New("cannot write " + file + ": " + reason(err))
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// appendTo adds a text behind what a file holds, with an empty line between.
func appendTo(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return errors.New("cannot write " + file + ": " + reason(err))
	}
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		text = "\n" + text
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// reason is an error of a file without its name, which stands before it.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

func (s *Session) recordCommand(_ context.Context, rest string) *answer {
	if rest == "" && s.record != "" {
		file := s.record
		s.record = ""
		return &answer{kind: "record", text: "no longer recording to " + file, data: fileData{file, ""}, unlisted: true}
	}
	if rest == "" {
		return refuse("record to which file? For example: record session.txt")
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in record \"%s\"", rest, rest)
	}
	file := unquoted(rest)
	text := recordHead + strings.Join(s.inputs, "")
	if err := writeNew(file, text); err != nil {
		return failure(err)
	}
	s.record = file
	return &answer{kind: "record", text: "recording to " + file + ", from the beginning of the session; `record` alone ends it", data: fileData{file, text}, unlisted: true}
}

// recordHead is the first line of a recorded session.
const recordHead = "# A session of ctlrepl: `replay` runs it again, and so does `ctlrepl < FILE`.\n"

// note keeps a statement for record.
func (s *Session) note(statement string) {
	if statement == "" {
		statement = "decide"
	}
	text := recorded(s, statement) + "\n"
	s.inputs = append(s.inputs, text)
	if s.record != "" && s.replaying == 0 {
		_ = appendLine(s.record, text) // the answer to the input matters more
	}
}

func appendLine(file, line string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Close())
}

// recorded is a statement such that its lines are read as one statement again.
func recorded(s *Session, statement string) string {
	lines := strings.Split(statement, "\n")
	open := ""
	for i, l := range lines {
		open = joinLines(open, l)
		if i < len(lines)-1 && !s.Unfinished(open) {
			lines[i] += ` \`
			open += `\`
		}
	}
	return strings.Join(lines, "\n")
}

// deepestReplay is how many recorded sessions may run one another.
const deepestReplay = 8

// mostRead is how large a file may be that a session reads: one that never ends is none.
const mostRead = 64 << 20

// readBounded reads a file whole.
func readBounded(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostRead+1))
	if err == nil && len(data) > mostRead {
		err = fmt.Errorf("it is larger than %d MiB", mostRead>>20)
	}
	return data, err
}

func (s *Session) replayCommand(ctx context.Context, rest string) *answer {
	if rest == "" {
		return refuse("replay which file? `record FILE` writes one")
	}
	if s.replaying >= deepestReplay {
		return refuse("recorded sessions replay one another more than %d deep", deepestReplay)
	}
	file := unquoted(rest)
	data, err := readBounded(file)
	if err != nil {
		return refuse("cannot read %s: %s", file, reason(err))
	}
	s.replaying++
	defer func() { s.replaying-- }()
	a := &answer{kind: "replay", unlisted: true}
	answers := []any{}
	failed, n := 0, 0
	for _, statement := range s.statements(string(data)) {
		if ctx.Err() != nil {
			return stopped()
		}
		if withoutComment(statement) == "" {
			continue
		}
		var r Result
		one := s.answer(ctx, statement)
		if one.known() {
			s.inputs = append(s.inputs[:len(s.inputs):len(s.inputs)], recorded(s, statement)+"\n")
		}
		r.add(s, statement, one)
		n++
		a.text += "> " + strings.ReplaceAll(statement, "\n", "\n  ") + "\n" + r.Text
		answers = append(answers, r.JSON...)
		if one.failed {
			failed++
		}
		if one.quit {
			break
		}
	}
	a.data = answers
	a.failed = failed > 0
	a.text += "replayed " + counted(n, "input", "inputs") + " of " + file
	if failed > 0 {
		a.text += ", " + counted(failed, "of them failed", "of them failed")
	}
	return a
}

func (s *Session) reloadCommand(_ context.Context, rest string) *answer {
	if a := noArguments("reload", rest); a != nil {
		return a
	}
	return s.reload()
}

// reload reads the rule files anew. The session's own declarations stay.
func (s *Session) reload() *answer {
	prog, a := s.reloaded(s.now.prog.own)
	if a != nil {
		a.text = "the rules stay as they were loaded before:"
		return a
	}
	a = s.withProgram(prog, s.now.policy, "reload")
	a.kind, a.data, a.unlisted = "loaded", s.stateJSON(), true
	a.text = "loaded: " + contents(prog) + "\n" + a.text
	clear(s.noticed)
	return a
}

// contents says what a program holds.
func contents(p *program) string {
	rules := 0
	for _, pol := range p.Policies() {
		for _, r := range pol.Rules() {
			if r.Policy == pol.Name {
				rules++
			}
		}
	}
	return counted(len(p.Policies()), "policy", "policies") + ", " + counted(rules, "rule", "rules")
}

// Changed is a note about loaded files that have changed on disk, once for each change.
func (s *Session) Changed() string {
	var fresh []string
	for _, name := range s.from.changed(s.now.prog) {
		if !s.noticed[name] {
			s.noticed[name] = true
			fresh = append(fresh, name)
		}
	}
	if len(fresh) == 0 {
		return ""
	}
	return "note: " + listed(fresh, "and") + " changed on disk; `reload` reads the rules anew\n"
}

func (s *Session) editCommand(_ context.Context, rest string) *answer {
	if s.opts.Edit == nil {
		return refuse("there is no terminal to edit on")
	}
	if rest != "" {
		file := unquoted(rest)
		if err := s.opts.Edit(file); err != nil {
			return failure(err)
		}
		if len(s.from.changed(s.now.prog)) == 0 {
			return &answer{kind: "edited", text: "edited " + file, data: fileData{file, ""}, unlisted: true}
		}
		return s.reload()
	}
	return s.editOwn()
}

// editOwn lets the user edit the session's declarations.
func (s *Session) editOwn() *answer {
	before := formatted(s.from.name, s.now.prog.own.text())
	dir, err := os.MkdirTemp("", "ctl-session-")
	if err != nil {
		return failure(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "session.ctl")
	if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
		return failure(err)
	}
	if err := s.opts.Edit(file); err != nil {
		return failure(err)
	}
	after, err := os.ReadFile(file)
	if err != nil {
		return failure(err)
	}
	if string(after) == before {
		return &answer{kind: "edited", text: "nothing was changed", unlisted: true}
	}
	own, ds := ownFrom(string(after))
	if ds != nil {
		return failure(ds)
	}
	prog, a := s.reloaded(own)
	if a != nil {
		return a
	}
	policy := s.now.policy
	if _, err := prog.PolicyOn(policy, s.now.c.Date()); err != nil {
		policy = strings.TrimSuffix(policy, draftOf(""))
	}
	a = s.withProgram(prog, policy, "edit")
	a.kind, a.data, a.unlisted = "edited", s.stateJSON(), true
	a.text = "declared: " + counted(len(own.entries), "declaration", "declarations") + "\n" + a.text
	return a
}

// ownFrom takes a rule file apart into the entries of a session.
func ownFrom(text string) (*ownText, lang.Diagnostics) {
	f, ds := lang.Parse("session", text)
	if ds.HasErrors() {
		return nil, ds
	}
	own := &ownText{}
	for _, d := range f.Decls {
		if p, ok := d.(*lang.Policy); ok && p.Amends != nil && p.Name.Text == draftOf(p.Amends.Text) {
			for _, it := range p.Items {
				own.entries = append(own.entries, entry{text: f.Source.Slice(it.Range()), base: p.Amends.Text, label: itemLabel(it), item: true})
			}
			continue
		}
		word, name := declaredName(d)
		e := entry{text: f.Source.Slice(d.Range()), label: strings.TrimSpace(word + " " + name)}
		if doc := d.Doc(); doc != "" {
			e.text = "# " + strings.ReplaceAll(doc, "\n", "\n# ") + "\n" + e.text
		}
		own.entries = append(own.entries, e)
	}
	return own, nil
}

func itemLabel(it lang.Item) string {
	switch it := it.(type) {
	case *lang.Rule:
		if it.Label != nil {
			return it.Label.Text
		}
	case *lang.Section:
		return it.Name.Text
	case *lang.Otherwise:
		return "otherwise"
	case *lang.Replace:
		return it.Label.Text
	}
	return ""
}

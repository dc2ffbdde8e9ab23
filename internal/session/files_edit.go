package session

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/internal/osfile"
)

func (s *Session) editCommand(ctx context.Context, rest string) *answer {
	if s.opts.Edit == nil {
		return refuse("there is no terminal to edit on")
	}
	if rest != "" {
		file := unquoted(rest)
		if err := s.opts.Edit(file); err != nil {
			return failure(err)
		}
		if len(s.now.prog.files.changed()) == 0 {
			return &answer{kind: "edited", text: "edited " + file, data: fileData{file, ""}, unlisted: true}
		}
		return s.reload(ctx)
	}
	return s.editOwn(ctx)
}

// editOwn lets the user edit the session's declarations.
func (s *Session) editOwn(ctx context.Context) *answer {
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
	after, err := osfile.Read(file, mostRead)
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
	a = s.withProgram(ctx, prog, policy, "edit")
	a.kind, a.data, a.unlisted = "edited", s.stateJSON(ctx), true
	a.text = "declared: " + counted(len(own.entries), "declaration", "declarations") + "\n" + a.text
	return a
}

func (s *Session) reloadCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("reload", rest); a != nil {
		return a
	}
	return s.reload(ctx)
}

// reload reads the rule files anew. The session's own declarations stay.
func (s *Session) reload(ctx context.Context) *answer {
	prog, a := s.loaded(s.now.prog.own, newReading(s.opts.FS))
	if a != nil {
		a.text = "the rules stay as they were loaded before:"
		return a
	}
	a = s.withProgram(ctx, prog, s.now.policy, "reload")
	a.kind, a.data, a.unlisted = "loaded", s.stateJSON(ctx), true
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
	for _, name := range s.now.prog.files.changed() {
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

package session

import (
	"context"
	"encoding/json"
	"path/filepath"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/sensitive"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// saveCase writes the present case as JSON, which load and --facts read.
func (s *Session) saveCase(rest string) *answer {
	rest, clear := cutUnmasked(rest)
	if rest == "" {
		rest = s.caseFile
	}
	if rest == "" {
		return refuse("save the case where? For example: save case case.json")
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in save case \"%s\"", rest, rest)
	}
	facts, left := sensitive.Without(s.now.c)
	if clear {
		facts, left = s.now.c.Map(), nil
	}
	facts["as_of"] = s.now.c.Date().String()
	data, err := json.MarshalIndent(facts, "", "  ")
	if err != nil {
		return failure(err)
	}
	file, text := unquoted(rest), string(plain.JSON(data))+"\n"
	did := "wrote the case to " + file + "; `load " + rest + "` takes it up again"
	if len(left) > 0 {
		did += "\nleft out, as sensitive: " + listed(left, "and") + " (`save case " + rest + " " + unmasked + "` writes them too)"
	}
	a := s.written(file, text, did, "save! case "+rest+suffix(clear))
	if !a.failed {
		s.caseFile = rest
	}
	return a
}

// loadCommand goes on with the case of a file, and with its date, instead of the present one.
func (s *Session) loadCommand(ctx context.Context, rest string) *answer {
	if rest == "" {
		return refuse("load which case? `save case FILE` writes one, and so does `ctl ask --save FILE`")
	}
	file := unquoted(rest)
	data, err := osfile.Read(file, mostRead)
	if err != nil {
		return refuse("cannot read %s: %s", file, reason(err))
	}
	if filepath.Ext(file) == ".ctl" {
		return s.loadOwn(ctx, file, string(data))
	}
	c := s.now.prog.NewCase()
	c.SetDate(s.now.c.Date())
	if err := c.ReadJSON(context.Background(), file, data); err != nil {
		return failure(s.notRules(err))
	}
	if s.now.policy != "" {
		if _, err := s.now.prog.PolicyOn(s.now.policy, c.Date()); err != nil {
			return failure(s.withHint(err))
		}
	}
	a := s.withCase(ctx, c, "load "+rest)
	if !a.failed {
		s.caseFile = rest
		s.own(file) // which the case may be written to again
	}
	return a
}

// loadOwn takes declarations up again that `save` has written.
func (s *Session) loadOwn(ctx context.Context, file, text string) *answer {
	more, ds := ownFrom(text)
	if ds != nil {
		return failure(ds)
	}
	own := s.now.prog.own
	for _, e := range more.entries {
		own = own.with(e)
	}
	prog, a := s.reloaded(own)
	if a != nil {
		a.after = "`load` takes up what `save` has written; other rules are named where the session begins, as in: ctlrepl " + file + "\n"
		return a
	}
	policy := s.now.policy
	for _, e := range more.entries {
		if e.item {
			policy = draftOf(e.base)
		}
	}
	a = s.withProgram(ctx, prog, policy, "load "+file)
	a.kind, a.data = "loaded", s.stateJSON(ctx)
	a.text = "declared: " + counted(len(more.entries), "declaration", "declarations") + "\n" + a.text
	return a
}

// notRules tells who loads a file that is no case how rules are read.
func (s *Session) notRules(err error) error {
	ds, ok := err.(lang.Diagnostics)
	if !ok || ds[0].Code != code.BadJSON {
		return err
	}
	ds[0].Notes = append(ds[0].Notes, lang.Note{Text: "`load` reads cases, as `save case` writes them; rules are named where the session begins, as in: ctlrepl rules.ctl"})
	return ds
}

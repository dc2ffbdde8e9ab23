package repl

import (
	"context"
	"encoding/json"

	"github.com/ctl-lang/ctl/lang"
)

// saveCase writes the present case as JSON, which load and --facts read.
func (s *Session) saveCase(rest string) *answer {
	if rest == "" {
		return refuse("save the case where? For example: save case case.json")
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in save case \"%s\"", rest, rest)
	}
	facts := s.now.c.Map()
	facts["as_of"] = s.now.c.Date().String()
	data, err := json.MarshalIndent(facts, "", "  ")
	if err != nil {
		return failure(err)
	}
	file, text := unquoted(rest), string(data)+"\n"
	if err := writeNew(file, text); err != nil {
		return failure(err)
	}
	return &answer{kind: "saved", data: fileData{file, text}, text: "wrote the case to " + file + "; `load " + rest + "` takes it up again", unlisted: true}
}

// loadCommand goes on with the case of a file, and with its date, instead of the present one.
func (s *Session) loadCommand(_ context.Context, rest string) *answer {
	if rest == "" {
		return refuse("load which case? `save case FILE` writes one, and so does `ctl ask --save FILE`")
	}
	file := unquoted(rest)
	data, err := readBounded(file)
	if err != nil {
		return refuse("cannot read %s: %s", file, reason(err))
	}
	c := s.now.prog.NewCase()
	c.SetDate(s.now.c.Date())
	if err := c.ReadJSON(file, data); err != nil {
		return failure(s.notRules(err))
	}
	if s.now.policy != "" {
		if _, err := s.now.prog.PolicyOn(s.now.policy, c.Date()); err != nil {
			return failure(s.withHint(err))
		}
	}
	return s.withCase(c, "load "+rest)
}

// notRules tells who loads a file that is no case how rules are read.
func (s *Session) notRules(err error) error {
	ds, ok := err.(lang.Diagnostics)
	if !ok || ds[0].Code != lang.BadJSON {
		return err
	}
	ds[0].Notes = append(ds[0].Notes, lang.Note{Text: "`load` reads cases, as `save case` writes them; rules are named where the session begins, as in: ctlrepl rules.ctl"})
	return ds
}

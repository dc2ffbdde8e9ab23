package session

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/lang"
)

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

// write writes a file that only its owner may read: a new one, one that this session
// wrote, or any where the input asks for that.
func (s *Session) write(file, text string) error {
	at, err := filepath.Abs(file)
	if err != nil {
		at = file
	}
	info, err := os.Stat(file)
	switch {
	case file == "":
		return errors.New("the name of the file is empty")
	case err == nil && info.IsDir():
		return errors.New("cannot write " + file + ": it is a folder")
	case err == nil:
		if own, ok := s.wrote[at]; !s.over && !(ok && own == stampOf(info)) {
			return errExists{file}
		}
	}
	if err = osfile.Write(file, []byte(text), 0o600); err != nil {
		return errors.New("cannot write " + file + ": " + reason(err))
	}
	s.own(file)
	return nil
}

// own notes that a file is as this session wrote it.
func (s *Session) own(file string) {
	at, err := filepath.Abs(file)
	if err != nil {
		at = file
	}
	info, err := os.Stat(file)
	if err != nil {
		return
	}
	wrote := map[string]stamp{at: stampOf(info)} // anew: an input that was given up may look at the old one
	for name, st := range s.wrote {
		if name != at {
			wrote[name] = st
		}
	}
	s.wrote = wrote
}

// written is the answer to what is written to a file; where there is one already, a yes
// writes over it.
func (s *Session) written(file, text, did, again string) *answer {
	if err := s.write(file, text); err != nil {
		a := failure(err)
		if _, exists := err.(errExists); exists {
			a.problems[0].Notes = append(a.problems[0].Notes, lang.Note{Text: "`" + again + "` writes over it"})
			a.offers = []string{again}
		}
		return a
	}
	return &answer{kind: "saved", data: fileData{file, text}, text: did, unlisted: true}
}

// errExists says that a file is not written over.
type errExists struct{ file string }

func (e errExists) Error() string {
	return "there is a file " + e.file + " already, which this session has not written"
}

// appendTo adds a text behind what a file holds, with an empty line between.
func appendTo(file, text string) error {
	before, err := osfile.Read(file, mostRead)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err == nil {
		if len(before) > 0 {
			text = "\n" + text
		}
		err = osfile.Write(file, append(before, text...), 0o600)
	}
	if err != nil {
		return errors.New("cannot write " + file + ": " + reason(err))
	}
	return nil
}

// reason is an error of a file without its name, which stands before it.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

// mostRead is how large a file may be that a session reads.
const mostRead = 64 << 20

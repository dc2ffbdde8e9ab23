package interp

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/stdlib"
)

// The compiled form of a program: formMagic, formVersion, the SHA-256 of the rest,
// and then
//
//	the SHA-256 of the modules of stdlib
//	the files, each its name and its text; the names of those that were asked for
//	the dates written in the program; whether some condition reads as_of
//	for policies the engine of their last days: its policy, a day, its slots, what its cubes are about, its index
//
// Numbers are in the encoding of encoding/binary's uvarint, but for the index.
const (
	formMagic   = "Ctl compiled rules\n"
	formVersion = 2
)

// Compile loads rule files as Load does and writes them, with everything they use,
// in compiled form: one file that Load reads faster than the texts, since its rules
// have been checked and its policies compiled. It is read only by a program of the
// same version of this package. Rules that rest on Functions, Groups or GroupFiles of
// these options are no file by themselves and cannot be compiled. The error is a
// lang.Diagnostics where the rules have problems, or the writer's.
func (o Options) Compile(w io.Writer, fsys fs.FS, names ...string) error {
	if len(o.Functions) > 0 || len(o.Groups) > 0 || len(o.GroupFiles) > 0 {
		return errors.New("rules that rest on functions or on members of the program that loads them cannot be compiled: load them from their texts")
	}
	l := newLoader(fsys, o)
	l.kept = []keptFile{}
	p, err := l.load(names)
	if err != nil {
		return err
	}
	b := stdlibHash()
	b = putList(b, l.kept, func(b []byte, f keptFile) []byte { return putText(putText(b, f.name), f.text) })
	b = putList(b, l.roots, putText)
	b = putList(b, p.dates, putInt)
	b = putBool(b, p.readsDate)
	var engines []*engine
	for _, pol := range p.order.policies {
		if e, err := pol.engineOn(pol.lastDay()); err == nil && e.storable() {
			engines = append(engines, e)
		}
	}
	b = putList(b, engines, putEngine)
	sum := sha256.Sum256(b)
	head := binary.LittleEndian.AppendUint32([]byte(formMagic), formVersion)
	for _, part := range [][]byte{head, sum[:], b} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// keptFile is a file that a compiled program brings with it.
type keptFile struct{ name, text string }

// stdlibHash tells one set of modules from another.
func stdlibHash() []byte {
	h := sha256.New()
	for _, name := range append(stdlib.Modules(), stdlib.Prelude) {
		text, _ := stdlib.Module(name)
		fmt.Fprintf(h, "%s %d %s", name, len(text), text)
	}
	return h.Sum(nil)
}

// lastDay is a day among the last that a policy is in force: the default date, if that is one.
func (p *Policy) lastDay() num.Date {
	d := p.prog.DefaultDate()
	if d >= p.Until {
		d = p.Until - 1
	}
	return num.Date(max(d, p.From))
}

// unpack takes the files out of a compiled program and has them loaded without
// checking their rules again.
func (l *loader) unpack(name string, data []byte, alone bool) {
	refuse := func(format string, args ...any) {
		l.diags = append(l.diags, &lang.Diagnostic{Code: lang.CannotRead, Message: "cannot read " + name + ": " + fmt.Sprintf(format, args...)})
	}
	if !alone {
		refuse("compiled rules stand by themselves: name no other file beside them, and use them in none")
		return
	}
	rest := data[len(formMagic):]
	if len(rest) < 4+sha256.Size {
		refuse("the compiled rules end too early")
		return
	}
	if v := binary.LittleEndian.Uint32(rest); v != formVersion {
		refuse("these rules were compiled by another version (their form is %d, and this program reads %d): compile them again", v, formVersion)
		return
	}
	body := rest[4+sha256.Size:]
	if sha256.Sum256(body) != [sha256.Size]byte(rest[4:]) {
		refuse("the compiled rules are damaged: their checksum is wrong")
		return
	}
	r := &formReader{b: body}
	if string(r.take(sha256.Size)) != string(stdlibHash()) {
		refuse("these rules were compiled with other modules than this program has: compile them again")
		return
	}
	files := getList(r, func(r *formReader) keptFile { return keptFile{r.text(), r.text()} })
	roots := getList(r, (*formReader).text)
	l.dates = getList(r, getDate)
	l.readsDate = r.uint() == 1
	l.engines = getList(r, getEngine)
	if r.short || len(r.b) > 0 {
		refuse("the compiled rules are damaged")
		return
	}
	l.packed, l.lazy = map[string]string{}, true
	if l.kept != nil { // compiled once more: the files themselves are kept
		l.kept = files
	}
	for _, f := range files {
		l.packed[f.name] = f.text
	}
	for _, root := range roots {
		l.file(root, nil, lang.Span{})
	}
}

package interp

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Compile loads rule files as Load does and writes them, with everything they use,
// in compiled form: one file that Load reads faster than the texts, since its rules
// have been checked and its policies compiled. It is read only by a program of the
// same version of this package. Functions and the members of external groups stay with the
// program: of the functions that the rules do not declare the form holds the signatures, and it
// is refused where a program brings no such ones, as it is without the members of its
// groups. The error is a lang.Diagnostics where the rules have problems, or the writer's.
func (o Options) Compile(ctx context.Context, w io.Writer, fsys fs.FS, names ...string) error {
	l := newLoader(ctx, fsys, o)
	l.kept = []keptFile{}
	p, err := l.load(names)
	if err != nil {
		return err
	}
	b := stdlibHash()
	b = putList(b, l.kept, func(b []byte, f keptFile) []byte { return putText(putText(b, f.name), f.text) })
	b = putList(b, l.roots, putText)
	b = putList(b, p.undeclared(), putText)
	b = putList(b, p.writtenDates, putInt)
	b = putBool(b, p.readsDate)
	var engines []*engine
	for _, pol := range p.order.policies {
		if p.hasExternal() {
			break // another program has other members
		}
		if e, err := pol.engineOn(ctx, pol.lastDay()); err == nil && e.storable() {
			engines = append(engines, e)
		}
	}
	b = putList(b, engines, putEngine)
	sum := sha256.Sum256(b)
	head := binary.LittleEndian.AppendUint32([]byte(packedMagic), packedVersion)
	for _, part := range [][]byte{head, sum[:], b} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// unpack takes the files out of a compiled program and has them loaded without
// checking their rules again.
func (l *loader) unpack(name string, data []byte, alone bool) {
	refuse := func(format string, args ...any) {
		l.diags = append(l.diags, (&lang.Diagnostic{Code: code.CannotRead}).Say("cannot read %s: ", name).Add(format, args...))
	}
	if !alone {
		refuse("compiled rules stand by themselves: name no other file beside them, and use them in none")
		return
	}
	rest := data[len(packedMagic):]
	if len(rest) < 4+sha256.Size {
		refuse("the compiled rules end too early")
		return
	}
	if v := binary.LittleEndian.Uint32(rest); v != packedVersion {
		refuse("these rules were compiled by another version (their form is %d, and this program reads %d): compile them again", v, packedVersion)
		return
	}
	body := rest[4+sha256.Size:]
	if sha256.Sum256(body) != [sha256.Size]byte(rest[4:]) {
		refuse("the compiled rules are damaged: their checksum is wrong")
		return
	}
	r := &packedReader{b: body}
	if string(r.take(sha256.Size)) != string(stdlibHash()) {
		refuse("these rules were compiled with other modules than this program has: compile them again")
		return
	}
	files := getList(r, func(r *packedReader) keptFile { return keptFile{r.text(), r.text()} })
	roots := getList(r, (*packedReader).text)
	l.wanted = getList(r, (*packedReader).text)
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

// undeclared are the signatures of the functions that the rules do not declare.
func (p *Program) undeclared() []string {
	var out []string
	for _, name := range keys(p.own) {
		if own := p.own[name]; own.declared == nil {
			out = append(out, own.Signature())
		}
	}
	return out
}

// hasExternal says whether the members of some group are no part of the rules.
func (p *Program) hasExternal() bool {
	return slices.ContainsFunc(p.order.groups, func(g *Group) bool { return g.decl.External })
}

// wantFunctions reports the functions of compiled rules that the program does not bring, or
// brings otherwise.
func (k *checker) wantFunctions() {
	for _, signature := range k.l.wanted {
		name, _, _ := strings.Cut(signature, "(")
		switch own := k.prog.own[name]; {
		case own == nil:
			k.report((&lang.Diagnostic{Code: code.BadFunction}).Say("these rules were compiled with the function `%s`, and this program brings none of that name", signature))
		case own.Signature() != signature:
			k.report((&lang.Diagnostic{Code: code.BadFunction}).Say("these rules were compiled with the function `%s`, and that of this program is `%s`", signature, own.Signature()))
		}
	}
}

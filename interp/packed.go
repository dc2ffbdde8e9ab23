package interp

import (
	"crypto/sha256"
	"fmt"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/stdlib"
)

// The compiled form of a program: packedMagic, packedVersion, the SHA-256 of the rest,
// and then
//
//	the SHA-256 of the modules of stdlib
//	the files, each its name and its text; the names of those that were asked for
//	the signatures of functions that the rules do not declare
//	the dates written in the program; whether some condition reads as_of
//	for policies the engine of their last days: its policy, a day, its slots, what its cubes are about, its index
//
// Numbers are in the encoding of encoding/binary's uvarint, but for the index.
const (
	packedMagic   = "Ctl compiled rules\n"
	packedVersion = 4
)

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
	d := p.prog.LatestDate()
	if d >= p.Until {
		d = p.Until - 1
	}
	return num.Date(max(d, p.From))
}

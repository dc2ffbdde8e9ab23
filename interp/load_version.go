package interp

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// Version identifies what the program says: "sha256:" and 64 hexadecimal digits. It
// is the same wherever the files lie, whatever they are called and in whatever order
// they were named, and differs as soon as a byte of a rule file, of a data file that a
// group is read from or of a module of the standard library does.
//
// It is the SHA-256 hash over the hashes of the rule files and modules, sorted; the
// hash of each is taken over the hash of its text and, in the order of its groups, the
// hashes of the data files that they are read from, then those of the members of its
// external groups, sorted. Functions of the embedder's are not part of it.
func (p *Program) Version() string { return p.version() }

// sum is the hash of a group's members and their dates.
func (g *Group) sum() []byte {
	h := sha256.New()
	for _, id := range keys(g.numbers) {
		fmt.Fprintf(h, "%d %s", len(id), id)
		for _, p := range g.periodsOf(id) {
			fmt.Fprintf(h, " %d %d", p.since, p.until)
		}
	}
	return h.Sum(nil)
}

// externalSums are the hashes of the members that no file holds, by the files that
// declare their groups.
func (p *Program) externalSums() map[*lang.Source][]byte {
	sums := map[*lang.Source][]byte{}
	for _, g := range p.order.groups {
		if g.decl.External {
			sums[g.src] = append(sums[g.src], g.sum()...)
		}
	}
	return sums
}

// versionOf is the version of a program of these files and the data files that each
// reads.
func versionOf(sources []*lang.Source, dataSums, externalSums map[*lang.Source][]byte) string {
	var files []string
	for _, src := range sources {
		text := sha256.Sum256([]byte(src.Text))
		file := sha256.Sum256(slices.Concat(text[:], dataSums[src], externalSums[src]))
		files = append(files, string(file[:]))
	}
	slices.Sort(files)
	sum := sha256.Sum256([]byte(strings.Join(files, "")))
	return "sha256:" + hex.EncodeToString(sum[:])
}

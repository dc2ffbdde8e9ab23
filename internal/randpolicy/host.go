package randpolicy

import (
	"errors"
	"io/fs"
	"math/big"
	"strings"
	"testing/fstest"

	"github.com/ctl-lang/ctl/internal/oracle"
)

// Main is the name of the file that uses the others.
const Main = "random.ctl"

// Host is what programs that are hosted are given: functions that rules call, and the members of
// external groups.
var Host = oracle.Host{
	Functions: map[string]any{
		"shouts": func(text string) bool { return text == strings.ToUpper(text) },
		"worse":  func(n *big.Rat) *big.Rat { return new(big.Rat).Sub(n, big.NewRat(1, 2)) },
		"half": func(n *big.Rat) (*big.Rat, error) {
			if n.Sign() < 0 {
				return nil, errors.New("3 / -1") // what cannot be halved
			}
			return new(big.Rat).Mul(n, big.NewRat(1, 2)), nil
		},
	},
	Groups: map[string][]oracle.Member{
		"Watched": {{ID: "US", Until: "2010-01-01"}, {ID: "IN"}},
		"Flagged": {{ID: "B", Since: "2010-01-01", Until: "2020-06-01"}, {ID: "D"}, {ID: "C", Since: "2020-06-01"}},
	},
}

// lists are the files that have the members of groups and the data of kinds, by the names that
// rules have for them.
var lists = map[string]string{
	"lists/lands.csv": "id,since,until\nFR,2010-01-01,\nUS,,2020-06-01\nUS,2020-06-01,\n",
	"lists/firms.csv": "name,since,note\nA,,first\nD,2020-06-01,\n",
	"lists/sifted.csv": "land,firm,source,type,on,off\nUS,A,SDN,Entity,2010-01-01,\nFR,B,SDN,Vessel,,2020-06-01\n" +
		"IN,D,SDN,\"Ship, old\",,\nUS,Else,DPL,Plane,2020-06-01,2025-12-31\nFR,B,DPL,Entity,2015-02-28,\n",
	"lists/ports.csv":  "port,depth,owner,wares,free,a,b\nP1,3,x,a;c,X,X,\nP 2,1,,,no,,\nP3,2.5,y,b,yes,X,X\n",
	"lists/chips.csv":  "chip;cost;limit\n1a;1;\n1 A.x;4;2\n2b;2;-1\n",
	"lists/nets.csv":   "net,until\n10.0.0.0/31,\n10.0.0.0/30,2020-06-01\n::2,2015-02-28\n",
	"lists/mills.csv":  "mill\trate\nAcme Mill\t3\n\"Beta, Mill\"\t1\nBÉTA MILL\t1\n",
	"lists/makers.csv": "name\nÉtoile\n\"b, b Ltd\"\n",
	"lists/sizes.csv":  "firm,size,ends\nA,3,2010-01-01\nB,1,\nD,4,2020-06-01\n",
	"lists/zones.csv":  "land,zone,rank,a,b,c,pact,words\nUS,x,2,X,,,X,a;zz\nFR,,4,X,X,,,\nIN,y,2,,X,,yes,ab;a\n",
}

// FS has the files of the program.
func (p *Program) FS() fs.FS {
	out := fstest.MapFS{}
	for name, text := range p.Files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// file puts a program in one file or in several that use one another.
func (p *Program) file(several bool, vocabulary, outcomes, terms, policies string) {
	p.Files = map[string]string{}
	for name, text := range lists {
		p.Files[name] = text
	}
	if !several {
		p.Files[Main] = p.Text
		return
	}
	p.Files[Main] = "use \"parts/vocabulary.ctl\"\nuse \"parts/policies.ctl\"\n" + outcomes
	p.Files["parts/vocabulary.ctl"] = "use \"terms.ctl\"\n" + strings.ReplaceAll(vocabulary, `from "lists/`, `from "../lists/`)
	p.Files["parts/terms.ctl"] = "use \"vocabulary.ctl\"\n" + terms
	p.Files["parts/policies.ctl"] = "use \"../random.ctl\"\n" + policies
}

package randpolicy

import (
	"maps"
	"strings"

	"pgregory.net/rapid"
)

// revisions are what a later version of the vocabulary may say otherwise, in rules and in files: the
// terms, the groups and the data have their names still.
var revisions = [][2]string{
	{"term Heavy of Part: w >= 3", "term Heavy of Part: w > 3"},
	{"term Odd of Part: g != a or not h", "term Odd of Part: g != b or not h"},
	{"term Apt of Part: fit and not Heavy", "term Apt of Part: fit or not Heavy"},
	{"term Far of Land: not in (US, IN) and not ally", "term Far of Land: not in (US, FR) and not ally"},
	{"term Poor of Firm: not score >= 3", "term Poor of Firm: not score > 1"},
	{"term Old of Firm: since within 10 years before 2015-02-28", "term Old of Firm: since within 1 year before 2015-02-28"},
	{"group Early of Land: since 2010-01-01: US,", "group Early of Land: since 2020-06-01: US,"},
	{"group Blue of Land: US, FR", "group Blue of Land: IN, FR"},
	{`group Known of Firm: Listed, "D"`, `group Known of Firm: Listed, "Else"`},
	{`"1a", "1 A.x" since 2010-01-01, "2b"`, `"1 A.x" since 2010-01-01, "2b", "Z"`},
	{"value much = 1 since 2010-01-01,", "value much = 3 since 2005-05-05,"},
	{"value near = 1 km,", "value near = 3 km,"},
	{"A,3,2010-01-01\nB,1,\n", "A,1,2020-06-01\nB,3,\n"},
	{"US,x,2,X,,,X,a;zz\nFR,,4,X,X,,,\n", "US,y,4,X,X,,,a\nFR,x,2,X,,,X,\n"},
	{"FR,2010-01-01,\n", "IN,2010-01-01,\n"},
}

// Later draws a later version: the same policies over a vocabulary of which some things mean
// something else. Its facts are those of p.
func (p *Program) Later(t *rapid.T) *Program {
	later := *p
	later.Files = maps.Clone(p.Files)
	for _, r := range revisions {
		if rapid.Bool().Draw(t, "revised") {
			for name, text := range later.Files {
				later.Files[name] = strings.ReplaceAll(text, r[0], r[1])
			}
		}
	}
	return &later
}

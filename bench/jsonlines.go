package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/valyala/fastjson"

	"github.com/ctl-lang/ctl/interp"
)

// jsonExport is an Export as a line of JSON has it, quantities with their units.
type jsonExport struct {
	Item struct {
		Category   string `json:"category"`
		Form       string `json:"form"`
		Range      string `json:"range"`
		Payload    string `json:"payload"`
		Production bool   `json:"production"`
	} `json:"item"`
	Recipient struct {
		ID       string `json:"id"`
		Controls bool   `json:"controls"`
		Adherent bool   `json:"adherent"`
	} `json:"recipient"`
	Program struct {
		Purpose string `json:"purpose"`
		Vetted  bool   `json:"vetted"`
	} `json:"program"`
	Transfer struct {
		Undertakings bool `json:"undertakings"`
		Before       bool `json:"before"`
	} `json:"transfer"`
}

func (c *Export) json() jsonExport {
	var j jsonExport
	j.Item.Category, j.Item.Form, j.Item.Production = c.Item.Category, c.Item.Form, c.Item.Production
	j.Item.Range, j.Item.Payload = fmt.Sprint(c.Item.Range, " km"), fmt.Sprint(c.Item.Payload, " kg")
	j.Recipient.ID, j.Recipient.Controls, j.Recipient.Adherent = c.Recipient.ID, c.Recipient.Controls, c.Recipient.Adherent
	j.Program.Purpose, j.Program.Vetted = c.Program.Purpose, c.Program.Vetted
	j.Transfer.Undertakings, j.Transfer.Before = c.Transfer.Undertakings, c.Transfer.Before
	return j
}

// jsonLines is a text of JSON lines.
type jsonLines struct {
	text   []byte
	starts []int // of the lines, and the end
}

func newJSONLines(cases []Export) (*jsonLines, error) {
	l := &jsonLines{starts: []int{0}}
	for i := range cases {
		line, err := json.Marshal(cases[i].json())
		if err != nil {
			return nil, err
		}
		l.text = append(append(l.text, line...), '\n')
		l.starts = append(l.starts, len(l.text))
	}
	return l, nil
}

// engine reads every line, which is cut out at its newline as it would be from a
// stream. read is made anew for each engine.
func (l *jsonLines) engine(name string, mute bool, read func() (func(line []byte) (Answer, error), error)) Engine {
	return Engine{Name: name, Mute: mute, Load: func() (Loaded, error) {
		read, err := read()
		return func() (Run, error) {
			return func(lo, hi int, out []Answer) error {
				rest := l.text[l.starts[lo]:]
				for i := lo; i < hi; i++ {
					end := bytes.IndexByte(rest, '\n')
					answer, err := read(rest[:end])
					if err != nil {
						return err
					}
					out[i], rest = answer, rest[end+1:]
				}
				return nil
			}, nil
		}, err
	}}
}

// scanner decodes with fastjson's Scanner, which finds the ends of the lines itself.
func (l *jsonLines) scanner() Engine {
	return Engine{Name: jsonScanned, Mute: true, Load: func() (Loaded, error) {
		return func() (Run, error) {
			var s fastjson.Scanner
			return func(lo, hi int, _ []Answer) error {
				s.InitBytes(l.text[l.starts[lo]:l.starts[hi]])
				for s.Next() {
				}
				return s.Error()
			}, nil
		}, nil
	}}
}

// reader is an engine's way with a line that needs nothing before.
func reader(read func(line []byte) (Answer, error)) func() (func([]byte) (Answer, error), error) {
	return func() (func([]byte) (Answer, error), error) { return read, nil }
}

// The rows of the JSON lines.
const (
	jsonDecoded = "only decoding with fastjson's Parser"
	jsonScanned = "only decoding with fastjson's Scanner"
	jsonCtl     = "Ctl, Bind[interp.JSON]"
)

// jsonWorkload is the policy of 25 rules on JSON lines. fastjson is used as its authors
// say is fastest: one Parser for all lines; what it parsed is looked at by nobody.
func jsonWorkload(n int) (*Workload, *jsonLines, error) {
	lines, err := newJSONLines(randomExports(n))
	if err != nil {
		return nil, nil, err
	}
	engines := []Engine{
		lines.engine("hand-written Go on fastjson", false, func() (func([]byte) (Answer, error), error) {
			var p fastjson.Parser
			return func(line []byte) (Answer, error) {
				v, err := p.ParseBytes(line)
				if err != nil {
					return 0, err
				}
				c, err := readExport(v)
				return c.decide(), err
			}, nil
		}),
		lines.engine(jsonCtl, false, func() (func([]byte) (Answer, error), error) {
			b, err := ctlBind[interp.JSON](ctlText(mtcrCtl))
			return func(line []byte) (Answer, error) {
				facts := interp.JSON(line)
				d, err := b.Decide(&facts)
				if err != nil {
					return 0, err
				}
				return ctlAnswer(d)
			}, err
		}),
		lines.engine(jsonDecoded, true, func() (func([]byte) (Answer, error), error) {
			var p fastjson.Parser
			return func(line []byte) (Answer, error) {
				_, err := p.ParseBytes(line)
				return 0, err
			}, nil
		}),
		lines.scanner(),
		lines.engine("only decoding with encoding/json", true, reader(func(line []byte) (Answer, error) {
			var j jsonExport
			return 0, json.Unmarshal(line, &j)
		})),
		lines.engine("only finding the ends of the lines", true, reader(func([]byte) (Answer, error) { return 0, nil })),
	}
	return &Workload{Name: "json", Title: "JSON lines", Cases: n, Engines: engines}, lines, nil
}

// readExport takes the facts out of a parsed line, without allocations.
func readExport(v *fastjson.Value) (c Export, err error) {
	text := func(path ...string) string { return knownTexts[string(v.GetStringBytes(path...))] }
	c.Item.Category, c.Item.Form = text("item", "category"), text("item", "form")
	c.Item.Production = v.GetBool("item", "production")
	if c.Item.Range, err = quantity(v.GetStringBytes("item", "range"), " km"); err != nil {
		return c, err
	}
	if c.Item.Payload, err = quantity(v.GetStringBytes("item", "payload"), " kg"); err != nil {
		return c, err
	}
	c.Recipient.ID = text("recipient", "id")
	c.Recipient.Controls, c.Recipient.Adherent = v.GetBool("recipient", "controls"), v.GetBool("recipient", "adherent")
	c.Program.Purpose, c.Program.Vetted = text("program", "purpose"), v.GetBool("program", "vetted")
	c.Transfer.Undertakings, c.Transfer.Before = v.GetBool("transfer", "undertakings"), v.GetBool("transfer", "before")
	return c, nil
}

// knownTexts saves making a text of bytes that are known.
var knownTexts = func() map[string]string {
	m := make(map[string]string)
	for _, list := range [][]string{categories, forms, purposes, countries} {
		for _, t := range list {
			m[t] = t
		}
	}
	return m
}()

// quantity reads a whole number of a unit.
func quantity(text []byte, unit string) (int, error) {
	number, ok := bytes.CutSuffix(text, []byte(unit))
	if !ok {
		return 0, fmt.Errorf("%q is not in%s", text, unit)
	}
	return strconv.Atoi(string(number))
}

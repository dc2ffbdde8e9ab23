package convert

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/lang"
)

// dmnSpaces are the namespaces of DMN 1.1 to 1.5.
var dmnSpaces = []string{
	"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20191111/MODEL/",
	"https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/",
}

// mostLevels is how deep elements may stand within one another.
const mostLevels = 100

// dmnText is an element with a text in it.
type dmnText struct {
	Text string `xml:"text"`
}

type dmnInput struct {
	Label      string `xml:"label,attr"`
	Expression struct {
		dmnText
		Type string `xml:"typeRef,attr"`
	} `xml:"inputExpression"`
	Values *dmnText `xml:"inputValues"`
}

type dmnOutput struct {
	Name    string   `xml:"name,attr"`
	Values  *dmnText `xml:"outputValues"`
	Default *dmnText `xml:"defaultOutputEntry"`
}

type dmnRule struct {
	Description string    `xml:"description"`
	Inputs      []dmnText `xml:"inputEntry"`
	Outputs     []dmnText `xml:"outputEntry"`
}

type dmnTable struct {
	HitPolicy   string      `xml:"hitPolicy,attr"`
	Aggregation string      `xml:"aggregation,attr"`
	Inputs      []dmnInput  `xml:"input"`
	Outputs     []dmnOutput `xml:"output"`
	Rules       []dmnRule   `xml:"rule"`
}

type dmnDecision struct {
	ID    string    `xml:"id,attr"`
	Name  string    `xml:"name,attr"`
	Table *dmnTable `xml:"decisionTable"`
	Needs []struct {
		Decision *struct{} `xml:"requiredDecision"`
	} `xml:"informationRequirement"`
	Knows []struct{} `xml:"knowledgeRequirement"`
}

// DMN converts the decision table of a DMN file; of several the one of a name or an id.
func DMN(data []byte, name string) (*Table, error) {
	if err := ownElements(data); err != nil {
		return nil, err
	}
	var file struct {
		Decisions []dmnDecision `xml:"decision"`
	}
	if err := xml.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("this is no DMN: %w", err)
	}
	var names []string
	var found []dmnDecision
	for _, d := range file.Decisions {
		if d.Table != nil {
			names = append(names, "`"+d.Name+"`")
		}
		if name == "" && d.Table != nil || name != "" && (d.Name == name || d.ID == name) {
			found = append(found, d)
		}
	}
	switch {
	case len(found) == 1 && found[0].Table == nil:
		return nil, fmt.Errorf("the decision `%s` is no decision table", name)
	case len(found) == 1:
		return found[0].convert()
	case len(names) == 0:
		return nil, errors.New("there is no decision table in it")
	}
	return nil, fmt.Errorf("say which decision is meant with --decision: there are %s", strings.Join(names, ", "))
}

// ownElements refuses a file whose elements are not those of DMN, but for diagrams and extensions.
func ownElements(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	space, depth := "", 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			if space == "" {
				return errors.New("this is no DMN: it is empty")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("this is no DMN: %w", err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if depth++; depth > mostLevels {
				return errors.New("this is no DMN: its elements stand too deep within one another")
			}
			switch {
			case space == "":
				if tok.Name.Local != "definitions" || !slices.Contains(dmnSpaces, tok.Name.Space) {
					return fmt.Errorf("this is no DMN 1.1 to 1.5: it begins with `%s` of the namespace `%s`", tok.Name.Local, tok.Name.Space)
				}
				space = tok.Name.Space
			case tok.Name.Local == "extensionElements" || tok.Name.Local == "DMNDI":
				if err := d.Skip(); err != nil {
					return fmt.Errorf("this is no DMN: %w", err)
				}
				depth--
			case tok.Name.Space != space:
				line, _ := d.InputPos()
				return fmt.Errorf("line %d: `%s` is of another namespace (`%s`), and what it means is not known", line, tok.Name.Local, tok.Name.Space)
			}
		case xml.EndElement:
			depth--
		}
	}
}

// convert makes a table of a decision.
func (d *dmnDecision) convert() (*Table, error) {
	var wrong Refusals
	in := d.Table
	t := &Table{Decides: "first", Notes: []string{fmt.Sprintf("From the decision table `%s`.", d.Name)}}
	hit := strings.ToUpper(in.HitPolicy)
	switch hit {
	case "", "UNIQUE":
		t.Notes = append(t.Notes, "Its rows are said to exclude one another (UNIQUE): `ctl check` tells which do not.")
	case "ANY":
		t.Notes = append(t.Notes, "Rows that apply together are said to come to the same (ANY).")
	case "FIRST":
	case "PRIORITY":
		t.Decides = "strictest"
	default:
		wrong.add("hit policy", "`%s` gives a list of outputs, and one is decided here: UNIQUE, FIRST, ANY and PRIORITY are taken", in.HitPolicy)
	}
	if in.Aggregation != "" {
		wrong.add("hit policy", "outputs are not aggregated (`%s`)", in.Aggregation)
	}
	for _, n := range d.Needs {
		if n.Decision != nil {
			wrong.add("", "an input comes from another decision: convert that by itself, and tell its outcome as a fact")
			break
		}
	}
	if len(d.Knows) > 0 {
		wrong.add("", "it calls functions of the model, which are not converted")
	}
	if len(in.Outputs) != 1 {
		wrong.add("output", "there are %d, and one is decided", len(in.Outputs))
		return nil, wrong
	}
	if len(in.Rules) == 0 {
		wrong.add("", "it has no rules")
	}
	for i := range in.Inputs {
		t.input(&in.Inputs[i], i, &wrong)
	}
	t.Heading = append(t.Heading, "outcome", "because")
	for n, r := range in.Rules {
		t.rule(in, n+1, r, &wrong)
	}
	t.ranked(hit, in.Outputs[0], &wrong)
	return t, wrong.err()
}

var plainPath = regexp.MustCompile(`^[\pL_][\pL\d_ ]*(\.[\pL_][\pL\d_ ]*)?$`)

// feelWords are words of FEEL that stand in no name.
var feelWords = []string{"true", "false", "null", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not", "between", "instance", "of", "function"}

// dmnTypes are the types that are taken, as they are called here.
var dmnTypes = map[string]string{"string": "text", "boolean": "bool", "number": "number", "integer": "number", "long": "number", "double": "number", "date": "date"}

// input is a column of facts.
func (t *Table) input(in *dmnInput, i int, wrong *Refusals) {
	said := strings.TrimSpace(in.Expression.Text)
	at := fmt.Sprintf("input %d (`%s`)", i+1, said)
	f := Fact{Role: "input"}
	t.Facts = append(t.Facts, f)
	t.Heading = append(t.Heading, "")
	if !plainPath.MatchString(said) || slices.ContainsFunc(strings.Fields(said), func(w string) bool { return slices.Contains(feelWords, w) }) {
		wrong.add(at, "its expression is no plain name of a fact")
		return
	}
	role, attr, nested := strings.Cut(said, ".")
	if !nested {
		role, attr = "input", said
	}
	f.Role, f.Attr = Name(role), Name(attr)
	if f.Role == "" || f.Attr == "" {
		wrong.add(at, "no name can be made of it")
		return
	}
	_, local, spaced := strings.Cut(in.Expression.Type, ":")
	if !spaced {
		local = in.Expression.Type
	}
	if f.Type = dmnTypes[local]; f.Type == "" {
		wrong.add(at, "its type `%s` is none of string, boolean, number, integer, long, double and date", in.Expression.Type)
	}
	if in.Values != nil && f.Type == "text" {
		if names, ok := texts(in.Values.Text); ok && len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !lang.IsName(n) }) {
			f.Type = strings.Join(names, " | ")
		}
	}
	name := f.Role + "." + f.Attr
	if slices.Contains(t.Heading, name) {
		wrong.add(at, "there are two inputs of this name")
	}
	t.Facts[i], t.Heading[i] = f, name
}

// texts are the texts of a list of literals.
func texts(list string) (out []string, ok bool) {
	parts, ok := split(list)
	for _, p := range parts {
		text, is := literalText(p)
		if !is {
			return nil, false
		}
		out = append(out, text)
	}
	return out, ok
}

// rule is a row.
func (t *Table) rule(in *dmnTable, n int, r dmnRule, wrong *Refusals) {
	if len(r.Inputs) != len(in.Inputs) || len(r.Outputs) != 1 {
		wrong.add(fmt.Sprintf("rule %d", n), "it has %d input entries and %d output entries, and the table has %d inputs", len(r.Inputs), len(r.Outputs), len(in.Inputs))
		return
	}
	var row []string
	for i, cell := range r.Inputs {
		text, err := feelCell(strings.TrimSpace(cell.Text), t.Facts[i].Type)
		if err != nil {
			wrong.add(fmt.Sprintf("rule %d, input %d (`%s`)", n, i+1, strings.TrimSpace(in.Inputs[i].Expression.Text)), "%s", err)
		}
		row = append(row, text)
	}
	out := strings.TrimSpace(r.Outputs[0].Text)
	text, ok := literalText(out)
	if !ok {
		wrong.add(fmt.Sprintf("rule %d, output", n), "`%s` is no text in quotes", out)
	}
	name := t.outcome(text, fmt.Sprintf("rule %d, output", n), ok, wrong)
	t.Rows = append(t.Rows, append(row, name, plain.CSV(strings.Join(strings.Fields(r.Description), " "))))
}

// outcome is the name of an output.
func (t *Table) outcome(text, at string, ok bool, wrong *Refusals) string {
	name := text
	if !lang.IsName(text) {
		name = Name(text)
	}
	i := slices.IndexFunc(t.Outcomes, func(o Outcome) bool { return o.Name == name })
	switch {
	case !ok:
	case name == "":
		wrong.add(at, "no outcome can be made of `%s`", text)
	case i < 0:
		t.Outcomes = append(t.Outcomes, Outcome{name, text})
	case t.Outcomes[i].Title != text:
		wrong.add(at, "`%s` and `%s` would be one outcome, `%s`", text, t.Outcomes[i].Title, name)
	}
	return name
}

// ranked puts the outcomes in the order of the output values, the first of which has priority.
func (t *Table) ranked(hit string, out dmnOutput, wrong *Refusals) {
	var order []string
	if out.Values != nil {
		names, ok := texts(out.Values.Text)
		if !ok {
			wrong.add("output values", "`%s` is no list of texts in quotes", out.Values.Text)
		}
		order = names
	}
	if hit == "PRIORITY" && len(order) == 0 {
		wrong.add("output values", "the hit policy PRIORITY needs them, in their order")
	}
	for _, text := range order {
		t.outcome(text, "output values", true, wrong)
	}
	if out.Default != nil {
		said := strings.TrimSpace(out.Default.Text)
		text, ok := literalText(said)
		if !ok {
			wrong.add("default output", "`%s` is no text in quotes", said)
		}
		t.Otherwise = t.outcome(text, "default output", ok, wrong)
	}
	rank := func(o Outcome) int {
		if i := slices.Index(order, o.Title); i >= 0 {
			return i
		}
		return len(order)
	}
	if hit == "PRIORITY" {
		for _, o := range t.Outcomes {
			if rank(o) == len(order) && o.Name != t.Otherwise {
				wrong.add("output values", "`%s` is an output, and not among them", o.Title)
			}
		}
	}
	slices.SortStableFunc(t.Outcomes, func(a, b Outcome) int { return rank(a) - rank(b) })
	if hit != "PRIORITY" {
		t.Notes = append(t.Notes, "Order the outcomes, the strictest first.")
	}
}

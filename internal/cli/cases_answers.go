package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/internal/book"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// answerHeadings are the columns that answers add to a table of cases.
var answerHeadings = []string{"status", "outcome", "rules", "obligations", "possible", "missing", "problem"}

// withProblem is the status of a row that is no case.
const withProblem = "error"

// answersForm is how answers are written.
type answersForm uint8

const (
	csvForm answersForm = iota
	tsvForm
	jsonLinesForm
	bookForm
)

// formOf is the form that the name of a file asks for.
func formOf(name string) (answersForm, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return csvForm, nil
	case ".tsv":
		return tsvForm, nil
	case ".jsonl":
		return jsonLinesForm, nil
	case ".xlsx":
		return bookForm, nil
	}
	if name == "" {
		return csvForm, nil
	}
	return 0, usage("--out %s: its name says in which form the answers are written: .csv, .tsv, .jsonl or .xlsx", name)
}

// caseAnswer is what is answered to a row.
type caseAnswer struct {
	line     int
	cells    []string
	raw      string           // the row as it stands in the table; "" where that is not to be written again
	d        *interp.Decision // nil where there are problems
	problems []cellProblem
}

// texts are the cells that it adds to the row.
func (a *caseAnswer) texts(c *caseColumns) [7]string {
	if a.d == nil {
		return [7]string{0: withProblem, 6: a.problem(c)}
	}
	var out [7]string
	out[0] = string(a.d.Status)
	if a.d.Outcome != nil {
		out[1] = a.d.Outcome.Name
	}
	switch len(a.d.Rules) {
	case 0:
	case 1:
		out[2] = a.d.Rules[0].Label
	default:
		out[2] = strings.Join(a.rules(), ", ")
	}
	out[3] = strings.Join(a.d.Obligations, "; ")
	out[4] = strings.Join(a.possible(), ", ")
	out[5] = strings.Join(a.missing(), ", ")
	return out
}

func (a *caseAnswer) rules() []string {
	out := make([]string, len(a.d.Rules))
	for i, r := range a.d.Rules {
		out[i] = r.Label
	}
	return out
}

func (a *caseAnswer) possible() []string {
	out := make([]string, len(a.d.Possible))
	for i, p := range a.d.Possible {
		out[i] = p.Name()
	}
	return out
}

func (a *caseAnswer) missing() []string {
	out := make([]string, len(a.d.Needs))
	for i, n := range a.d.Needs {
		out[i] = n.Fact
	}
	return out
}

// said is what is wrong in a cell, with its heading.
func (p cellProblem) said(c *caseColumns) (heading, text string) {
	text = p.Message
	if p.Fix != nil {
		text += " (" + p.Fix.Label + ")"
	}
	if p.column >= 0 {
		heading = c.columns[p.column].heading
	}
	return heading, text
}

func (a *caseAnswer) problem(c *caseColumns) string {
	var parts []string
	for _, p := range a.problems {
		heading, text := p.said(c)
		if heading != "" {
			text = heading + ": " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// caseAnswers writes the answers to a table.
type caseAnswers struct {
	run     *casesRun
	form    answersForm
	w       io.Writer
	comma   byte
	carried []int // the columns of the table that are written again
	asIs    bool  // a row can be written again as it stands, if none of its cells is a formula
	book    *book.Writer
	begun   bool
}

func newAnswersOf(run *casesRun, form answersForm, w io.Writer) *caseAnswers {
	a := &caseAnswers{run: run, form: form, w: w, comma: ','}
	switch {
	case form == tsvForm:
		a.comma = '\t'
	case !isBook(run.name):
		a.comma = run.head.Separator()
	}
	for i, col := range run.columns.columns {
		if col.says != "" || !slices.Contains(answerHeadings, col.heading) { // those of an earlier answer give way
			a.carried = append(a.carried, i)
		}
	}
	a.asIs = len(a.carried) == len(run.columns.columns) && a.comma == run.head.Separator()
	return a
}

// heading is the first line: that of the table, and that of the answers.
func (a *caseAnswers) heading() []string {
	var out []string
	for _, i := range a.carried {
		out = append(out, a.run.columns.columns[i].heading)
	}
	for _, h := range answerHeadings {
		if slices.Contains(out, h) { // a fact has that name
			h = "answer " + h
		}
		out = append(out, h)
	}
	return out
}

// pieceAnswers are the answers to a piece of the table.
type pieceAnswers struct {
	*caseAnswers
	text  bytes.Buffer
	json  *json.Encoder
	rows  [][]any
	tally *tally
	err   error // why it ends before the end of the piece
}

func (a *caseAnswers) piece() *pieceAnswers {
	p := &pieceAnswers{caseAnswers: a, tally: newTally()}
	p.json = json.NewEncoder(plain.JSONWriter{W: &p.text})
	p.json.SetEscapeHTML(false)
	return p
}

// put adds an answer.
func (p *pieceAnswers) put(answer *caseAnswer) {
	p.tally.count(answer, p.run.columns)
	switch p.form {
	case jsonLinesForm:
		_ = p.json.Encode(p.line(answer)) // to a buffer
	case bookForm:
		p.rows = append(p.rows, p.bookRow(answer))
	default:
		if p.asIs && answer.isPlain() {
			p.text.WriteString(answer.raw)
		} else {
			for n, i := range p.carried {
				p.field(n, plain.CSV(answer.cells[i]))
			}
		}
		for n, text := range answer.texts(p.run.columns) {
			p.field(n+len(p.carried), plain.CSV(text))
		}
		p.text.WriteByte('\n')
	}
}

// field adds a field of CSV at a place of a row.
func (p *pieceAnswers) field(n int, text string) {
	if n > 0 {
		p.text.WriteByte(p.comma)
	}
	if strings.IndexByte(text, p.comma) < 0 && strings.IndexByte(text, '"') < 0 && (n > 0 || text != "") { // of breaks there are none in it
		p.text.WriteString(text)
		return
	}
	p.text.WriteByte('"')
	p.text.WriteString(strings.ReplaceAll(text, `"`, `""`))
	p.text.WriteByte('"')
}

// isPlain says whether a row shows what its cells hold, and nothing that a spreadsheet would compute.
func (a *caseAnswer) isPlain() bool {
	for _, cell := range a.cells {
		if plain.CSV(cell) != cell {
			return false
		}
	}
	return a.raw != ""
}

// caseLine is an answer as a line of JSON.
type caseLine struct {
	Line        int               `json:"line"`
	Cells       map[string]string `json:"cells"`
	Status      string            `json:"status"` // or "error"
	Outcome     *string           `json:"outcome"`
	Rules       []string          `json:"rules"`
	Obligations []string          `json:"obligations"`
	Possible    []string          `json:"possible"`
	Missing     []string          `json:"missing"`
	Problems    []lineProblem     `json:"problems"`
}

type lineProblem struct {
	Heading string `json:"heading,omitempty"`
	Problem string `json:"problem"`
}

func (p *pieceAnswers) line(a *caseAnswer) caseLine {
	out := caseLine{Line: a.line, Status: withProblem, Cells: map[string]string{}, Rules: []string{}, Obligations: []string{}, Possible: []string{}, Missing: []string{}, Problems: []lineProblem{}}
	for _, i := range p.carried {
		out.Cells[p.run.columns.columns[i].heading] = a.cells[i]
	}
	for _, problem := range a.problems {
		heading, text := problem.said(p.run.columns)
		out.Problems = append(out.Problems, lineProblem{heading, text})
	}
	if a.d == nil {
		return out
	}
	out.Status = string(a.d.Status)
	if a.d.Outcome != nil {
		out.Outcome = &a.d.Outcome.Name
	}
	out.Rules, out.Possible, out.Missing = a.rules(), a.possible(), a.missing()
	out.Obligations = append(out.Obligations, a.d.Obligations...)
	return out
}

// write writes the answers to a piece, behind those to the pieces before it.
func (a *caseAnswers) write(p *pieceAnswers) error {
	if err := a.begin(); err != nil {
		return err
	}
	if a.book != nil {
		for _, row := range p.rows {
			if err := a.book.Row(row); err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := p.text.WriteTo(a.w); err != nil {
		return fmt.Errorf("cannot write the answers: %w", err)
	}
	return nil
}

// begin writes the heading.
func (a *caseAnswers) begin() (err error) {
	if a.begun {
		return nil
	}
	a.begun = true
	switch a.form {
	case jsonLinesForm:
		return nil
	case bookForm:
		a.book, err = book.NewWriter(a.heading())
		return err
	}
	p := a.piece()
	for n, h := range a.heading() {
		p.field(n, plain.CSV(h))
	}
	p.text.WriteByte('\n')
	_, err = p.text.WriteTo(a.w)
	return err
}

// end writes what comes behind all answers.
func (a *caseAnswers) end() error {
	if a.book == nil {
		return nil
	}
	return a.book.End(a.w)
}

// tally counts answers.
type tally struct {
	cases    int
	outcomes map[string]int
	statuses map[interp.Status]int
	bad      int
	problems []string // the first of them
}

// mostShown is how many bad cells are shown besides in the answers.
const mostShown = 20

func newTally() *tally {
	return &tally{outcomes: map[string]int{}, statuses: map[interp.Status]int{}}
}

func (t *tally) count(a *caseAnswer, c *caseColumns) {
	t.cases++
	switch {
	case a.d == nil:
		t.bad++
		for _, p := range a.problems {
			if len(t.problems) < mostShown {
				heading, text := p.said(c)
				if heading != "" {
					text = heading + ": " + text
				}
				t.problems = append(t.problems, strconv.Itoa(a.line)+": "+text)
			}
		}
	case a.d.Outcome != nil:
		t.outcomes[a.d.Outcome.Name]++
	default:
		t.statuses[a.d.Status]++
	}
}

func (t *tally) add(u *tally) {
	t.cases += u.cases
	t.bad += u.bad
	for name, n := range u.outcomes {
		t.outcomes[name] += n
	}
	for status, n := range u.statuses {
		t.statuses[status] += n
	}
	t.problems = append(t.problems, u.problems[:min(len(u.problems), mostShown-len(t.problems))]...)
}

// status is the exit status: whether every row is a case, and decided.
func (t *tally) status() int {
	switch {
	case t.bad > 0:
		return exitUsage
	case len(t.statuses) > 0:
		return exitUndecided
	}
	return exitOK
}

// show says what the cases came to.
func (t *tally) show(a *App, r *casesRun) {
	for _, p := range t.problems {
		fmt.Fprintf(a.problems(), "%s:%s\n", r.name, p)
	}
	if t.bad > 0 && len(t.problems) == mostShown {
		fmt.Fprintln(a.problems(), "what else is wrong stands in the answers, in the column problem")
	}
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	for _, o := range r.prog.Outcomes() {
		add(t.outcomes[o.Name], o.Name)
	}
	for _, s := range []interp.Status{interp.Undetermined, interp.Undecided, interp.Conflict} {
		add(t.statuses[s], string(s))
	}
	add(t.bad, "with a problem")
	cases := "1 case"
	if t.cases != 1 {
		cases = fmt.Sprintf("%d cases", t.cases)
	}
	if len(parts) > 0 {
		cases += ": " + strings.Join(parts, ", ")
	}
	fmt.Fprintf(a.problems(), "%s%s\n", cases, r.readAs())
}

// readAs says how the table was read, where nobody said it.
func (r *casesRun) readAs() string {
	by := map[byte]string{';': "semicolons", '\t': "tabs", '|': "bars"}[r.head.Separator()]
	var parts []string
	if by != "" && !isBook(r.name) {
		parts = append(parts, by+" between the fields")
	}
	if r.columns.decimal == ',' {
		parts = append(parts, "decimal commas")
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// casesRun decides the cases of a table, in pieces, on all cores.
type casesRun struct {
	prog    *interp.Program
	policy  string       // that the command line names
	given   *interp.Case // the facts that hold for all, and the date
	columns *caseColumns
	head    *table.Reader
	answers *caseAnswers // what is written
	blocks  *table.Blocks
	first   table.Block
	done    atomic.Int64 // rows
	name    string
}

// decideCases decides the case in every row of a table.
func (cmd *decideCmd) decideCases(a *App) error {
	if cmd.JSON || cmd.Lines != "" {
		return usage("--cases prints a table, or --out writes it: it goes with neither --lines nor --json")
	}
	form, err := formOf(cmd.Out)
	if err != nil {
		return err
	}
	if ext := filepath.Ext(cmd.Cases); ext == ".ctl" || ext == ".ctlc" {
		return usage("--cases names the table of cases, and %s is a rule file: as in `ctl decide %[1]s --cases cases.csv`", cmd.Cases)
	}
	files, facts := cmd.words()
	prog, err := a.load(files, cmd.memberFlags)
	if err != nil {
		return err
	}
	given, err := cmd.fill(a, prog, facts)
	if err != nil {
		return err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(fewCollections))
	ctx, stop := interruptible()
	defer stop()
	in, err := a.openCases(cmd.Cases, cmd.tableFlags)
	if err != nil {
		return err
	}
	defer in.Close()
	run := &casesRun{prog: prog, policy: cmd.Policy, given: given, name: cmd.Cases, blocks: table.NewBlocks(in)}
	if err := run.open(a, cmd.tableFlags); err != nil {
		return err
	}
	var out *osfile.New
	to := a.Stdout
	if cmd.Out != "" {
		if out, err = osfile.Create(cmd.Out, 0o666); err != nil {
			return usage("cannot write %s: %s", cmd.Out, plainError(err))
		}
		to = out
	}
	run.answers = newAnswersOf(run, form, to)
	status, err := run.decide(ctx, a)
	if out != nil && err != nil {
		out.Drop()
		return err
	}
	if out != nil {
		if err := out.Keep(); err != nil {
			return usage("cannot write %s: %s", cmd.Out, plainError(err))
		}
	}
	if err == nil && status != exitOK {
		return silent(status)
	}
	return err
}

// fewCollections is how much larger than what is kept, in percent, the memory grows before it is
// tidied: little is kept of many cases.
const fewCollections = 800

// open reads the heading of the table.
func (r *casesRun) open(a *App, flags tableFlags) error {
	var err error
	if r.columns, err = flags.columnsBy(a, r.prog, answerHeadings); err != nil {
		return err
	}
	by, err := flags.separator()
	if err != nil {
		return err
	}
	r.first, err = r.blocks.Next()
	switch {
	case errors.Is(err, io.EOF):
		return usage("%s is empty: a table of cases begins with a heading of fact names", r.name)
	case err != nil:
		return r.unreadable(err)
	}
	r.head = r.first.Reader()
	r.head.Separated(by)
	src := lang.NewSource(r.name, r.first.Text)
	t := &caseTable{caseColumns: r.columns, src: src}
	first, found, err := r.head.Heading(r.columns.isHeading)
	switch {
	case (err != nil || !found) && !isTable(r.name):
		return &failure{exitUsage, t.noTable()}
	case errors.Is(err, io.EOF):
		return usage("%s is empty: a table of cases begins with a heading of fact names", r.name)
	case err != nil:
		return &failure{exitUsage, t.malformed(err)}
	}
	r.columns.question = r.head.Separator() == ';' || isBook(r.name)
	row := t.row(first)
	ds := r.columns.read(src, row.fields, row.spans)
	for _, f := range r.given.Facts() {
		if i := r.columns.is(f.Name); i >= 0 {
			ds = append(ds, (&lang.Diagnostic{Source: src, Span: row.spans[i]}).Say("`%s` is a column, and given for all cases", f.Name))
		}
	}
	if r.columns.is(policyColumn) < 0 {
		if _, err := r.prog.PolicyOn(r.policy, r.given.Date()); err != nil && (r.columns.is(asOfColumn) < 0 || r.policy == "" && len(r.prog.AllSeries()) != 1) {
			return &failure{exitUsage, addHint(err, "name it with -p, or in a column `policy`")}
		}
	}
	if len(ds) > 0 {
		return &failure{exitUsage, ds}
	}
	r.head.Reuse = true
	return nil
}

// unreadable is the error of a table that cannot be read to its end.
func (r *casesRun) unreadable(err error) error {
	var te *table.Error
	if errors.As(err, &te) {
		return usage("%s:%d: %s", r.name, te.Line, te.Message)
	}
	return usage("cannot read %s: %s", r.name, plainError(err))
}

// casesPiece is a piece of the table, and what is answered to it.
type casesPiece struct {
	rows    func() (*table.Reader, error)
	answers *pieceAnswers
	ready   chan struct{}
}

// decide answers all rows in their order; the status is that of the worst.
func (r *casesRun) decide(ctx context.Context, a *App) (status int, err error) {
	stop := a.progressOf(func() string { return fmt.Sprintf("deciding %s: %d cases", r.name, r.done.Load()) })
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cores := runtime.GOMAXPROCS(0)
	todo, inOrder := make(chan *casesPiece), make(chan *casesPiece, 2*cores)
	var readErr error
	go func() {
		defer close(todo)
		defer close(inOrder)
		readErr = r.pieces(ctx, todo, inOrder)
	}()
	for range cores {
		go func() {
			w := r.worker()
			for piece := range todo {
				w.decide(ctx, piece)
				close(piece.ready)
			}
		}()
	}
	total := newTally()
	for piece := range inOrder {
		<-piece.ready
		if err == nil {
			err = r.answers.write(piece.answers)
		}
		total.add(piece.answers.tally)
		if err == nil {
			err = piece.answers.err
		}
		if err != nil { // what is under way ends without being looked at
			cancel()
		}
	}
	stop()
	switch {
	case ctx.Err() != nil && err == nil, errors.Is(err, context.Canceled):
		return 0, &failure{exitInterrupted, errors.New("interrupted, so there is no answer")}
	case err == nil:
		err = readErr
	}
	if err == nil && total.cases == 0 {
		return 0, usage("%s has a heading and no case", r.name)
	}
	if err == nil {
		err = r.answers.end()
	}
	total.show(a, r)
	var te *table.Error
	switch {
	case errors.As(err, &te):
		return 0, r.unreadable(err)
	case err != nil:
		return 0, usage("%s", plainError(err))
	}
	return total.status(), nil
}

// pieces hands out the pieces of the table.
func (r *casesRun) pieces(ctx context.Context, todo, inOrder chan<- *casesPiece) error {
	piece := &casesPiece{rows: func() (*table.Reader, error) { return r.head, nil }}
	for {
		piece.ready = make(chan struct{})
		select {
		case inOrder <- piece:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case todo <- piece:
		case <-ctx.Done():
			piece.answers = &pieceAnswers{err: ctx.Err(), tally: newTally()}
			close(piece.ready)
			return ctx.Err()
		}
		block, err := r.blocks.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		piece = &casesPiece{rows: func() (*table.Reader, error) { return r.head.Of(block), nil }}
	}
}

// casesWorker decides the rows of pieces, in one goroutine.
type casesWorker struct {
	*casesRun
	rows     *rowReader // nil where no row can be read as JSON
	deciders map[string]*decider
	open     map[string]*interp.Decision // by their JSON
	cells    []string                    // of the row at hand
	policyAt int                         // columns; -1 for none
	asOfAt   int
}

// decider is a policy on the days of some cases, or why there is none.
type decider struct {
	policy *interp.Policy
	bound  *interp.Bound[interp.JSON]
	err    error
	column int // where that is wrong
}

func (r *casesRun) worker() *casesWorker {
	return &casesWorker{
		casesRun: r, rows: newRowReader(r.columns, r.given.Facts()), deciders: map[string]*decider{}, open: map[string]*interp.Decision{},
		policyAt: r.columns.is(policyColumn), asOfAt: r.columns.is(asOfColumn),
	}
}

// decide answers the rows of a piece.
func (w *casesWorker) decide(ctx context.Context, piece *casesPiece) {
	out := w.answers.piece()
	piece.answers = out
	rows, err := piece.rows()
	for n := 0; err == nil; n++ {
		if n%64 == 0 && ctx.Err() != nil {
			err = ctx.Err()
			break
		}
		var row table.Row
		if row, err = rows.Read(); err != nil {
			if row.Fields == nil || errors.Is(err, io.EOF) {
				break
			}
			var te *table.Error
			errors.As(err, &te)
			out.put(&caseAnswer{line: row.Line, cells: w.padded(row.Cells()), problems: []cellProblem{{-1, &lang.Diagnostic{Message: te.Message}}}})
			err = nil
			continue
		}
		w.cells = row.CellsIn(w.cells)
		answer := caseAnswer{line: row.Line, cells: w.cells, raw: row.Raw()}
		w.answer(ctx, &answer)
		out.put(&answer)
	}
	w.done.Add(int64(out.tally.cases))
	if !errors.Is(err, io.EOF) {
		out.err = err
	}
}

// padded is a row that is shorter or longer than the heading, as one that is not.
func (w *casesWorker) padded(cells []string) []string {
	n := len(w.columns.columns)
	for len(cells) < n {
		cells = append(cells, "")
	}
	return cells[:n]
}

// answer decides the case of a row.
func (w *casesWorker) answer(ctx context.Context, out *caseAnswer) {
	by := w.decider(out.cells)
	if by.err != nil {
		out.problems = w.columns.tell(w.given.Clone(), out.cells)
		if by.column != w.asOfAt || by.column < 0 { // of a date it has been said
			out.problems = append(out.problems, inColumn(by.column, by.err)...)
		}
		return
	}
	key := ""
	if w.rows != nil {
		if text, ok := w.rows.read(out.cells); ok {
			d, err := by.bound.Decide(&text)
			if err == nil && d.Status != interp.Undetermined {
				out.d = d
				return
			}
			if err == nil { // what to find out only the policy says
				key = by.policy.Name + string(text)
				if d := w.open[key]; d != nil {
					out.d = d
					return
				}
			}
		}
	}
	c := w.given.Clone()
	if out.problems = w.columns.tell(c, out.cells); len(out.problems) > 0 {
		return
	}
	d, err := by.policy.Decide(ctx, c)
	if err != nil {
		out.problems = inColumn(-1, err)
		return
	}
	if out.d = d; key != "" {
		if len(w.open) >= mostKept {
			clear(w.open)
		}
		w.open[key] = d
	}
}

// decider is who decides a row: its own policy, or that of the command line, on its day.
func (w *casesWorker) decider(cells []string) *decider {
	policy, asOf := "", ""
	if w.policyAt >= 0 {
		policy = cells[w.policyAt]
	}
	if w.asOfAt >= 0 {
		asOf = cells[w.asOfAt]
	}
	key := policy + "\n" + asOf
	if by, ok := w.deciders[key]; ok {
		return by
	}
	if len(w.deciders) >= mostKept {
		clear(w.deciders)
	}
	by := w.newDecider(policy, asOf)
	w.deciders[strings.Clone(key)] = by
	return by
}

func (w *casesWorker) newDecider(policy, asOf string) *decider {
	by := &decider{column: w.policyAt}
	day := w.given.Date()
	if asOf != "" {
		on, err := interp.ParseDate(asOf)
		if err != nil {
			return &decider{err: err, column: w.asOfAt}
		}
		day = on
	}
	if policy == "" {
		policy = w.casesRun.policy
	}
	if by.policy, by.err = w.prog.PolicyOn(policy, day); by.err != nil {
		return by
	}
	for _, other := range w.deciders {
		if other.policy == by.policy {
			by.bound = other.bound
			return by
		}
	}
	bound, err := interp.Bind[interp.JSON](by.policy)
	if err == nil {
		bound, err = bound.On(w.given.Date())
	}
	by.bound, by.err = bound, err
	return by
}

// isTable says whether a name is that of a table, of which what is wrong may be shown.
func isTable(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt", ".tab":
		return true
	}
	return name == "-" || isBook(name)
}

package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/internal/convert"
	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/table"
)

type importCmd struct {
	File     string `arg:"" help:"A spreadsheet (.xlsx), a DMN file (.dmn) or Cedar policies (.cedar)."`
	Sheet    string `placeholder:"NAME" help:"The sheet of a spreadsheet, where several are shown."`
	Decision string `placeholder:"NAME" help:"The decision of a DMN file, where it has several tables."`
	Ctl      bool   `name:"ctl" help:"Of a table: write rules too, with a vocabulary guessed from headings and cells. They stand in the file of --output, and the table beside them."`
	Output   string `short:"o" placeholder:"FILE" help:"Write to this file, which is not there yet; by default to standard output."`
}

// Help is the long help text.
func (importCmd) Help() string {
	return `The sheet of a spreadsheet is written as CSV, as "rules from" and --cases read it. Formulas, merged cells, times and error values are refused with their places.

With --ctl -o rules.ctl a table becomes rules.csv, with facts as its headings, and rules.ctl with a first vocabulary, to be corrected by hand. One of its columns is called outcome.

Of DMN the decision tables with the hit policies UNIQUE, FIRST, ANY and PRIORITY are taken whose cells are plain unary tests, with one output of texts. Everything else is refused, cell by cell.

Of Cedar each policy becomes a rule, forbid over permit, with its annotations as its label and reason. Templates, extensions, tags and records are refused.

Examples:

    ctl import book.xlsx
    ctl import book.xlsx --ctl -o imported.ctl
    ctl import table.dmn --ctl -o decided.ctl
    ctl import policies.cedar
`
}

// Run imports a file.
func (cmd *importCmd) Run(a *App, out io.Writer) error {
	if cmd.Ctl && cmd.Output == "" {
		return usage("--ctl writes two files, rules and their table: name the rules with -o, as in -o rules.ctl")
	}
	if cmd.Ctl && !strings.HasSuffix(cmd.Output, ".ctl") {
		return usage("-o %s: the name of rules ends in .ctl", cmd.Output)
	}
	var text, rules []byte
	var err error
	switch ext := strings.ToLower(filepath.Ext(cmd.File)); ext {
	case ".xlsx":
		text, rules, err = cmd.sheet(a)
	case ".dmn":
		text, rules, err = cmd.dmn(a)
	case ".cedar":
		if cmd.Ctl {
			return usage("--ctl is said of tables: Cedar policies always become rules")
		}
		text, err = cmd.cedar()
	default:
		return usage("%s: what is imported ends in .xlsx, .dmn or .cedar", cmd.File)
	}
	var wrong convert.Refusals
	if errors.As(err, &wrong) {
		for line := range strings.SplitSeq(wrong.Error(), "\n") {
			fmt.Fprintf(a.problems(), "%s: %s\n", cmd.File, line)
		}
		return silent(exitUsage)
	}
	if err != nil {
		var done silent
		var f *failure
		if errors.As(err, &done) || errors.As(err, &f) {
			return err
		}
		return usage("cannot import %s: %s", cmd.File, plainError(err))
	}
	if cmd.Ctl {
		if err := writeNew(cmd.Output, rules); err != nil {
			return err
		}
		return writeNew(cmd.tableName(), text)
	}
	if cmd.Output != "" {
		return writeNew(cmd.Output, text)
	}
	_, err = out.Write(text)
	return err
}

// tableName is the file beside the rules that holds their table.
func (cmd *importCmd) tableName() string { return strings.TrimSuffix(cmd.Output, ".ctl") + ".csv" }

// writeNew writes a file that is not there yet: what was corrected by hand is not lost.
func writeNew(name string, text []byte) error {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return usage("%s is there already, and is left as it is", name)
	}
	if err := osfile.Write(name, text, 0o666); err != nil {
		return usage("cannot write %s: %s", name, plainError(err))
	}
	return nil
}

// table is a table as CSV, and the rules for it.
func (cmd *importCmd) table(t *convert.Table) (text, rules []byte, err error) {
	var b bytes.Buffer
	if err := t.WriteCSV(&b); err != nil {
		return nil, nil, err
	}
	policy := convert.Name(strings.TrimSuffix(filepath.Base(cmd.Output), ".ctl"))
	if policy == "" {
		policy = "imported"
	}
	return b.Bytes(), []byte(t.Rules(policy, filepath.Base(cmd.tableName()))), nil
}

func (cmd *importCmd) sheet(a *App) (text, rules []byte, err error) {
	b, at, err := a.readBook(cmd.File, cmd.Sheet)
	if err != nil {
		return nil, nil, err
	}
	var sheet bytes.Buffer
	if err := b.CSV(at, &sheet, '.'); err != nil {
		return nil, nil, err
	}
	r, err := table.NewReader(sheet.Bytes())
	if err != nil {
		return nil, nil, err
	}
	head, _, err := r.Heading(func([]string) bool { return true })
	if err != nil {
		return nil, nil, err
	}
	var rows [][]string
	var wrong convert.Refusals
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		for i, cell := range row.Cells() {
			if cell != "-" && plain.CSV(cell) != cell {
				wrong = append(wrong, convert.Refused{Place: fmt.Sprintf("row %d, `%s`", row.Line, head.Fields[i].Text), Why: fmt.Sprintf("`%s` would be a formula in CSV: write it otherwise", cell)})
			}
		}
		rows = append(rows, row.Cells())
	}
	if len(wrong) > 0 {
		return nil, nil, wrong
	}
	if !cmd.Ctl {
		return sheet.Bytes(), nil, nil
	}
	t, err := convert.Sheet(head.Cells(), rows)
	if err != nil {
		return nil, nil, err
	}
	return cmd.table(t)
}

func (cmd *importCmd) dmn(a *App) (text, rules []byte, err error) {
	data, err := osfile.Read(cmd.File, maxInput)
	if err != nil {
		return nil, nil, err
	}
	t, err := convert.DMN(data, cmd.Decision)
	if err != nil {
		return nil, nil, err
	}
	if !cmd.Ctl {
		fmt.Fprintf(a.problems(), "note: the rows decide by %s; --ctl writes the vocabulary and the policy too\n", t.Decides)
	}
	return cmd.table(t)
}

func (cmd *importCmd) cedar() ([]byte, error) {
	data, err := osfile.Read(cmd.File, maxInput)
	if err != nil {
		return nil, err
	}
	return convert.Cedar(filepath.Base(cmd.File), data)
}

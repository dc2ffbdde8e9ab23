package record

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/sensitive"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Format is the number of the form of records that this package writes.
const Format = 1

// Failed is the status of a case that could not be decided for an error.
const Failed interp.Status = "error"

// Masked stands in records for a sensitive fact where there is no key.
const Masked = "***"

// Record is what is kept of one decision. The form of its JSON is described at the top
// of this package.
type Record struct {
	Format      int            `json:"ctl"`
	ID          string         `json:"id,omitempty"`
	Time        time.Time      `json:"time,omitzero"`
	Policy      string         `json:"policy"`
	Version     string         `json:"version"`
	AsOf        string         `json:"as_of"` // "": nobody told the date
	Facts       map[string]any `json:"facts"`
	Masked      []string       `json:"masked,omitempty"`
	Status      interp.Status  `json:"status"`
	Outcome     string         `json:"outcome,omitempty"`
	Rules       []string       `json:"rules,omitempty"`
	Otherwise   bool           `json:"otherwise,omitempty"`
	Defeated    []Defeat       `json:"defeated,omitempty"`
	Obligations []string       `json:"obligations,omitempty"`
	Possible    []Possibility  `json:"possible,omitempty"`
	Needs       []Need         `json:"needs,omitempty"`
	Inexact     bool           `json:"inexact,omitempty"`
	Error       string         `json:"error,omitempty"`

	// Line is where Read found the record, counted from 1.
	Line int `json:"-"`
}

// Defeat is a rule that applied and the rules or sections that defeated it.
type Defeat struct {
	Label string   `json:"label"`
	By    []string `json:"by"`
}

// Possibility is an answer that the facts left open. Outcome is "" where it is none.
type Possibility struct {
	Status  interp.Status `json:"status"`
	Outcome string        `json:"outcome,omitempty"`
	When    string        `json:"when,omitempty"`
	Further int           `json:"further,omitempty"` // how many ways at least When leaves out
}

// Need is a fact that would have helped to decide.
type Need struct {
	Fact     string `json:"fact"`
	Question string `json:"question"`
}

// Answer is the outcome of a decided case, else the status.
func (r *Record) Answer() string {
	if r.Outcome != "" {
		return r.Outcome
	}
	return string(r.Status)
}

// Options say what goes into records, and how they are kept.
type Options struct {
	// Clock gives the time of a record. Without one, records have no time: this
	// package reads no clock of its own.
	Clock func() time.Time

	// Key turns the mask of a sensitive fact from "***" into a keyed hash of its value
	// (HMAC-SHA-256, the first 16 bytes, as "hmac:" and hexadecimal digits): equal values
	// can be matched, and without the key nobody can try values out. A fact that has few
	// values, such as yes or no, is given away all the same by those who know one of them.
	Key []byte

	// Unmasked keeps sensitive facts as they are, for records that nobody reads who
	// may not see them. Only such records can be replayed in full.
	Unmasked bool

	// Sync is how long a record may stay in the memory of the operating system, which
	// survives the end of the process and not that of the machine: AtOnce, or so long, after
	// which the method Sync of the io.Writer is called, such as an *os.File has; a record
	// whose Sync fails is one that was not written. 0 leaves it to the operating system.
	Sync time.Duration
}

// Decided is the record of a decision about a case. The id, which may be empty, is
// whatever the embedder calls it by.
func (o Options) Decided(id string, c *interp.Case, d *interp.Decision) *Record {
	r := o.start(id, c, d.Policy)
	r.Status, r.Outcome = d.Status, d.Outcome.String()
	r.Otherwise, r.Obligations, r.Inexact = d.Otherwise != nil, d.Obligations, !d.Exact
	for _, rule := range d.Rules {
		r.Rules = append(r.Rules, rule.Label)
	}
	for _, f := range d.Defeated {
		r.Defeated = append(r.Defeated, Defeat{f.Rule.Label, f.By})
	}
	for _, p := range d.Possible {
		r.Possible = append(r.Possible, Possibility{p.Status, p.Outcome.String(), p.When, p.Further})
	}
	for _, n := range d.Needs {
		r.Needs = append(r.Needs, o.need(c.Program(), n))
	}
	return r
}

// need is a fact to find out. The result of a function is named by its arguments, which may
// be sensitive themselves.
func (o Options) need(p *interp.Program, n interp.Need) Need {
	function, _, isResult := strings.Cut(n.Fact, "(")
	if info, _ := p.FactInfo(n.Fact); isResult && info.Sensitive && !o.Unmasked {
		return Need{Fact: function + "()"}
	}
	if o.Unmasked {
		return Need{n.Fact, n.Question}
	}
	return Need{n.Fact, sensitive.Question(p, n)}
}

// Failed is the record of a case that a policy could not decide, with the error why.
func (o Options) Failed(id string, c *interp.Case, p *interp.Policy, err error) *Record {
	r := o.start(id, c, p)
	r.Status, r.Error = Failed, reason(err, len(r.Masked) > 0)
	return r
}

func (o Options) start(id string, c *interp.Case, p *interp.Policy) *Record {
	r := &Record{Format: Format, ID: id, Policy: p.Name, Version: p.Program().Version()}
	if day := c.Date(); day != interp.NoDate {
		r.AsOf = day.String()
	}
	if o.Clock != nil {
		r.Time = o.Clock()
	}
	if o.Unmasked {
		r.Facts = c.Map()
	} else {
		r.Facts, r.Masked = c.MaskedMap(o.mask)
	}
	return r
}

// mask is what stands for a sensitive value. Quantities are hashed in the unit they are
// kept in, so that 1 km and 1000 m are equal.
func (o Options) mask(v interp.Value) any {
	if len(o.Key) == 0 {
		return Masked
	}
	text := v.String()
	if n, ok := v.(interp.Number); ok {
		text = n.Rat().RatString() + " " + n.Dimension()
	}
	h := hmac.New(sha256.New, o.Key)
	h.Write([]byte(text))
	return "hmac:" + hex.EncodeToString(h.Sum(nil)[:16])
}

// reason is the text of an error. An error may quote facts, so that beside masked ones
// it says no more than what the rules say.
func reason(err error, masked bool) string {
	if !masked {
		return err.Error()
	}
	var ds lang.Diagnostics
	var ee *interp.EvalError
	switch {
	case errors.As(err, &ds):
		var lines []string
		for _, d := range ds {
			if d.Code == code.BrokenConstraint {
				lines = append(lines, d.Error())
			} else {
				lines = append(lines, string(d.Code))
			}
		}
		return strings.Join(lines, "\n")
	case errors.As(err, &ee) && ee.Code != code.CannotEvaluate:
		return ee.Message // of the steps and the time it took
	case errors.As(err, &ee) && ee.Expr != nil:
		return fmt.Sprintf("`%s` could not be evaluated", lang.FormatExpr(ee.Expr))
	}
	return "an error that may quote masked facts"
}

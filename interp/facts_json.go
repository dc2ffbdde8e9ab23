package interp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// ReadJSON adds the facts of a JSON object, nested by role:
//
//	{"item": {"category": "I", "range": "300 km"}, "recipient": {"id": "IN", "vetted": true}}
//
// A thing with an identity may be given by the identity alone. null is a known
// none of an optional attribute. "as_of" gives the date of the case, unless a
// role has that name. The name stands in the diagnostics' places. The error is a
// lang.Diagnostics with every problem, up to a hundred, or with the error of the context;
// on an error the case is as it was.
func (c *Case) ReadJSON(ctx context.Context, name string, data []byte) error {
	if most := c.prog.options.Limits.JSON; len(data) > most {
		return lang.Diagnostics{{Code: code.FactTooLarge, Message: name + " is larger than a fact file may be (" + bytesText(most) + ")"}}
	}
	if text := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n"); len(text) > 0 && text[0] != '{' && utf8.Valid(data) { // and none of it is shown
		return lang.Diagnostics{{Code: code.BadJSON, Message: name + ": facts are a JSON object with a member for each role"}}
	}
	if ctx.Err() != nil {
		return lang.Diagnostics{lang.Stopped(ctx)}
	}
	r := &jsonReader{ctx: ctx, src: lang.NewSource(name, string(data)), prog: c.prog, c: c.Clone()}
	if !utf8.Valid(data) {
		return lang.Diagnostics{{Code: code.BadJSON, Message: name + " is not UTF-8 text"}}
	}
	if at, ok := halfCharacter(data); ok {
		return lang.Diagnostics{{Source: r.src, Span: lang.Span{Start: uint32(at), End: uint32(at + escapeLen)}, Code: code.BadJSON,
			Message: string(data[at:at+escapeLen]) + " is half of a character: a surrogate without the other"}}
	}
	r.dec = json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.base = len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
	r.dec.UseNumber()
	switch err := r.top(); {
	case errors.Is(err, errEnough):
		last := r.diags[len(r.diags)-1]
		last.Notes = append(last.Notes, lang.Note{Text: "what follows was not looked at"})
	case ctx.Err() != nil:
		return lang.Diagnostics{lang.Stopped(ctx)}
	case err != nil:
		r.diags = append(r.diags, r.syntax(err))
	}
	if len(r.diags) > 0 {
		r.diags.Sort()
		return r.diags
	}
	return c.become(r.c)
}

type jsonReader struct {
	ctx   context.Context
	looks int // at the context, see next
	src   *lang.Source
	dec   *json.Decoder
	base  int // bytes before the decoder's first
	prog  *Program
	c     *Case
	diags lang.Diagnostics
	start uint32 // of the token read last
	spell spelling
}

// mostFactProblems is how many problems of one text of facts are shown; with the last the reading ends.
const mostFactProblems = 100

var errEnough = errors.New("there are enough problems")

// next reads a token and remembers where it begins.
func (r *jsonReader) next() (json.Token, error) {
	if r.looks++; r.looks%piecesAtOnce == 0 && r.ctx.Err() != nil {
		return nil, r.ctx.Err()
	}
	if len(r.diags) >= mostFactProblems {
		return nil, errEnough
	}
	from := r.base + int(r.dec.InputOffset())
	for from < len(r.src.Text) && strings.IndexByte(" \t\r\n,:", r.src.Text[from]) >= 0 {
		from++
	}
	r.start = uint32(from)
	return r.dec.Token()
}

// here is the place of the token read last.
func (r *jsonReader) here() spot {
	end := uint32(r.base + int(r.dec.InputOffset()))
	return spot{r.src, lang.Span{Start: min(r.start, end), End: end}, &r.spell}
}

// syntax is an error of the JSON text itself.
func (r *jsonReader) syntax(err error) *lang.Diagnostic {
	at := r.here()
	var se *json.SyntaxError
	switch {
	case errors.As(err, &se):
		off := uint32(min(r.base+max(int(se.Offset)-1, 0), len(r.src.Text)))
		at.span = lang.Span{Start: off, End: off + 1}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		at.span = lang.Span{Start: uint32(len(r.src.Text)), End: uint32(len(r.src.Text))}
		return at.errorf(code.BadJSON, "the JSON text ends too early")
	}
	return at.errorf(code.BadJSON, "this is no JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
}

func (r *jsonReader) problem(d *lang.Diagnostic) { r.diags = append(r.diags, d) }

func (r *jsonReader) top() error {
	tok, err := r.next()
	if err != nil {
		return err
	}
	if tok != json.Delim('{') {
		r.problem(r.here().errorf(code.BadJSON, "facts are a JSON object with a member for each role"))
		return nil
	}
	if err := r.members(func(key string, at spot) error {
		if namesResult(key) {
			return r.result(key, at)
		}
		f, d := r.c.find([]string{key}, at)
		switch {
		case d == nil:
			v, err := r.value(f.typ(), key, r.prog.options.Limits.Levels)
			if v != nil {
				f.put(v)
			}
			return err
		case key == "as_of":
			return r.asOf()
		case strings.Contains(key, "."):
			d = at.errorf(code.UnknownFact, "facts are nested by role: write {%q: {...}}", strings.Split(key, ".")[0])
		}
		if !r.prog.passesOver(key, key, d, at) {
			r.problem(asMember(d, ""))
		}
		return r.skip()
	}); err != nil {
		return err
	}
	if _, err := r.next(); err == nil {
		r.problem(r.here().errorf(code.BadJSON, "something follows the facts"))
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// result reads what a call gives.
func (r *jsonReader) result(key string, at spot) error {
	of, d := r.prog.resultNamed(key)
	if d != nil {
		d.Source, d.Span, d.Fix = at.src, at.span, nil
		r.problem(d)
		return r.skip()
	}
	v, err := r.value(of.own.result, key, r.prog.options.Limits.Levels)
	if v != nil {
		r.c.tellResult(of.call, v)
	}
	return err
}

// escapeLen is how long \uXXXX is.
const escapeLen = 6

// halfCharacter finds an escape that is one of two surrogates without the other, for which
// encoding/json reads U+FFFD: another name than was meant.
func halfCharacter(data []byte) (at int, ok bool) {
	high := -1 // where a high surrogate stands that waits for its other half
	for i := 0; i < len(data); {
		var r rune
		n := 1
		if data[i] == '\\' {
			n = 2
			if i+escapeLen <= len(data) && data[i+1] == 'u' {
				if x, err := strconv.ParseUint(string(data[i+2:i+escapeLen]), 16, 16); err == nil {
					r, n = rune(x), escapeLen
				}
			}
		}
		low := utf16.IsSurrogate(r) && r >= 0xDC00
		switch {
		case high >= 0 && !low:
			return high, true
		case high >= 0:
			high = -1
		case low:
			return i, true
		case utf16.IsSurrogate(r):
			high = i
		}
		i += n
	}
	return high, high >= 0
}

// asMember offers the name of a member of an object, where another than there is was meant:
// in quotes, and without the names of the objects around it.
func asMember(d *lang.Diagnostic, of string) *lang.Diagnostic {
	if d.Fix == nil {
		return d
	}
	path := strings.Split(strings.TrimPrefix(d.Fix.Replacement, of), ".")
	last := len(path) - 1
	if last == 0 {
		d.Fix.Replacement = strconv.Quote(path[0])
		d.Fix.Label = "did you mean `" + d.Fix.Replacement + "`?"
		return d
	}
	nested := strconv.Quote(path[last]) + ": ..."
	for _, name := range slices.Backward(path[:last]) {
		nested = strconv.Quote(name) + ": {" + nested + "}"
	}
	d.Fix = nil
	d.Add("; facts are nested by role: %s", nested)
	return d
}

func (r *jsonReader) asOf() error {
	tok, err := r.next()
	if err != nil {
		return err
	}
	text, ok := tok.(string)
	if !ok {
		r.problem(r.here().errorf(code.FactDate, "as_of is a date, \"YYYY-MM-DD\""))
		return r.skipRest(tok)
	}
	d, err := ParseDate(text)
	if err != nil {
		r.problem(r.here().errorf(code.FactDate, "%s", err))
		return nil
	}
	r.c.SetDate(d)
	return nil
}

// members calls f for each member of the object whose { has been read.
func (r *jsonReader) members(f func(key string, at spot) error) error {
	seen := map[string]bool{}
	for {
		tok, err := r.next()
		if err != nil {
			return err
		}
		if tok == json.Delim('}') {
			return nil
		}
		key, _ := tok.(string)
		at := r.here()
		if seen[key] {
			r.problem(at.errorf(code.Contradiction, "%q is said twice", key))
		}
		seen[key] = true
		if err := f(key, at); err != nil {
			return err
		}
	}
}

// skip passes over the next value; skipRest over the rest of one whose first token is read.
func (r *jsonReader) skip() error {
	var raw json.RawMessage
	return r.dec.Decode(&raw)
}

func (r *jsonReader) skipRest(tok json.Token) error {
	depth := 0
	for {
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		var err error
		if tok, err = r.next(); err != nil {
			return err
		}
	}
}

// value reads the next value as one of a type. It is nil after a problem.
func (r *jsonReader) value(t *Type, name string, depth int) (Value, error) {
	tok, err := r.next()
	if err != nil {
		return nil, err
	}
	at := r.here()
	if depth == 0 {
		r.problem(at.errorf(code.FactType, "`%s` is nested too deep", name))
		return nil, r.skipRest(tok)
	}
	switch tok := tok.(type) {
	case nil:
		if !t.optional {
			r.problem(noNull(name, at))
			return nil, nil
		}
		return None{}, nil
	case bool:
		if t.basic == boolType {
			return Bool(tok), nil
		}
	case json.Number:
		if t.basic == numberType {
			return r.number(string(tok), t, at)
		}
	case string:
		return r.text(tok, t, name, at)
	case json.Delim:
		switch {
		case tok == '{' && t.basic == thingType:
			return r.thing(t.kind, name, depth)
		case tok == '[' && (t.basic == setType || t.basic == listType):
			return r.elements(t, name, depth)
		}
		r.problem(at.errorf(code.FactType, "`%s` is %s", name, articleJSON(t)))
		return nil, r.skipRest(tok)
	}
	r.problem(at.errorf(code.FactType, "`%s` is %s, not %s", name, articleJSON(t), r.src.Slice(at.span)))
	return nil, nil
}

func (r *jsonReader) number(text string, t *Type, at spot) (Value, error) {
	n, err := num.ParseJSON(text)
	if err != nil {
		r.problem(at.errorf(code.FactType, "%s", err))
		return nil, nil
	}
	return r.quantity(n, text, t, at)
}

func (r *jsonReader) quantity(n num.Number, text string, t *Type, at spot) (Value, error) {
	v, d := r.prog.quantity(n, text, "", t, at)
	if d != nil {
		d.Message = strings.Replace(d.Message, ", such as ", ": write it as a text, such as ", 1)
		r.problem(d)
		return nil, nil
	}
	return v, nil
}

func (r *jsonReader) text(s string, t *Type, name string, at spot) (Value, error) {
	switch {
	case len(s) > r.prog.options.Limits.Text:
		r.problem(r.prog.textTooLong(at))
		return nil, nil
	case t.basic == textType:
		v, d := t.textValue(s, at)
		if d != nil {
			r.problem(named(d, name))
			return nil, nil
		}
		return v, nil
	case t.basic == numberType && t.dim == "":
		if n, err := num.ParseJSON(s); err == nil {
			return r.quantity(n, s, t, at)
		}
		if v, is := r.prog.numberIn(s, t); is {
			return v, nil
		}
		fallthrough
	case t.basic == boolType, t.basic == setType, t.basic == listType:
		r.problem(at.errorf(code.FactType, "`%s` is %s, not a text", name, articleJSON(t)))
		return nil, nil
	case t.basic == thingType:
		v, d := identify(t.kind, s, at)
		if d != nil {
			r.problem(d)
			return nil, nil
		}
		return v, nil
	}
	if v, d, done := timeIn(s, t, name, at); done {
		if d != nil {
			r.problem(d)
			return nil, nil
		}
		return v, nil
	}
	v, d := r.prog.parseText(s, t, at)
	if d != nil {
		r.problem(d)
		return nil, nil
	}
	return v, nil
}

func (r *jsonReader) thing(k *Kind, name string, depth int) (Value, error) {
	thing := newThing(k)
	err := r.members(func(key string, at spot) error {
		if key == "id" && k.Identified() {
			v, err := r.value(&Type{basic: thingType, kind: k}, name, depth-1)
			if t, ok := v.(*Thing); ok {
				thing.ID = t.ID
			}
			return err
		}
		a := k.attrInJSON(key)
		if a == nil {
			if d := k.otherInJSON(key, at); d != nil {
				r.problem(d)
				return r.skip()
			}
			if d := r.c.unknownAttr(k, name, key, at); !r.prog.passesOver(key, name+"."+key, d, at) {
				r.problem(k.inJSON(asMember(d, name+".")))
			}
			return r.skip()
		}
		v, err := r.value(a.Type, name+"."+key, depth-1)
		if v != nil {
			thing.attrs[a.index] = v
		}
		return err
	})
	return thing, err
}

func (r *jsonReader) elements(t *Type, name string, depth int) (Value, error) {
	at := r.here()
	var values []Value
	for i := 0; r.dec.More(); i++ {
		v, err := r.value(t.elem, name+"["+strconv.Itoa(i)+"]", depth-1)
		if err != nil {
			return nil, err
		}
		if v != nil && len(values) <= r.prog.options.Limits.List {
			values = append(values, v)
		}
	}
	if _, err := r.next(); err != nil {
		return nil, err
	}
	v, d := r.prog.collection(values, t, at)
	if d != nil {
		r.problem(d)
		return nil, nil
	}
	return v, nil
}

// articleJSON is what a type expects in JSON.
func articleJSON(t *Type) string {
	switch t.basic {
	case boolType:
		return "true or false"
	case numberType:
		if t.dim != "" {
			return article(t) + " in quotes"
		}
	case dateType, durationType, scalarType, enumType:
		return article(t) + " in quotes"
	case thingType:
		if t.kind.Identified() {
			return article(t) + ": its name, or an object"
		}
		return "an object"
	case setType, listType:
		return article(t) + ": an array"
	}
	return article(t)
}

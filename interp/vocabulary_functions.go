package interp

// Signature is a function that the rules declare, and that the program around them brings.
type Signature struct {
	Name   string
	Title  string // what it gives
	Params []*Type
	Result *Type
	Text   string // as the rules write it: risk_of(text) -> number

	site Site
}

// Site is where the function's name stands in its declaration.
func (s Signature) Site() Site { return s.site }

// Signatures are the functions that the rules declare, by name.
func (p *Program) Signatures() []Signature {
	var out []Signature
	for _, name := range keys(p.own) {
		if own := p.own[name]; own.declared != nil {
			out = append(out, Signature{name, own.title, own.params, own.result, own.Signature(), Site{own.src, own.declared.Name.Range()}})
		}
	}
	return out
}

package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// filesCandidate asks the shell for the names of files.
const filesCandidate = ":files"

type completeCmd struct {
	Words []string `arg:"" optional:"" help:"The words of the command line behind ctl; the last one is to be completed."`
}

// Run prints what completes a command line, a candidate on a line.
func (cmd *completeCmd) Run(a *App, out io.Writer) error {
	words := cmd.Words
	if len(words) == 0 {
		words = []string{""}
	}
	parser, err := a.parser(io.Discard)
	if err != nil {
		return err
	}
	last := words[len(words)-1]
	for _, c := range a.complete(parser.Model.Node, words[:len(words)-1], last) {
		if c == filesCandidate || strings.HasPrefix(c, last) {
			fmt.Fprintln(out, c)
		}
	}
	return nil
}

// complete lists candidates for the word that stands behind others.
func (a *App) complete(node *kong.Node, before []string, word string) []string {
	if len(before) == 0 {
		return append(commandNames(node), "--help")
	}
	command := commandCalled(node, before[0])
	if command == nil {
		return nil
	}
	previous := before[len(before)-1]
	if f := flagCalled(command, previous); f != nil && !f.IsBool() && len(before) > 1 {
		return a.flagValues(f, before[1:], word)
	}
	if strings.HasPrefix(word, "-") && word != "-" {
		return flagNames(command)
	}
	if len(command.Positional) == 0 {
		return nil
	}
	switch arg := command.Positional[0]; {
	case arg.Enum != "" && len(before) == 1:
		return strings.Split(arg.Enum, ",")
	case arg.Enum != "" && len(command.Positional) == 1:
		return nil
	case arg.Name == "file-or-fact":
		return append(a.factWords(before[1:], word), filesCandidate)
	case arg.Name == "file-or-policy":
		return append(a.inRules(before[1:], policyNames), filesCandidate)
	}
	return []string{filesCandidate}
}

func commandNames(node *kong.Node) []string {
	var names []string
	for _, c := range node.Children {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	return names
}

func commandCalled(node *kong.Node, name string) *kong.Node {
	for _, c := range node.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// flagsOf are those of a command and those that every command has.
func flagsOf(command *kong.Node) []*kong.Flag {
	return slices.Concat(command.Flags, command.Parent.Flags)
}

func flagCalled(command *kong.Node, word string) *kong.Flag {
	for _, f := range flagsOf(command) {
		if word == "--"+f.Name || f.Short != 0 && word == "-"+string(f.Short) {
			return f
		}
	}
	return nil
}

func flagNames(command *kong.Node) []string {
	names := []string{"--help"}
	for _, f := range flagsOf(command) {
		if f.Name != "help" {
			names = append(names, "--"+f.Name)
		}
	}
	return names
}

// flagValues lists what a flag may be given.
func (a *App) flagValues(f *kong.Flag, before []string, word string) []string {
	switch f.Name {
	case "policy":
		return a.inRules(before, policyNames)
	case "focus", "rows", "cols":
		return a.inRules(before, (*interp.Program).FactNames)
	case "why-not", "flip":
		return a.inRules(before, outcomeNames)
	case "members":
		return a.inRules(before, memberWords)
	case "what-if":
		return a.factWords(before, word)
	case "explain":
		return codesKnown(func(code.Code) bool { return true })
	case "also":
		return codesKnown(analysis.OnRequest)
	case "only":
		return directions
	case "facts", "cases", "junit", "old", "over", "out", "within":
		return []string{filesCandidate}
	}
	return nil
}

// inRules lists what the rule files among words have.
func (a *App) inRules(before []string, list func(*interp.Program) []string) []string {
	prog := a.programOf(before)
	if prog == nil {
		return nil
	}
	return list(prog)
}

// policyNames are those of the series and policies.
func policyNames(prog *interp.Program) (names []string) {
	for _, s := range prog.AllSeries() {
		names = append(names, s.Name)
	}
	for _, p := range prog.Policies() {
		names = append(names, p.Name)
	}
	return names
}

// memberWords begin the flags that give the members of external groups.
func memberWords(prog *interp.Program) []string {
	names := openGroups(prog)
	for i := range names {
		names[i] += "="
	}
	return names
}

// codesKnown lists the codes of problems.
func codesKnown(wanted func(code.Code) bool) []string {
	var out []string
	for _, x := range code.Pages() {
		if wanted(x.Code) {
			out = append(out, string(x.Code))
		}
	}
	return out
}

func outcomeNames(prog *interp.Program) (names []string) {
	for _, o := range prog.Outcomes() {
		names = append(names, o.Name)
	}
	return names
}

// programOf loads the rule files among words; nil where they have problems.
func (a *App) programOf(words []string) *interp.Program {
	f := caseFlags{}
	for _, w := range words {
		if w != "-" && !strings.HasPrefix(w, "-") {
			f.Words = append(f.Words, w)
		}
	}
	var rules []string
	files, _ := f.words()
	for _, name := range files {
		if strings.HasSuffix(name, ".ctl") || strings.HasSuffix(name, "/") {
			rules = append(rules, name)
		}
	}
	prog, err := a.loadWith(a.opening(), rules)
	if err != nil {
		return nil
	}
	return prog
}

// factWords lists facts that begin as a word does: the names of facts with an equals
// sign, and behind one the values.
func (a *App) factWords(before []string, word string) []string {
	prog := a.programOf(before)
	if prog == nil {
		return nil
	}
	v := vocabulary{prog: prog, kinds: map[string]*interp.Kind{}}
	for _, k := range prog.Kinds() {
		v.kinds[k.Name] = k
	}
	for _, r := range prog.Roles() {
		v.thing(r.Name, r.Kind, 3)
	}
	for _, t := range prog.Terms() {
		if t.Open && t.Kind == nil {
			v.add(t.Name, []string{"yes", "no"})
		}
	}
	name, _, hasValue := strings.Cut(word, "=")
	if !hasValue {
		return v.names
	}
	return v.values[name]
}

// vocabulary is the facts that a case may have.
type vocabulary struct {
	prog   *interp.Program
	kinds  map[string]*interp.Kind
	names  []string            // name=
	values map[string][]string // name=value, where the values can be listed
}

func (v *vocabulary) add(name string, values []string) {
	v.names = append(v.names, name+"=")
	if v.values == nil {
		v.values = map[string][]string{}
	}
	for _, x := range values {
		v.values[name] = append(v.values[name], name+"="+x)
	}
}

// thing adds what can be said of a thing, and of the things it has, a few steps deep.
func (v *vocabulary) thing(name string, k *interp.Kind, depth int) {
	if k.Identified() {
		var ids []string
		if k.Ids != nil {
			ids = k.Ids.Names()
		}
		v.add(name, ids)
	}
	for _, a := range k.Attrs {
		full, typ := name+"."+a.Name, strings.TrimSuffix(a.Type.String(), "?")
		switch inner := v.kinds[typ]; {
		case inner != nil && depth > 0:
			v.thing(full, inner, depth-1)
		case typ == "bool":
			v.add(full, []string{"yes", "no"})
		case strings.Contains(typ, " | "):
			v.add(full, strings.Split(typ, " | "))
		default:
			v.add(full, nil)
		}
	}
}

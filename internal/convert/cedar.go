package convert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/ast"

	"github.com/ctl-lang/ctl/lang"
)

// The attributes that say of an entity what Cedar knows without being told as one.
const (
	typeAttr    = "type"
	parentsAttr = "parents"
)

// cedarVars are the variables of a policy, and the kinds that they are here.
var cedarVars = []struct{ name, kind string }{{"principal", "Principal"}, {"action", "Action"}, {"resource", "Resource"}, {"context", "Context"}}

// Cedar makes rules of policies: each is a rule, forbid over permit.
func Cedar(name string, data []byte) (text []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			text, err = nil, fmt.Errorf("this is no Cedar: %v", r)
		}
	}()
	if err := shallow(data); err != nil {
		return nil, err
	}
	list, err := cedar.NewPolicyListFromBytes(name, data)
	if err != nil {
		return nil, fmt.Errorf("this does not read as Cedar policies, or is a template: %w", err)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("there is no policy in it")
	}
	c := &cedarFile{attrs: map[string]map[string]*cedarAttr{}, labels: map[string]bool{}}
	for _, v := range cedarVars {
		c.attrs[v.name] = map[string]*cedarAttr{}
	}
	for _, p := range list {
		tree := (*ast.Policy)(p.AST())
		for _, cond := range tree.Conditions {
			ast.Inspect(ast.NewNode(cond.Body), func(n ast.IsNode) bool {
				if has, ok := n.(ast.NodeTypeHas); ok {
					if v, is := has.Arg.(ast.NodeTypeVariable); is {
						c.attr(string(v.Name), string(has.Value)).optional = true
					}
				}
				return true
			})
		}
	}
	var rules strings.Builder
	for i, p := range list {
		c.at = fmt.Sprintf("line %d", p.AST().Position.Line)
		c.known = map[string]bool{}
		rules.WriteString(c.rule(i+1, (*ast.Policy)(p.AST())))
	}
	if err := c.wrong.err(); err != nil {
		return nil, err
	}
	return []byte(c.vocabulary() + "\npolicy cedar {\n" + rules.String() + "  otherwise forbid because \"no policy permits it\"\n}\n"), nil
}

// The bounds of what is read: the parser goes as deep as the text does.
const (
	mostCedar     = 1 << 20 // bytes
	mostBrackets  = 200     // within one another
	mostIfs       = 2_000   // of a file
	mostJoined    = 500     // conditions of a policy, one within the other
	mostCondition = 8 << 10 // bytes of what stands behind an if
)

// shallow refuses a text that is too large or goes too deep.
func shallow(data []byte) error {
	if len(data) > mostCedar {
		return fmt.Errorf("it is larger than %d MiB", mostCedar>>20)
	}
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch b := data[i]; {
		case quoted && b == '\\':
			i++
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '(' || b == '[' || b == '{':
			depth++
		case b == ')' || b == ']' || b == '}':
			depth--
		}
		if depth > mostBrackets {
			return fmt.Errorf("brackets stand more than %d deep within one another", mostBrackets)
		}
	}
	if n := bytes.Count(data, []byte("if")); n > mostIfs {
		return fmt.Errorf("it holds `if` more than %d times", mostIfs)
	}
	return nil
}

// cedarFile is what is found out in going through policies.
type cedarFile struct {
	attrs   map[string]map[string]*cedarAttr // by variable
	labels  map[string]bool
	wrong   Refusals
	at      string
	depth   int
	tooDeep bool            // which has been refused
	known   map[string]bool // optional attributes of which has was asked
}

// cedarAttr is an attribute, as far as its uses tell.
type cedarAttr struct {
	typ      string // "" where none does
	optional bool
}

func (c *cedarFile) refuse(format string, args ...any) { c.wrong.add(c.at, format, args...) }

// attr is an attribute of a variable.
func (c *cedarFile) attr(of, name string) *cedarAttr {
	a := c.attrs[of][name]
	if a == nil {
		a = &cedarAttr{}
		if c.attrs[of] == nil {
			c.attrs[of] = map[string]*cedarAttr{}
		}
		c.attrs[of][name] = a
	}
	return a
}

// vocabulary declares what the policies speak of.
func (c *cedarFile) vocabulary() string {
	var b strings.Builder
	b.WriteString("# From Cedar. An entity is called Type::id, its type is told as `type`, and all that it is in, however\n")
	b.WriteString("# deep, as `parents`. The types of attributes are guessed from their uses: correct them.\n")
	b.WriteString("outcomes forbid > permit\n\n")
	for _, v := range cedarVars {
		attrs := c.attrs[v.name]
		if v.name == "context" && len(attrs) == 0 {
			continue
		}
		head := "kind " + v.kind
		if v.name != "context" {
			head += " = text"
		}
		if len(attrs) == 0 {
			b.WriteString(head + "\n")
			continue
		}
		b.WriteString(head + " {\n")
		for _, name := range slices.Sorted(maps.Keys(attrs)) {
			typ := attrs[name].typ
			if typ == "" {
				typ = "text"
			}
			if attrs[name].optional {
				typ += "?"
			}
			fmt.Fprintf(&b, "  %s: %s\n", name, typ)
		}
		b.WriteString("}\n")
	}
	for _, v := range cedarVars {
		if v.name != "context" || len(c.attrs[v.name]) > 0 {
			fmt.Fprintf(&b, "role %s: %s\n", v.name, v.kind)
		}
	}
	return b.String()
}

// rule is a policy as a rule.
func (c *cedarFile) rule(n int, p *ast.Policy) string {
	label := fmt.Sprintf("policy_%d", n)
	var because string
	var sources []string
	for _, a := range p.Annotations {
		switch value := string(a.Value); {
		case string(a.Key) == "id" && Name(value) != "" && !c.labels[Name(value)]:
			label = Name(value)
		case because == "" && slices.Contains([]string{"description", "reason", "advice"}, string(a.Key)):
			because = value
		default:
			sources = append(sources, lang.Quote(string(a.Key)+": "+value))
		}
	}
	if c.labels[label] {
		c.refuse("there are two rules that would be called `%s`", label)
	}
	c.labels[label] = true
	conds := []string{c.scope("principal", p.Principal), c.scope("action", p.Action), c.scope("resource", p.Resource)}
	var unless []string
	for _, cond := range p.Conditions {
		if bool(cond.Condition) {
			conds = append(conds, inner(c.cond(cond.Body)))
			c.learn(cond.Body)
		}
	}
	for _, cond := range p.Conditions {
		if !bool(cond.Condition) {
			unless = append(unless, inner(c.cond(cond.Body)))
		}
	}
	conds = slices.DeleteFunc(conds, func(s string) bool { return s == "" })
	effect := "forbid"
	if p.Effect == ast.EffectPermit {
		effect = "permit"
	}
	out := "  " + label + ": " + effect
	if len(conds) > 0 {
		out += "\n    when " + strings.Join(conds, " and ")
	}
	if len(unless) > 0 {
		out += "\n    unless " + strings.Join(unless, " or ")
	}
	if because != "" {
		out += "\n    because " + lang.Quote(because)
	}
	if len(sources) > 0 {
		out += "\n    source " + strings.Join(sources, ", ")
	}
	return out + "\n"
}

// inner is a condition as a part of another.
func inner(s string) string {
	if strings.Contains(s, " ") {
		return "(" + s + ")"
	}
	return s
}

func entity(e types.EntityUID) string { return lang.Quote(string(e.Type) + "::" + string(e.ID)) }

// scope is what the head of a policy says of a variable; "" for nothing.
func (c *cedarFile) scope(of string, s ast.IsScopeNode) string {
	switch s := s.(type) {
	case ast.ScopeTypeAll:
		return ""
	case ast.ScopeTypeEq:
		return inner(of + " = " + entity(s.Entity))
	case ast.ScopeTypeIn:
		return inner(c.within(of, []types.EntityUID{s.Entity}))
	case ast.ScopeTypeInSet:
		return inner(c.within(of, s.Entities))
	case ast.ScopeTypeIs:
		return inner(c.is(of, s.Type))
	case ast.ScopeTypeIsIn:
		return inner(c.is(of, s.Type) + " and " + inner(c.within(of, []types.EntityUID{s.Entity})))
	}
	c.refuse("its head says of %s what is not known here", of)
	return ""
}

func (c *cedarFile) is(of string, t types.EntityType) string {
	c.own(of, typeAttr, "text")
	return of + "." + typeAttr + " = " + lang.Quote(string(t))
}

// own is an attribute that stands for what Cedar knows by itself.
func (c *cedarFile) own(of, name, typ string) {
	if a := c.attr(of, name); a.typ == "" && !a.optional {
		a.typ = typ
	} else if a.typ != typ || a.optional {
		c.refuse("the attribute `%s.%s` has the name of what is told here of each entity", of, name)
	}
}

// within says that a variable is one of some entities, or in one.
func (c *cedarFile) within(of string, es []types.EntityUID) string {
	var names []string
	for _, e := range es {
		names = append(names, entity(e))
	}
	if len(names) == 0 {
		return of + " != " + of
	}
	c.own(of, parentsAttr, "set of text")
	if len(names) == 1 {
		return of + " = " + names[0] + " or " + names[0] + " in " + of + "." + parentsAttr
	}
	list := "(" + strings.Join(names, ", ") + ")"
	return of + " in " + list + " or any of " + of + "." + parentsAttr + " in " + list
}

// learn remembers of which attributes a condition that holds has asked has.
func (c *cedarFile) learn(n ast.IsNode) {
	switch n := n.(type) {
	case ast.NodeTypeAnd:
		c.learn(n.Left)
		c.learn(n.Right)
	case ast.NodeTypeHas:
		if v, ok := n.Arg.(ast.NodeTypeVariable); ok {
			c.known[string(v.Name)+"."+string(n.Value)] = true
		}
	}
}

// learning is a condition that is read where another one holds.
func (c *cedarFile) learning(holds, n ast.IsNode) string {
	before := maps.Clone(c.known)
	c.learn(holds)
	out := c.cond(n)
	c.known = before
	return out
}

// deeper goes into a part, and refuses those that are too deep; it is undone where it is true.
func (c *cedarFile) deeper() bool {
	if c.depth == mostJoined {
		if !c.tooDeep {
			c.refuse("more than %d conditions or values are joined", mostJoined)
		}
		c.tooDeep = true
		return false
	}
	c.depth++
	return true
}

// cond is a condition.
func (c *cedarFile) cond(n ast.IsNode) string {
	if !c.deeper() {
		return ""
	}
	defer func() { c.depth-- }()
	switch n := n.(type) {
	case ast.NodeTypeAnd:
		return inner(c.cond(n.Left)) + " and " + inner(c.learning(n.Left, n.Right))
	case ast.NodeTypeOr:
		return inner(c.cond(n.Left)) + " or " + inner(c.cond(n.Right))
	case ast.NodeTypeNot:
		return "not " + inner(c.cond(n.Arg))
	case ast.NodeTypeIfThenElse:
		asked := inner(c.cond(n.If))
		if len(asked) > mostCondition {
			c.refuse("the condition of an `if` is too long, with those within it")
			return ""
		}
		return "(" + asked + " and " + inner(c.learning(n.If, n.Then)) + ") or (not " + asked + " and " + inner(c.cond(n.Else)) + ")"
	case ast.NodeTypeEquals:
		return c.equal(n.Left, n.Right, "=")
	case ast.NodeTypeNotEquals:
		return c.equal(n.Left, n.Right, "!=")
	case ast.NodeTypeLessThan:
		return c.ordered(n.Left, n.Right, "<")
	case ast.NodeTypeLessThanOrEqual:
		return c.ordered(n.Left, n.Right, "<=")
	case ast.NodeTypeGreaterThan:
		return c.ordered(n.Left, n.Right, ">")
	case ast.NodeTypeGreaterThanOrEqual:
		return c.ordered(n.Left, n.Right, ">=")
	case ast.NodeTypeHas:
		if path, ok := c.path(n.Arg, string(n.Value), ""); ok {
			return "has " + path
		}
		return ""
	case ast.NodeTypeLike:
		if v := c.value(n.Arg, "text"); v != "" {
			return v + " like " + pattern(n.Value)
		}
		return ""
	case ast.NodeTypeIs:
		if of, ok := c.variable(n.Left); ok {
			return c.is(of, n.EntityType)
		}
		return ""
	case ast.NodeTypeIsIn:
		of, ok := c.variable(n.Left)
		es, listed := entities(n.Entity)
		if ok && listed {
			return c.is(of, n.EntityType) + " and " + inner(c.within(of, es))
		}
		c.refuse("`is … in` is taken of a variable and an entity that is named")
		return ""
	case ast.NodeTypeIn:
		of, ok := n.Left.(ast.NodeTypeVariable)
		es, listed := entities(n.Right)
		if ok && listed && of.Name != "context" {
			return c.within(string(of.Name), es)
		}
		c.refuse("`in` is taken of principal, action and resource, and entities that are named")
		return ""
	case ast.NodeTypeContains, ast.NodeTypeContainsAny, ast.NodeTypeContainsAll, ast.NodeTypeIsEmpty:
		return c.sets(n)
	case ast.NodeValue:
		if b, ok := n.Value.(types.Boolean); ok {
			if bool(b) {
				return "1 = 1"
			}
			return "1 = 2"
		}
	case ast.NodeTypeAccess:
		return c.value(n, "bool")
	}
	c.refuse("%s", notTaken(n))
	return ""
}

// notTaken says what of Cedar is not converted.
func notTaken(n ast.IsNode) string {
	switch n := n.(type) {
	case ast.NodeTypeExtensionCall:
		return fmt.Sprintf("the extension `%s` is not converted", n.Name)
	case ast.NodeTypeHasTag, ast.NodeTypeGetTag:
		return "tags are not converted"
	case ast.NodeTypeRecord:
		return "records are not converted"
	case ast.NodeTypeVariable:
		return fmt.Sprintf("`%s` by itself is no condition or value here", n.Name)
	}
	return "a condition of this form is not converted"
}

func (c *cedarFile) variable(n ast.IsNode) (string, bool) {
	if v, ok := n.(ast.NodeTypeVariable); ok && v.Name != "context" {
		return string(v.Name), true
	}
	c.refuse("`is` is taken of principal, action and resource alone")
	return "", false
}

// entities are those that are named, one or a set of them.
func entities(n ast.IsNode) (out []types.EntityUID, ok bool) {
	switch n := n.(type) {
	case ast.NodeValue:
		e, is := n.Value.(types.EntityUID)
		return []types.EntityUID{e}, is
	case ast.NodeTypeSet:
		for _, x := range n.Elements {
			es, is := entities(x)
			if !is {
				return nil, false
			}
			out = append(out, es...)
		}
		return out, true
	}
	return nil, false
}

// path is an attribute of a variable, which is of a type.
func (c *cedarFile) path(of ast.IsNode, name, typ string) (string, bool) {
	v, ok := of.(ast.NodeTypeVariable)
	switch {
	case !ok:
		c.refuse("`%s` is read of an attribute: records, and attributes of entities that are attributes, are not converted", name)
		return "", false
	case !lang.IsName(name):
		c.refuse("the attribute `%s` has no name that rules can have", name)
		return "", false
	}
	a := c.attr(string(v.Name), name)
	switch {
	case typ == "" || a.typ == typ:
	case a.typ == "" || a.typ == "text" && isKind(typ): // an entity
		a.typ = typ
	case isKind(a.typ) && typ == "text":
	default:
		c.refuse("`%s.%s` is used as %s and as %s", v.Name, name, a.typ, typ)
		return "", false
	}
	return string(v.Name) + "." + name, true
}

func entityOrText(typ string) bool { return typ == "text" || isKind(typ) }

func isKind(typ string) bool {
	return slices.ContainsFunc(cedarVars, func(v struct{ name, kind string }) bool { return v.kind == typ })
}

// typeOf is the type of a value, as far as it tells by itself.
func (c *cedarFile) typeOf(n ast.IsNode) string {
	switch n := n.(type) {
	case ast.NodeValue:
		switch n.Value.(type) {
		case types.Boolean:
			return "bool"
		case types.Long:
			return "number"
		case types.String, types.EntityUID:
			return "text"
		}
	case ast.NodeTypeVariable:
		for _, v := range cedarVars {
			if v.name == string(n.Name) {
				return v.kind
			}
		}
	case ast.NodeTypeAdd, ast.NodeTypeSub, ast.NodeTypeMult, ast.NodeTypeNegate:
		return "number"
	case ast.NodeTypeAccess:
		if v, ok := n.Arg.(ast.NodeTypeVariable); ok {
			return c.attr(string(v.Name), string(n.Value)).typ
		}
	}
	return ""
}

// value is a value of a type; "" where it is refused.
func (c *cedarFile) value(n ast.IsNode, typ string) string {
	if !c.deeper() {
		return ""
	}
	defer func() { c.depth-- }()
	if got := c.typeOf(n); got != "" && typ != "" && got != typ && !(entityOrText(got) && entityOrText(typ)) {
		c.refuse("%s stands where %s should, which Cedar answers with an error or never", got, typ)
		return ""
	}
	switch n := n.(type) {
	case ast.NodeValue:
		switch v := n.Value.(type) {
		case types.String:
			return lang.Quote(string(v))
		case types.Long:
			return fmt.Sprint(int64(v))
		case types.EntityUID:
			return entity(v)
		}
	case ast.NodeTypeVariable:
		if n.Name != "context" {
			return string(n.Name)
		}
	case ast.NodeTypeAccess:
		path, ok := c.path(n.Arg, string(n.Value), typ)
		if !ok {
			return ""
		}
		if of, name, _ := strings.Cut(path, "."); c.attr(of, name).optional && !c.known[path] {
			c.refuse("`%s` is read where `has` has not been asked of it, which Cedar answers with an error", path)
		}
		return path
	case ast.NodeTypeAdd:
		return c.arithmetic(n.Left, n.Right, "+")
	case ast.NodeTypeSub:
		return c.arithmetic(n.Left, n.Right, "-")
	case ast.NodeTypeMult:
		return c.arithmetic(n.Left, n.Right, "*")
	case ast.NodeTypeNegate:
		if v := c.value(n.Arg, "number"); v != "" {
			return "-" + inner(v)
		}
		return ""
	}
	c.refuse("%s", notTaken(n))
	return ""
}

func (c *cedarFile) arithmetic(x, y ast.IsNode, sign string) string {
	a, b := c.value(x, "number"), c.value(y, "number")
	return inner(a) + " " + sign + " " + inner(b)
}

// equal compares two values.
func (c *cedarFile) equal(x, y ast.IsNode, sign string) string {
	typ := c.typeOf(x)
	if other := c.typeOf(y); typ == "" || typ == "text" && other != "" {
		typ = other
	}
	if typ == "" {
		typ = "text"
	}
	if typ == "bool" {
		for _, side := range [][2]ast.IsNode{{x, y}, {y, x}} {
			if v, ok := side[1].(ast.NodeValue); ok {
				if b, is := v.Value.(types.Boolean); is {
					if bool(b) == (sign == "=") {
						return c.cond(side[0])
					}
					return "not " + inner(c.cond(side[0]))
				}
			}
		}
		c.refuse("two conditions are compared with each other")
		return ""
	}
	return c.value(x, typ) + " " + sign + " " + c.value(y, typ)
}

func (c *cedarFile) ordered(x, y ast.IsNode, sign string) string {
	return c.value(x, "number") + " " + sign + " " + c.value(y, "number")
}

// sets is what is said of a set.
func (c *cedarFile) sets(n ast.IsNode) string {
	literal := func(n ast.IsNode) (values []string, of string, ok bool) {
		set, ok := n.(ast.NodeTypeSet)
		for _, e := range set.Elements {
			if of == "" {
				of = c.typeOf(e)
			}
			values = append(values, c.value(e, of))
		}
		return values, of, ok && len(values) > 0
	}
	switch n := n.(type) {
	case ast.NodeTypeContains:
		if values, of, ok := literal(n.Left); ok {
			return c.value(n.Right, of) + " in (" + strings.Join(values, ", ") + ")"
		}
		of := c.typeOf(n.Right)
		if of == "" {
			of = "text"
		}
		return c.value(n.Right, of) + " in " + c.value(n.Left, "set of "+of)
	case ast.NodeTypeContainsAny:
		if values, of, ok := literal(n.Right); ok {
			return "any of " + c.value(n.Left, "set of "+of) + " in (" + strings.Join(values, ", ") + ")"
		}
		return "any of " + c.value(n.Left, "set of text") + " in " + c.value(n.Right, "set of text")
	case ast.NodeTypeContainsAll:
		values, of, ok := literal(n.Right)
		if !ok {
			c.refuse("`containsAll` is taken with a set that is written out")
			return ""
		}
		var parts []string
		for _, v := range values {
			parts = append(parts, v+" in "+c.value(n.Left, "set of "+of))
		}
		return strings.Join(parts, " and ")
	case ast.NodeTypeIsEmpty:
		return "count(" + c.value(n.Arg, "set of text") + ") = 0"
	}
	return ""
}

// pattern is that of a like, whose question marks are themselves in Cedar.
func pattern(p types.Pattern) string {
	data, _ := p.MarshalJSON()
	var parts []any // "Wildcard", or an object with its Literal
	_ = json.Unmarshal(data, &parts)
	var b strings.Builder
	for _, part := range parts {
		literal, ok := part.(map[string]any)
		if !ok {
			b.WriteByte('*')
			continue
		}
		text, _ := literal["Literal"].(string)
		quoted := lang.Quote(text)
		b.WriteString(strings.NewReplacer("*", `\*`, "?", `\?`).Replace(quoted[1 : len(quoted)-1]))
	}
	return `"` + b.String() + `"`
}

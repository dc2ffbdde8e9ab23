package withcedar

import (
	"slices"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/eval"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

// Missing evaluates in part, through a package that is experimental. What may apply matters where
// it is stricter than the strictest that does.
func Missing(r task.Request) ([]string, error) {
	policies, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	q := request(r)
	env := eval.Env{Principal: q.Principal, Action: q.Action, Resource: q.Resource, Context: q.Context, Entities: withVariables(r)}
	certain := len(strictest) - 1
	open := map[int][]string{}
	for _, p := range policies.All() {
		if p.Effect() == cedar.Permit {
			continue
		}
		rest, may := eval.PartialPolicy(env, (*ast.Policy)(p.AST()))
		rank := slices.Index(strictest, string(p.Annotations()["outcome"]))
		switch {
		case !may:
		case len(rest.Conditions) == 0:
			certain = min(certain, rank)
		default:
			for _, c := range rest.Conditions {
				open[rank] = append(open[rank], namesIn(c.Body)...)
			}
		}
	}
	var missing []string
	for rank, names := range open {
		if rank < certain {
			missing = append(missing, names...)
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing), nil
}

// withVariables are the entities, in which what is not known is a variable.
func withVariables(r task.Request) cedar.EntityMap {
	all := entities(r, members)
	open := func(uid cedar.EntityUID, missing bool, attribute, name cedar.String) {
		if missing {
			attributes := all[uid].Attributes.Map()
			attributes[attribute] = eval.Variable(name)
			all[uid] = cedar.Entity{UID: uid, Attributes: cedar.NewRecord(attributes), Parents: all[uid].Parents}
		}
	}
	open(item, r.Item.Range == nil, "range", "item.range")
	open(country(r), r.Recipient.Vetted == nil, "vetted", "recipient.vetted")
	open(cedar.NewEntityUID("Party", cedar.String(r.Applicant.ID)), r.Applicant.Convicted == nil, "convicted", "applicant.convicted")
	return all
}

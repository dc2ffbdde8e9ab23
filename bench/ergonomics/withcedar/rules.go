// Package withcedar writes the twelve tasks with cedar-go.
package withcedar

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/cedar-policy/cedar-go"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

//go:embed rules.cedar
var rulesText []byte

var (
	members = []string{"US", "GB", "FR", "DE", "IN"}
	group   = cedar.NewEntityUID("Group", "Member")
	export  = cedar.NewEntityUID("Action", "export")
	item    = cedar.NewEntityUID("Item", "item")
)

// strictest is the order of the outcomes, which Cedar does not have: they are annotations.
var strictest = []string{"deny", "review", "permit"}

func compile(text []byte) (*cedar.PolicySet, error) {
	policies, err := cedar.NewPolicySetFromBytes("rules.cedar", text)
	if err != nil {
		return nil, err
	}
	for id, p := range policies.All() {
		if p.Effect() == cedar.Forbid && !slices.Contains(strictest, string(p.Annotations()["outcome"])) {
			return nil, fmt.Errorf("%s: no outcome", id)
		}
	}
	return policies, nil
}

// entities has whom and what a request is about; what is not known is left out.
func entities(r task.Request, members []string) cedar.EntityMap {
	all := cedar.EntityMap{}
	add := func(uid cedar.EntityUID, attributes cedar.RecordMap, parents ...cedar.EntityUID) {
		all[uid] = cedar.Entity{UID: uid, Attributes: cedar.NewRecord(attributes), Parents: cedar.NewEntityUIDSet(parents...)}
	}
	flag := func(attributes cedar.RecordMap, name cedar.String, v *bool) {
		if v != nil {
			attributes[name] = cedar.Boolean(*v)
		}
	}
	thing := cedar.RecordMap{"category": cedar.String(r.Item.Category)}
	if r.Item.Range != nil {
		thing["range"] = cedar.Long(*r.Item.Range) // whole kilometres: decimals have no <
	}
	add(item, thing)
	applicant, recipient := cedar.RecordMap{}, cedar.RecordMap{}
	flag(applicant, "convicted", r.Applicant.Convicted)
	flag(recipient, "vetted", r.Recipient.Vetted)
	add(cedar.NewEntityUID("Party", cedar.String(r.Applicant.ID)), applicant)
	if slices.Contains(members, r.Recipient.ID) {
		add(country(r), recipient, group)
	} else {
		add(country(r), recipient)
	}
	return all
}

func country(r task.Request) cedar.EntityUID {
	return cedar.NewEntityUID("Country", cedar.String(r.Recipient.ID))
}

func request(r task.Request) cedar.Request {
	return cedar.Request{
		Principal: cedar.NewEntityUID("Party", cedar.String(r.Applicant.ID)),
		Action:    export,
		Resource:  item,
		Context:   cedar.NewRecord(cedar.RecordMap{"recipient": country(r)}),
	}
}

// deciding gives the outcome and the policies that decide. A policy with an error is passed over
// by Cedar, so that a forbid with one would permit: every error is one here.
func deciding(policies *cedar.PolicySet, q cedar.Request, all cedar.EntityMap) (string, []*cedar.Policy, error) {
	decision, diagnostic := cedar.Authorize(policies, all, q)
	var failed error
	for _, e := range diagnostic.Errors {
		failed = errors.Join(failed, errors.New(e.String()))
	}
	if failed != nil {
		return "", nil, failed
	}
	if decision == cedar.Allow {
		return "permit", nil, nil
	}
	for _, outcome := range strictest {
		var by []*cedar.Policy
		for _, reason := range diagnostic.Reasons {
			if p := policies.Get(reason.PolicyID); string(p.Annotations()["outcome"]) == outcome {
				by = append(by, p)
			}
		}
		if by != nil {
			return outcome, by, nil
		}
	}
	return "deny", nil, nil // no permit applies
}

func outcome(policies *cedar.PolicySet, r task.Request, members []string) (string, error) {
	outcome, _, err := deciding(policies, request(r), entities(r, members))
	return outcome, err
}

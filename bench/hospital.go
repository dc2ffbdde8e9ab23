package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Access is a case of the hospital: who wants to do what with what.
type Access struct {
	Subject struct {
		Role       string `ctl:"job"`
		Department string `ctl:"department"`
		OnDuty     bool   `ctl:"on_duty"`
		Suspended  bool   `ctl:"suspended"`
	} `ctl:"subject"`
	Action   string `ctl:"action"`
	Resource struct {
		Sort       string `ctl:"sort"`
		Department string `ctl:"department"`
		Sealed     bool   `ctl:"sealed"`
		Own        bool   `ctl:"own"`
	} `ctl:"resource"`
}

// accessEnv is a case for expr.
type accessEnv struct {
	Job        string `expr:"job"`
	Department string `expr:"department"`
	OnDuty     bool   `expr:"on_duty"`
	Suspended  bool   `expr:"suspended"`
	Action     string `expr:"action"`
	Sort       string `expr:"sort"`
	Owner      string `expr:"owner"`
	Sealed     bool   `expr:"sealed"`
	Own        bool   `expr:"own"`
}

var (
	job, department, action  = Fact{"job", Text}, Fact{"department", Text}, Fact{"action", Text}
	sort, owner              = Fact{"sort", Text}, Fact{"owner", Text}
	onDuty, suspended        = Fact{"on_duty", Bool}, Fact{"suspended", Bool}
	sealed, own              = Fact{"sealed", Bool}, Fact{"own", Bool}
	hospitalFacts            = []Fact{job, department, onDuty, suspended, action, sort, owner, sealed, own}
	jobs, actions, resources = hospitalNames()
)

// right is what a job may do in its own department; duty: only while on duty.
type right struct {
	job, action, sort string
	duty              bool
}

// rights are the 33 of every department.
var rights = hospitalRights(`
	physician read record; physician write record duty; physician order test duty; physician read result
	physician prescribe medication duty; physician discharge patient duty; physician admit patient duty
	resident read record; resident write record duty; resident order test duty; resident read result
	nurse read record; nurse write vitals duty; nurse read vitals; nurse administer medication duty; nurse read result
	head_nurse read record; head_nurse write vitals duty; head_nurse write schedule; head_nurse read schedule; head_nurse administer medication duty
	pharmacist read medication; pharmacist dispense medication duty; pharmacist write medication duty
	technician read test; technician write result duty; technician read schedule
	clerk read schedule; clerk write schedule duty; clerk admit patient duty
	manager read schedule; manager write schedule; manager read report`)

func hospitalRights(text string) []right {
	var all []right
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if w := strings.Fields(line); len(w) > 0 {
			all = append(all, right{w[0], w[1], w[2], len(w) == 4})
		}
	}
	return all
}

// hospitalNames lists every job, action and sort of resource once, in the order of rights.
func hospitalNames() (jobs, actions, resources []string) {
	seen := make(map[string]bool)
	add := func(list *[]string, kind, name string) {
		if !seen[kind+name] {
			seen[kind+name] = true
			*list = append(*list, name)
		}
	}
	for _, r := range rights {
		add(&jobs, "job ", r.job)
		add(&actions, "action ", r.action)
		add(&resources, "sort ", r.sort)
	}
	return append(jobs, "auditor", "visitor"), append(actions, "delete"), resources
}

func departmentName(d int) string { return fmt.Sprintf("d%d", d+1) }

// randomAccesses are n cases over a number of departments: half of them a right of
// somebody in his own department, the others anything.
func randomAccesses(departments, n int) []Access {
	r := rand.New(rand.NewPCG(6, 3))
	cases := make([]Access, n)
	for i := range cases {
		c := &cases[i]
		c.Subject.Department = departmentName(r.IntN(departments))
		c.Resource.Department = departmentName(r.IntN(departments))
		c.Subject.Role, c.Action, c.Resource.Sort = pick(r, jobs), pick(r, actions), pick(r, resources)
		if flip(r) {
			x := rights[r.IntN(len(rights))]
			c.Subject.Role, c.Action, c.Resource.Sort = x.job, x.action, x.sort
			c.Resource.Department = c.Subject.Department
		}
		c.Subject.OnDuty = r.IntN(4) > 0
		c.Subject.Suspended = r.IntN(20) == 0
		c.Resource.Sealed = r.IntN(10) == 0
		c.Resource.Own = r.IntN(10) == 0
	}
	return cases
}

// decide is the policy by hand. It is one for any number of departments, as each has
// the same rights.
func (c *Access) decide() Answer {
	if c.Subject.Suspended || c.Action == "delete" || c.Resource.Sealed && c.Action != "read" {
		return Deny
	}
	if c.Action == "read" && (c.Subject.Role == "auditor" || c.Resource.Own && c.Resource.Sort == "record") {
		return Permit
	}
	if c.Subject.Department != c.Resource.Department {
		return Deny
	}
	duty := c.Subject.OnDuty
	switch c.Subject.Role {
	case "physician":
		switch c.Action {
		case "read":
			return answerOf(c.Resource.Sort == "record" || c.Resource.Sort == "result")
		case "write":
			return answerOf(c.Resource.Sort == "record" && duty)
		case "order":
			return answerOf(c.Resource.Sort == "test" && duty)
		case "prescribe":
			return answerOf(c.Resource.Sort == "medication" && duty)
		case "discharge", "admit":
			return answerOf(c.Resource.Sort == "patient" && duty)
		}
	case "resident":
		switch c.Action {
		case "read":
			return answerOf(c.Resource.Sort == "record" || c.Resource.Sort == "result")
		case "write":
			return answerOf(c.Resource.Sort == "record" && duty)
		case "order":
			return answerOf(c.Resource.Sort == "test" && duty)
		}
	case "nurse":
		switch c.Action {
		case "read":
			return answerOf(c.Resource.Sort == "record" || c.Resource.Sort == "vitals" || c.Resource.Sort == "result")
		case "write":
			return answerOf(c.Resource.Sort == "vitals" && duty)
		case "administer":
			return answerOf(c.Resource.Sort == "medication" && duty)
		}
	case "head_nurse":
		switch c.Action {
		case "read":
			return answerOf(c.Resource.Sort == "record" || c.Resource.Sort == "schedule")
		case "write":
			return answerOf(c.Resource.Sort == "schedule" || c.Resource.Sort == "vitals" && duty)
		case "administer":
			return answerOf(c.Resource.Sort == "medication" && duty)
		}
	case "pharmacist":
		switch c.Action {
		case "read":
			return answerOf(c.Resource.Sort == "medication")
		case "dispense", "write":
			return answerOf(c.Resource.Sort == "medication" && duty)
		}
	case "technician":
		switch c.Action {
		case "read":
			return answerOf(c.Resource.Sort == "test" || c.Resource.Sort == "schedule")
		case "write":
			return answerOf(c.Resource.Sort == "result" && duty)
		}
	case "clerk":
		switch c.Action {
		case "read":
			return answerOf(c.Resource.Sort == "schedule")
		case "write":
			return answerOf(c.Resource.Sort == "schedule" && duty)
		case "admit":
			return answerOf(c.Resource.Sort == "patient" && duty)
		}
	case "manager":
		return answerOf(c.Action == "read" && (c.Resource.Sort == "schedule" || c.Resource.Sort == "report") ||
			c.Action == "write" && c.Resource.Sort == "schedule")
	}
	return Deny
}

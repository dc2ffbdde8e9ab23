package main

import (
	"fmt"
	"strings"
)

// hospitalCtl writes the policy in Ctl: five general rules, and a department's own in a
// row.
func hospitalCtl(departments int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `outcomes deny > permit

kind Subject {
  job: %s
  department: text
  on_duty: bool
  suspended: bool
}
kind Action = %s
kind Resource {
  sort: %s
  department: text
  sealed: bool
  own: bool "the subject's own"
}

role by subject: Subject
role action: Action
role on resource: Resource

policy bench {
  deny when subject.suspended
  deny delete
  deny any when resource.sealed unless action = read
  permit read when subject.job = auditor
  permit read when resource.own and resource.sort = record
`, strings.Join(jobs, " | "), strings.Join(actions, " | "), strings.Join(resources, " | "))
	for d := range departments {
		fmt.Fprintf(&b, "\n  # %s\n", departmentName(d))
		for _, r := range rights {
			fmt.Fprintf(&b, "  permit %s when subject.job = %s and subject.department = %q and resource.sort = %s and resource.department = %q",
				r.action, r.job, departmentName(d), r.sort, departmentName(d))
			if r.duty {
				b.WriteString(" and subject.on_duty")
			}
			b.WriteByte('\n')
		}
	}
	b.WriteString("\n  otherwise deny\n}\n")
	return b.String()
}

// hospitalRules are the same rules for the other engines.
func hospitalRules(departments int) *Rules {
	var notRead []string
	for _, a := range actions {
		if a != "read" {
			notRead = append(notRead, a)
		}
	}
	rules := &Rules{All: []Rule{
		deny(yes(suspended)),
		deny(is(action, "delete")),
		deny(yes(sealed), is(action, notRead...)),
		permit(is(action, "read"), is(job, "auditor")),
		permit(is(action, "read"), yes(own), is(sort, "record")),
	}}
	for d := range departments {
		for _, r := range rights {
			tests := []Test{is(department, departmentName(d)), is(owner, departmentName(d)), is(job, r.job), is(action, r.action), is(sort, r.sort)}
			if r.duty {
				tests = append(tests, yes(onDuty))
			}
			rules.All = append(rules.All, permit(tests...))
		}
	}
	return rules
}

// hospitalCasbin has a policy line for each right of a department; the general rules
// stand in the matcher.
func hospitalCasbin(departments int) *casbinRules {
	c := &casbinRules{policy: "job, department, action, sort, duty", effect: "some(where (p.eft == allow))",
		matcher: `!r.suspended && r.action != "delete" && !(r.sealed && r.action != "read") && \
  (r.department == p.department && r.owner == p.department && r.job == p.job && r.action == p.action && r.sort == p.sort && (r.on_duty || p.duty == "any") || \
  r.action == "read" && (r.job == "auditor" || r.own && r.sort == "record"))`}
	for d := range departments {
		for _, r := range rights {
			duty := "any"
			if r.duty {
				duty = "on"
			}
			fmt.Fprintf(&c.lines, "p, %s, %s, %s, %s, %s\n", r.job, departmentName(d), r.action, r.sort, duty)
		}
	}
	return c
}

// hospitalWorkload is the policy of a number of departments.
func hospitalWorkload(departments, n int) *Workload {
	accesses, rules := randomAccesses(departments, n), hospitalRules(departments)
	envs := mapped(accesses, func(c *Access) accessEnv {
		return accessEnv{c.Subject.Role, c.Subject.Department, c.Subject.OnDuty, c.Subject.Suspended, c.Action,
			c.Resource.Sort, c.Resource.Department, c.Resource.Sealed, c.Resource.Own}
	})
	cases := &Cases{Facts: hospitalFacts, N: n, Value: func(i, f int) any {
		e := &envs[i]
		return []any{e.Job, e.Department, e.OnDuty, e.Suspended, e.Action, e.Sort, e.Owner, e.Sealed, e.Own}[f]
	}}
	engines := append([]Engine{handWritten(accesses, (*Access).decide)}, ctlEngines(hospitalCtl(departments), accesses)...)
	engines = append(engines,
		celEngine(celText(rules), cases),
		exprEngine(exprText(rules), envs),
		cedarEngine(cedarText(rules), cases, nil),
		opaEngine(opaText(rules), cases),
		casbinEngine(hospitalCasbin(departments), cases),
	)
	return &Workload{Name: "hospital", Title: fmt.Sprintf("%d departments", departments), Cases: n, Engines: engines}
}

# Who may do what with which document: a subject, an action, a resource. Nothing here
# is about export control.

# Strictest first: whatever forbids prevails over whatever allows.
outcomes forbid "not allowed"
       > allow  "allowed"

kind Action {
  verb: read | write | share | delete
}

kind Person = text {
  department: text
  duties: set of editor | auditor | records_manager
  suspended: bool
}

kind Document = text {
  owner: Person
  department: text
  class: public | internal | secret
  on_hold: bool
}

role action: Action  # allow Reading ...
role by subject: Person  # ... by Auditor ...
role on resource: Document  # ... on Internal

term Reading of Action: verb = read
term Writing of Action: verb = write
term Deleting of Action: verb = delete
term Changing of Action: Writing or Deleting
term Suspended of Person: suspended
term Auditor of Person: auditor in duties
term Editor of Person: editor in duties
term RecordsManager of Person: records_manager in duties
term Public of Document: class = public
term Secret of Document: class = secret
term OnHold of Document: on_hold
term Colleague: subject.department = resource.department

policy documents "who may do what with documents" {
  suspended: forbid any by Suspended
    because "an account under investigation is closed"
  hold: forbid Changing on OnHold
    because "what a court has asked for stays as it is"
  release: allow Deleting by RecordsManager on OnHold when Colleague notwithstanding hold
    because "the records manager of the department answers to the court"

  own: allow any when resource.owner = subject
  colleagues: allow Reading on not Secret when Colleague
  editors: allow Writing by Editor on not Secret when Colleague
  audit: allow Reading by Auditor
  open: allow Reading on Public
  otherwise forbid
}

test "an owner" {
  given action.verb = delete, subject = ann, subject is not Suspended, resource.owner = ann,
    resource.on_hold = no
  expect allow by own
}

test "an owner under a hold" {
  given action.verb = delete, subject = ann, subject is not Suspended, subject.department = law,
    resource.owner = ann, resource.department = sales, resource.on_hold
  expect forbid by hold
}

test "auditors read secrets" {
  given action.verb = read, subject = zoe, subject.duties = (auditor), subject is not Suspended,
    resource.class = secret
  expect allow by audit
}

claim "the suspended do nothing": always forbid when subject is Suspended
claim "what is on hold is not written": never allow when action is Writing and resource is OnHold

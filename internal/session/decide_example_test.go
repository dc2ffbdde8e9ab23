package session

import "testing"

// TestForExample shows a fact that the session would take, of whatever sort the facts are.
func TestForExample(t *testing.T) {
	for _, row := range []struct{ vocabulary, rule, want string }{
		{"kind Party = text\nrole to buyer: Party", `deny to "Bolt"`, `buyer = "some name"`},
		{"kind Place = north | south\nrole at place: Place", "deny at north", "place = north"},
		{"kind Box { mass: mass  fragile: bool }\nrole box: Box", "deny when box.mass > 3 kg and box.fragile", "box.fragile = yes"},
		{"kind Box { mass: mass }\nrole box: Box", "deny when box.mass > 3 kg", "box.mass = 300 kg"},
		{"kind Box { n: number }\nrole box: Box", "deny when box.n > 3", "box.n = 3"},
		{"kind Box { made: date }\nrole box: Box", "deny when box.made > 2020-01-01", "box.made = 2025-06-01"},
		{"", "deny", ""},
	} {
		s := ofText(t, "outcomes deny > permit\n"+row.vocabulary+"\npolicy p { "+row.rule+"  otherwise permit }\n")
		fact := s.forExample("", "")
		if fact != row.want {
			t.Errorf("%s: %q is shown, not %q", row.vocabulary, fact, row.want)
		}
		if fact != "" {
			tell(t, s, fact)
		}
	}
}

package main

// handWritten is the yardstick: what a programmer would write for one policy alone.
func handWritten[T any](cases []T, decide func(*T) Answer) Engine {
	return Engine{Name: "hand-written Go", Load: func() (Loaded, error) {
		return func() (Run, error) {
			return func(lo, hi int, out []Answer) error {
				for i := lo; i < hi; i++ {
					out[i] = decide(&cases[i])
				}
				return nil
			}, nil
		}, nil
	}}
}

// exportCodes is a case with small numbers for texts: what hand-written Go decides
// fastest.
type exportCodes struct {
	reach, payload                                               int
	category, form, purpose                                      uint8
	member, pariah, watched, partner                             bool
	production, controls, adherent, vetted, undertakings, before bool
}

// The codes are the places in categories, forms and purposes.
const (
	catI, catII, catNone = 0, 1, 2

	missile, slv, soundingRocket, uav, component, technology = 0, 1, 2, 3, 4, 5

	military, wmd, spaceLaunch, scientific, civil = 0, 1, 2, 3, 4
)

func code(list []string, text string) uint8 {
	for i, t := range list {
		if t == text {
			return uint8(i)
		}
	}
	panic(text + " is none of them")
}

var isMemberOf = func() map[string]bool {
	m := make(map[string]bool)
	for _, c := range members {
		m[c] = true
	}
	return m
}()

func (c *Export) coded() exportCodes {
	x := exportCodes{
		reach: c.Item.Range, payload: c.Item.Payload,
		category: code(categories, c.Item.Category), form: code(forms, c.Item.Form), purpose: code(purposes, c.Program.Purpose),
		member: isMemberOf[c.Recipient.ID], production: c.Item.Production, controls: c.Recipient.Controls, adherent: c.Recipient.Adherent,
		vetted: c.Program.Vetted, undertakings: c.Transfer.Undertakings, before: c.Transfer.Before,
	}
	switch c.Recipient.ID {
	case "IR", "KP", "SY":
		x.pariah = true
	case "CU", "BY", "VE", "MM":
		x.watched = true
	case "JP", "KR", "AU", "NZ":
		x.partner = true
	}
	return x
}

// decide is the policy on codes.
func (c *exportCodes) decide() Answer {
	if c.purpose == wmd || c.pariah || c.watched && c.purpose == military || c.category == catI && c.production ||
		c.form == technology && c.category == catI && !c.undertakings {
		return Deny
	}
	if !c.member {
		if c.category == catI && (c.purpose == military || c.purpose == spaceLaunch && !c.vetted ||
			c.form == component && !c.controls || c.form == slv && !c.before && !c.controls) ||
			c.category == catII && (c.purpose == military && !c.adherent || c.reach >= 300 && !c.undertakings) ||
			c.form == missile && c.reach >= 300 && c.payload >= 500 ||
			c.form == uav && c.reach >= 300 && c.payload >= 500 && !c.controls ||
			c.form == soundingRocket && c.reach >= 300 && !c.undertakings {
			return Deny
		}
	}
	civilian := c.purpose == scientific || c.purpose == civil
	switch c.category {
	case catI:
		if c.member && c.purpose != military && c.undertakings || c.before && c.undertakings && c.controls {
			return Permit
		}
	case catII:
		if c.member || c.adherent && c.undertakings || c.form == component && c.purpose == civil && c.controls {
			return Permit
		}
	case catNone:
		if civilian || c.member {
			return Permit
		}
	}
	return answerOf(c.form == uav && (c.reach < 300 && c.payload < 500 && c.controls || c.partner && civilian) ||
		c.form == slv && c.purpose == spaceLaunch && c.vetted && c.undertakings ||
		c.form == soundingRocket && c.reach < 300 && c.purpose == scientific)
}

// decide is the policy on the texts as they came.
func (c *Export) decide() Answer {
	category, form, purpose, to := c.Item.Category, c.Item.Form, c.Program.Purpose, c.Recipient.ID
	far, heavy, undertakings, controls := c.Item.Range >= 300, c.Item.Payload >= 500, c.Transfer.Undertakings, c.Recipient.Controls
	if purpose == "wmd" || category == "I" && (c.Item.Production || form == "technology" && !undertakings) {
		return Deny
	}
	switch to {
	case "IR", "KP", "SY":
		return Deny
	case "CU", "BY", "VE", "MM":
		if purpose == "military" {
			return Deny
		}
	}
	member := isMemberOf[to]
	if !member {
		if category == "I" && (purpose == "military" || purpose == "space_launch" && !c.Program.Vetted ||
			form == "component" && !controls || form == "space_launch_vehicle" && !c.Transfer.Before && !controls) ||
			category == "II" && (purpose == "military" && !c.Recipient.Adherent || far && !undertakings) ||
			far && heavy && (form == "missile" || form == "uav" && !controls) ||
			far && form == "sounding_rocket" && !undertakings {
			return Deny
		}
	}
	civilian := purpose == "scientific" || purpose == "civil"
	switch category {
	case "I":
		if undertakings && (member && purpose != "military" || c.Transfer.Before && controls) {
			return Permit
		}
	case "II":
		if member || c.Recipient.Adherent && undertakings || form == "component" && purpose == "civil" && controls {
			return Permit
		}
	case "none":
		if civilian || member {
			return Permit
		}
	}
	switch form {
	case "uav":
		partner := to == "JP" || to == "KR" || to == "AU" || to == "NZ"
		return answerOf(!far && !heavy && controls || partner && civilian)
	case "space_launch_vehicle":
		return answerOf(purpose == "space_launch" && c.Program.Vetted && undertakings)
	case "sounding_rocket":
		return answerOf(!far && purpose == "scientific")
	}
	return Deny
}

package interp

// Otherwise is what the policy says where no rule applies; nil where it says nothing.
func (p *Policy) Otherwise() *Otherwise { return p.root.Otherwise }

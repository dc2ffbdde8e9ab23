package gen

// fuzzTest is what the tests of all rules have.
const fuzzTest = `
// FuzzDecide draws requests and decides each by the generated code and by its facts, which are
// told without it.
func FuzzDecide(f *testing.F) {
	program := fuzzedRules(f)
	bindings := map[*interp.Policy]*interp.Bound[Case]{}
	for seed := range uint64(100) {
		random, data := rand.New(rand.NewPCG(seed, 0)), make([]byte, 1024)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := &drawer{data: data}
		var day time.Time
		if d.below(8) > 0 {
			day, _ = d.date()
		}
		request, facts := drawCase(d)
		for _, by := range fuzzed {
			c := program.NewCase()
			decision, err := decideFacts(c, by.name, day, facts)
			answer, problem := by.decide(context.Background(), program, day, &request)
			if (err == nil) != (problem == nil) || answered(answer) != decided(decision) {
				t.Errorf("%s: the generated code says %s (%v), and of the facts %v is said %s (%v)", by.name, answered(answer), problem, c.Map(), decided(decision), err)
			}
			read := program.NewCase()
			if problem := read.ReadStruct(&request); err == nil && (problem != nil || fmt.Sprint(read.Map()) != fmt.Sprint(c.Map())) {
				t.Errorf("the request is %v (%v), and the facts are %v", read.Map(), problem, c.Map())
			}
			if err == nil {
				bound, problem := bind(bindings, decision.Policy, c.Date())
				if problem != nil {
					t.Fatal(problem)
				}
				if d, err := bound.Decide(&request); err != nil || d.Answer() != decision.Answer() || fmt.Sprint(d.Rules) != fmt.Sprint(decision.Rules) {
					t.Errorf("%s: bound to the generated code it says %s by %v (%v), and of the facts %v is said %s", by.name, d.Answer(), d.Rules, err, c.Map(), decided(decision))
				}
			}
		}
	})
}

// bind is a policy bound to the type of requests, once, and to a date.
func bind(bindings map[*interp.Policy]*interp.Bound[Case], p *interp.Policy, on interp.Date) (*interp.Bound[Case], error) {
	bound, err := bindings[p], error(nil)
	if bound == nil {
		if bound, err = interp.Bind[Case](p); err != nil {
			return nil, err
		}
		bindings[p] = bound
	}
	if on == interp.NoDate {
		return bound, nil
	}
	return bound.On(on)
}

// answered is what an answer says.
func answered(a Answer) string {
	if a.Decision == nil {
		return "nothing"
	}
	return fmt.Sprintf("%s %s as of %s by %q, %q, %q", a.Status, a.Outcome, a.Decision.AsOf, a.Rules, a.Obligations, a.Needs)
}

// decided is the same of a decision.
func decided(d *interp.Decision) string {
	if d == nil {
		return "nothing"
	}
	outcome, labels := "", []string{}
	if d.Outcome != nil {
		outcome = d.Outcome.Name
	}
	for _, r := range d.Rules {
		labels = append(labels, r.Label)
	}
	return fmt.Sprintf("%s %s as of %s by %q, %q, %q", d.Status, outcome, d.AsOf, labels, d.Obligations, d.Needs)
}

// decideFacts decides facts that are told as a map.
func decideFacts(c *interp.Case, name string, day time.Time, facts map[string]any) (*interp.Decision, error) {
	if !day.IsZero() {
		if err := c.Set("as_of", day.Format(time.DateOnly)); err != nil {
			return nil, err
		}
	}
	policy, err := c.Program().PolicyOn(name, c.Date())
	if err != nil {
		return nil, err
	}
	if err := c.ReadMap(facts); err != nil {
		return nil, err
	}
	return policy.Decide(context.Background(), c)
}

// drawer makes choices of the bytes of a fuzzer; where there are no more, always the first.
type drawer struct {
	data []byte
	deep int // things within one another
}

// deepest is how many things are drawn within one another, where kinds hold their own.
const deepest = 8


// below is one of the numbers from 0 to n-1.
func (d *drawer) below(n int) int {
	k := 0
	for most := n - 1; most > 0 && len(d.data) > 0; most >>= 8 {
		k, d.data = k<<8|int(d.data[0]), d.data[1:]
	}
	return k % n
}

// told says whether a fact is told.
func (d *drawer) told() bool { return d.below(5) > 0 }

func (d *drawer) bool() (bool, any) {
	v := d.below(2) == 1
	return v, v
}

// text is one that the rules name, or another.
func (d *drawer) text() (string, any) {
	v := drawnTexts[d.below(len(drawnTexts))]
	return v, v
}

// count is a number that the rules name, one beside it, or another.
func (d *drawer) count(named ...string) string {
	if len(named) > 0 && d.below(3) > 0 {
		n, _ := new(big.Rat).SetString(named[d.below(len(named))])
		n.Add(n, big.NewRat(int64(d.below(3)-1), 1000))
		digits, _ := n.FloatPrec()
		return n.FloatString(digits)
	}
	return []string{"0", "1", "-1", "2.5", "1000", "0.001"}[d.below(6)]
}

// date is a day that the rules name, one beside it, or another, at some time in some zone.
func (d *drawer) date() (time.Time, any) {
	text := drawnDates[d.below(len(drawnDates))]
	day, err := time.ParseInLocation(time.DateOnly, text, time.FixedZone("", 3600*(d.below(25)-12)))
	if err != nil {
		panic(err)
	}
	day = day.AddDate(0, 0, d.below(3)-1).Add(time.Duration(d.below(24)) * time.Hour)
	return day, day.Format(time.DateOnly)
}

// address is one that the rules name, or the one beside it.
func (d *drawer) address() (netip.Addr, any) {
	a := netip.MustParseAddr(drawnAddresses[d.below(len(drawnAddresses))])
	for _, beside := range []netip.Addr{a.Prev(), a.Next()} {
		if d.below(3) == 0 && beside.IsValid() {
			return beside, beside.String()
		}
	}
	return a, a.String()
}

// moment is one that the rules name, or one close by, by some clock.
func (d *drawer) moment() (time.Time, any) {
	at, err := time.Parse(time.RFC3339Nano, drawnMoments[d.below(len(drawnMoments))])
	if err != nil {
		panic(err)
	}
	at = at.Add(time.Duration(d.below(3)-1) * []time.Duration{1, time.Minute, 25 * time.Hour}[d.below(3)]).In(time.FixedZone("", 3600*(d.below(25)-12)))
	return at, at.Format(time.RFC3339Nano)
}

func (d *drawer) timeOfDay() (string, any) {
	text := drawnTimes[d.below(len(drawnTimes))]
	return text, text
}

func (d *drawer) duration() (interp.Duration, any) {
	n := d.below(40)
	if d.below(2) == 0 {
		return interp.Duration{Days: int32(n)}, fmt.Sprintf("%d days", n)
	}
	return interp.Duration{Months: int32(n)}, fmt.Sprintf("%d months", n)
}

// choice is a constant of the code, and what the rules call it.
type choice[T ~string] struct {
	constant T
	name     string
}

// choose draws one of some constants.
func choose[T ~string](of ...choice[T]) func(*drawer) (T, any) {
	return func(d *drawer) (T, any) {
		v := of[d.below(len(of))]
		return v.constant, v.name
	}
}

// thing is a thing among others.
func thing[T any](draw func(*drawer) (T, map[string]any)) func(*drawer) (T, any) {
	return func(d *drawer) (T, any) {
		data := d.data
		if d.deep++; d.deep > deepest {
			d.data = nil // and so nothing more is told
		}
		v, facts := draw(d)
		if d.deep--; d.deep >= deepest {
			d.data = data
		}
		return v, facts
	}
}

// list draws up to three elements.
func list[T any](draw func(*drawer) (T, any)) func(*drawer) ([]T, any) {
	return func(d *drawer) ([]T, any) {
		v, facts := []T{}, []any{}
		for range d.below(4) {
			e, fact := draw(d)
			v, facts = append(v, e), append(facts, fact)
		}
		return v, facts
	}
}

// optional draws a value or none.
func optional[T any](draw func(*drawer) (T, any)) func(*drawer) (interp.Optional[T], any) {
	return func(d *drawer) (interp.Optional[T], any) {
		if d.below(3) == 0 {
			return interp.NoneOf[T](), nil
		}
		v, fact := draw(d)
		return interp.Some(v), fact
	}
}

// tells draws a field and the fact that it tells, or leaves both out.
func tells[T any](d *drawer, field *T, facts map[string]any, name string, draw func(*drawer) (T, any)) {
	if d.told() {
		*field, facts[name] = draw(d)
	}
}

// pointer is a field that nil leaves out.
func pointer[T any](draw func(*drawer) (T, any)) func(*drawer) (*T, any) {
	return func(d *drawer) (*T, any) {
		v, fact := draw(d)
		return &v, fact
	}
}
`

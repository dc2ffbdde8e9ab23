package stdlib

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/internal/zone"
)

var momentFunctions = []Function{
	{
		Name: "local_date", Params: []string{"moment", "text"}, Result: "date",
		Doc:     "The day that the calendar of a zone shows at a moment. The zone is one of the IANA database, such as Europe/Berlin, and is written out in the rules, as a text or as a value with a name.",
		Example: `local_date(2026-11-29T23:30:00Z, "Europe/Berlin") = 2026-11-30`,
		Call: two(func(m num.Moment, name string) (any, error) {
			d, _, err := local(m, name)
			return d, err
		}),
	},
	{
		Name: "local_time", Params: []string{"moment", "text"}, Result: "time_of_day",
		Doc: "What the clock of a zone shows at a moment; the zone is written as for local_date. It shows no time that summer time skips, and one that is doubled at two moments. " +
			"Whether it is a working day is asked with weekday and local_date.",
		Example: `local_time(2026-11-29T23:30:00Z, "Europe/Berlin") = 00:30`,
		Call: two(func(m num.Moment, name string) (any, error) {
			_, t, err := local(m, name)
			return t, err
		}),
	},
}

func local(m num.Moment, name string) (num.Date, num.TimeOfDay, error) {
	l, err := zone.Load(name)
	if err != nil {
		return 0, 0, err
	}
	_, offset := m.Time().In(l).Zone()
	d, t := m.By(offset).Local()
	return d, t, nil
}

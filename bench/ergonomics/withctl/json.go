package withctl

import (
	"context"
	"encoding/json"

	"github.com/ctl-lang/ctl/interp"
)

func JSON(request []byte) ([]byte, error) {
	policy, err := load(interp.Options{}, "rules.ctl", "export")
	if err != nil {
		return nil, err
	}
	c := policy.Program().NewCase()
	if err := c.ReadJSON(context.Background(), "request", request); err != nil {
		return nil, err
	}
	d, err := policy.Decide(context.Background(), c)
	if err != nil {
		return nil, err
	}
	return json.Marshal(d.About(c))
}

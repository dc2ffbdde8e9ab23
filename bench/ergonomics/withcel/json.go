package withcel

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

type label struct {
	Label string `json:"label"`
}

func JSON(request []byte) ([]byte, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	var r task.Request
	decoder := json.NewDecoder(bytes.NewReader(request))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return nil, err
	}
	switch r.Item.Category {
	case "I", "II", "uncontrolled":
	default:
		return nil, fmt.Errorf("no category %q", r.Item.Category)
	}
	decides, err := first(rules, r, members)
	if err != nil {
		return nil, err
	}
	answer := struct {
		Outcome string  `json:"outcome"`
		Rules   []label `json:"rules"`
	}{Outcome: "permit"}
	if decides != nil {
		answer.Outcome, answer.Rules = decides.Outcome, []label{{decides.Label}}
	}
	return json.Marshal(answer)
}

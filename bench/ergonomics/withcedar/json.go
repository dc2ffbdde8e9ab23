package withcedar

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

type label struct {
	Label string `json:"label"`
}

func JSON(data []byte) ([]byte, error) {
	policies, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	var r task.Request
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return nil, err
	}
	switch r.Item.Category {
	case "I", "II", "uncontrolled":
	default:
		return nil, fmt.Errorf("no category %q", r.Item.Category)
	}
	outcome, by, err := deciding(policies, request(r), entities(r, members))
	if err != nil {
		return nil, err
	}
	answer := struct {
		Outcome string  `json:"outcome"`
		Rules   []label `json:"rules"`
	}{Outcome: outcome}
	for _, p := range by {
		answer.Rules = append(answer.Rules, label{string(p.Annotations()["id"])})
	}
	return json.Marshal(answer)
}

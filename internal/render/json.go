package render

import (
	"bytes"
	"encoding/json"
)

// Joined are objects that are one in JSON, their fields one behind the other.
type Joined []any

// MarshalJSON is the one object.
func (js Joined) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	for _, j := range js {
		var one bytes.Buffer
		enc := json.NewEncoder(&one)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(j); err != nil {
			return nil, err
		}
		fields := bytes.TrimSpace(one.Bytes())
		fields = fields[1 : len(fields)-1]
		if len(fields) > 0 && out.Len() > 0 {
			out.WriteByte(',')
		}
		out.Write(fields)
	}
	return append(append([]byte("{"), out.Bytes()...), '}'), nil
}

// texts is a list that is an empty array and not null where there is nothing in it.
func texts(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

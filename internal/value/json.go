package value

import (
	"encoding/json"
	"strconv"
)

// MarshalJSON writes the value as the API shows it: null, true, "12.50" (numbers as strings, so that no reader turns
// them into floats), {"amount","currency"}, "2026-03-31", "2026-03-31T08:00:00Z", "text", ["a"], and 7 for a reference.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case Null:
		return []byte("null"), nil
	case Bool:
		return strconv.AppendBool(nil, v.num != 0), nil
	case Money:
		return json.Marshal(v.Amount())
	case List:
		if v.list == nil {
			return []byte("[]"), nil
		}
		return json.Marshal(v.list)
	case Ref:
		return strconv.AppendInt(nil, v.num, 10), nil
	}
	return json.Marshal(v.String())
}

package definition

import "encoding/json"

// UnmarshalJSON accepts a membership as {unit, from, to, lead} or just the unit's key.
func (m *Membership) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &m.Unit)
	}
	type plain Membership
	return json.Unmarshal(data, (*plain)(m))
}

// MarshalJSON writes just the key where there is nothing else to say.
func (m Membership) MarshalJSON() ([]byte, error) {
	if m.From == nil && m.To == nil && !m.Lead {
		return json.Marshal(m.Unit)
	}
	type plain Membership
	return json.Marshal(plain(m))
}

// UnmarshalJSON accepts a manager as {person, from, to} or just the person's key.
func (m *Manager) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &m.Person)
	}
	type plain Manager
	return json.Unmarshal(data, (*plain)(m))
}

// MarshalJSON writes just the key where there is nothing else to say.
func (m Manager) MarshalJSON() ([]byte, error) {
	if m.From == nil && m.To == nil {
		return json.Marshal(m.Person)
	}
	type plain Manager
	return json.Marshal(plain(m))
}

// UnmarshalJSON accepts a position as {position, from, to} or just its name.
func (h *Held) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &h.Position)
	}
	type plain Held
	return json.Unmarshal(data, (*plain)(h))
}

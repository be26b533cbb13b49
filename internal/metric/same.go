package metric

import (
	"bytes"
	"encoding/json"

	"laurel/internal/i18n"
)

// MeasuresAs reports whether two definitions measure the same: whatever they are called, and whatever what they count is.
func (d Def) MeasuresAs(other Def) bool {
	d.Name, d.Unit, other.Name, other.Unit = i18n.Text{}, i18n.Text{}, i18n.Text{}, i18n.Text{}
	a, errA := json.Marshal(d)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

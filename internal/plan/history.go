package plan

import (
	"encoding/json"
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/db"
)

// maxHistory bounds how far back a plan's history is told, in entries of the change log.
const maxHistory = 200

// Done is something that was done to a plan: "draft", "drop_draft", "submitted", "sent_back", "publish", "end" or "resume".
type Done struct {
	At      int64 // µs UTC
	By      string
	Did     string
	Version int64         // of submissions and returns, else 0
	Note    string        // of a submission, the reason of a return
	Until   *calendar.Day // of an end
}

// History tells from the change log what was done to a plan, the newest first. Draft after draft by the same person is told
// once, as of the last of them.
func (s *Store) History(tx *db.Tx, p *Plan) ([]Done, error) {
	changes, err := s.records.History(tx, "@plan", p.ID, 0, maxHistory)
	if err != nil {
		return nil, fmt.Errorf("read the history of a plan: %w", err)
	}
	var out []Done
	for i := range changes {
		d := Done{At: changes[i].At, By: changes[i].Actor}
		var after struct {
			Did     string        `json:"did"`
			Version int64         `json:"version"`
			Note    string        `json:"note"`
			Until   *calendar.Day `json:"until"`
		}
		if err := json.Unmarshal(changes[i].After, &after); err != nil {
			return nil, fmt.Errorf("read the history of a plan: %w", err)
		}
		d.Did, d.Version, d.Note = after.Did, after.Version, after.Note
		if d.Did == "end" {
			d.Until = after.Until
		}
		if last := len(out) - 1; d.Did == "draft" && last >= 0 && out[last].Did == "draft" && out[last].By == d.By {
			continue
		}
		out = append(out, d)
	}
	return out, nil
}

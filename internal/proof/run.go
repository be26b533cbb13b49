package proof

import (
	"encoding/json"
	"fmt"
	"time"

	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/verify"
)

// Cause says why a proof ran.
type Cause string

// The causes.
const (
	Nightly Cause = "nightly" // a server's clock
	Asked   Cause = "asked"   // somebody in the browser or over HTTP
	Command Cause = "command" // laurel verify
)

// State is where a run stands.
type State string

// The states. A run is Interrupted when its process was stopped or killed under way.
const (
	Running     State = "running"
	Done        State = "done"
	Failed      State = "failed"
	Interrupted State = "interrupted"
)

// Bounds of what is kept and of how long a run may be silent.
const (
	keptRuns        = 400
	keptDifferences = 50 // and as many periods not judged, of each run
	beatEvery       = 10 * time.Second
	silence         = time.Minute // without a beat: the run's process is gone
)

// Run is one recomputation on record.
type Run struct {
	ID        int64
	Cause     Cause
	By        string // who asked; empty for a server's clock
	State     State
	StartedAt int64          // µs UTC
	EndedAt   int64          // µs UTC; 0 while it runs, the last sign of life when it was interrupted
	Report    *verify.Report // only of a run that is done
	Failure   string
}

// List lists the last runs, the newest first.
func List(tx *db.Tx, now time.Time, limit int) ([]Run, error) {
	return read(tx, now, `ORDER BY started_at DESC, id DESC LIMIT $1`, limit)
}

// LastDone is the last run that came to its end; nil when there is none.
func LastDone(tx *db.Tx, now time.Time) (*Run, error) {
	found, err := read(tx, now, `WHERE state = $1 ORDER BY started_at DESC, id DESC LIMIT 1`, string(Done))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

func read(tx *db.Tx, now time.Time, rest string, args ...any) ([]Run, error) {
	rows, err := tx.Query(`SELECT id, cause, started_by, state, started_at, beat_at, ended_at, report, failure FROM proof `+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read proofs: %w", err)
	}
	defer rows.Close()
	var out []Run
	for rows.Next() {
		var r Run
		var beat int64
		var report string
		if err := rows.Scan(&r.ID, &r.Cause, &r.By, &r.State, &r.StartedAt, &beat, &r.EndedAt, &report, &r.Failure); err != nil {
			return nil, fmt.Errorf("read proofs: %w", err)
		}
		if r.State == Running && now.UnixMicro()-beat > silence.Microseconds() {
			r.State, r.EndedAt = Interrupted, beat
		}
		if report != "" {
			if err := json.Unmarshal([]byte(report), &r.Report); err != nil {
				return nil, fmt.Errorf("read a proof's report: %w", err)
			}
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// begin puts a run on record. One that is under way keeps another from beginning, unless it is a command's.
func begin(tx *db.Tx, now time.Time, cause Cause, by string) (Run, error) {
	last, err := read(tx, now, `WHERE state = $1 ORDER BY started_at DESC LIMIT 100`, string(Running))
	if err != nil {
		return Run{}, err
	}
	for _, r := range last {
		if r.State == Interrupted {
			_, err := tx.Exec(`UPDATE proof SET state = $1, ended_at = $2 WHERE id = $3`, string(Interrupted), r.EndedAt, r.ID)
			if err != nil {
				return Run{}, fmt.Errorf("write a proof: %w", err)
			}
		} else if cause != Command {
			return Run{}, problem.New(problem.Conflict, "proof_running", "", "正在核对，请等它结束再试。", "A proof is under way: wait for its end and try again.")
		}
	}
	id, err := tx.NextID(1)
	if err != nil {
		return Run{}, err
	}
	r := Run{ID: id, Cause: cause, By: by, State: Running, StartedAt: now.UnixMicro()}
	err = db.InsertRows(tx, "proof", []string{"id", "cause", "started_by", "state", "started_at", "beat_at", "ended_at", "report", "failure"},
		[][]any{{r.ID, string(cause), by, string(Running), r.StartedAt, r.StartedAt, 0, "", ""}})
	if err != nil {
		return Run{}, fmt.Errorf("write a proof: %w", err)
	}
	_, err = tx.Exec(`DELETE FROM proof WHERE id NOT IN (SELECT id FROM proof ORDER BY started_at DESC, id DESC LIMIT $1)`, keptRuns)
	if err != nil {
		return Run{}, fmt.Errorf("forget old proofs: %w", err)
	}
	return r, nil
}

func beat(tx *db.Tx, id int64, now time.Time) error {
	_, err := tx.Exec(`UPDATE proof SET beat_at = $1 WHERE id = $2 AND state = $3`, now.UnixMicro(), id, string(Running))
	return err
}

// end writes down what a run found; the counts are of everything, the lists are cut.
func end(tx *db.Tx, r Run) error {
	text := ""
	if r.Report != nil {
		kept := *r.Report
		kept.Differences = kept.Differences[:min(len(kept.Differences), keptDifferences)]
		kept.NotJudged = kept.NotJudged[:min(len(kept.NotJudged), keptDifferences)]
		written, err := json.Marshal(kept)
		if err != nil {
			return fmt.Errorf("write a proof's report: %w", err)
		}
		text = string(written)
	}
	_, err := tx.Exec(`UPDATE proof SET state = $1, ended_at = $2, report = $3, failure = $4 WHERE id = $5`, string(r.State), r.EndedAt, text, r.Failure, r.ID)
	if err != nil {
		return fmt.Errorf("write a proof: %w", err)
	}
	return nil
}

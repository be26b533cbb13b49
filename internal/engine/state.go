package engine

import (
	"context"
	"fmt"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/problem"
)

const codeHeld = "engine_held"

// state is the engine's one row: its place in the log, the day it has judged up to, and who runs it.
type state struct {
	cursor     int64
	asOf       calendar.Day
	holder     string
	leaseUntil int64
}

func readState(tx *db.Tx) (st state, err error) {
	err = tx.QueryRow(`SELECT cursor, as_of, holder, lease_until FROM engine_state WHERE one = 1`).
		Scan(&st.cursor, &st.asOf, &st.holder, &st.leaseUntil)
	if err != nil {
		return st, fmt.Errorf("read the engine's state: %w", err)
	}
	return st, nil
}

func (st state) heldByOther(holder string, now time.Time) bool {
	return st.holder != "" && st.holder != holder && st.leaseUntil > now.UnixMicro()
}

// write keeps the state and renews the lease, in the transaction that holds the effects. It returns what is on record now.
func (st state) write(tx *db.Tx, holder string, now time.Time) (state, error) {
	st.holder, st.leaseUntil = holder, now.Add(leaseFor).UnixMicro()
	_, err := tx.Exec(`UPDATE engine_state SET cursor = $1, as_of = $2, holder = $3, lease_until = $4 WHERE one = 1`,
		st.cursor, int64(st.asOf), st.holder, st.leaseUntil)
	if err != nil {
		return st, fmt.Errorf("write the engine's state: %w", err)
	}
	return st, nil
}

// release gives the lease up so that another process need not wait for it to run out.
func (e *Engine) release() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	return e.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE engine_state SET holder = '', lease_until = 0 WHERE one = 1 AND holder = $1`, e.holder)
		return err
	})
}

// Status tells how far the engine has come.
type Status struct {
	Cursor int64
	Head   int64 // number of the newest change
	AsOf   calendar.Day
	Holder string
}

// Lag is how many changes wait.
func (s Status) Lag() int64 { return s.Head - s.Cursor }

// Status reads how far the engine has come.
func (e *Engine) Status(tx *db.Tx) (Status, error) {
	st, err := readState(tx)
	if err != nil {
		return Status{}, err
	}
	s := Status{Cursor: st.cursor, AsOf: st.asOf, Holder: st.holder}
	if err := tx.QueryRow(`SELECT COALESCE(MAX(seq), 0) FROM change`).Scan(&s.Head); err != nil {
		return s, fmt.Errorf("read the log's end: %w", err)
	}
	return s, nil
}

// settlePoll is how often Settle looks whether another process has caught up.
const settlePoll = 50 * time.Millisecond

// Settle brings the awards up to date with the log and gives the lease up again, for commands that come and go. Where
// another process runs the engine it waits for that one, or for its lease to run out.
func (e *Engine) Settle(ctx context.Context) error {
	for {
		err := e.CatchUp(ctx)
		if err == nil {
			return e.release()
		}
		if !problem.IsCode(err, codeHeld) {
			return err
		}
		var lag int64
		err = e.db.Read(ctx, func(tx *db.Tx) error {
			st, err := e.Status(tx)
			lag = st.Lag()
			return err
		})
		if err != nil || lag == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(settlePoll):
		}
	}
}

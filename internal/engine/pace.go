package engine

import (
	"context"
	"time"

	"laurel/internal/db"
)

const (
	// shortStep is up to how long a step takes without the engine pausing after it; longestPause bounds that pause.
	shortStep    = 10 * time.Millisecond
	longestPause = 250 * time.Millisecond
	// stillness is how long nobody has to write for the engine to go on before its pause is over.
	stillness = 20 * time.Millisecond
	// crowd is how many writes that wait when a step ends mean that many people are writing at once, rather than one program
	// that loads a file. None of them should wait longer than a crowdStep takes.
	crowd     = 4
	crowdStep = 40 * time.Millisecond
	// fewestChanges is how many changes a step takes up however long they take.
	fewestChanges = 100
)

// pace is what the last step was like, which decides how the next one is taken.
type pace struct {
	took    time.Duration
	changes int
	crowded bool // many waited to write when it ended
}

// limit is how many changes the next step takes up: as many as there are, but among a crowd what fits into a crowdStep.
func (p *pace) limit() int {
	if !p.crowded || p.changes == 0 || p.took <= 0 {
		return stepChanges
	}
	fitting := int64(p.changes) * int64(crowdStep) / int64(p.took)
	return int(min(max(fitting, fewestChanges), stepChanges))
}

// makeWay lets the writers who waited for a long step have their turn. What they write is then judged together, so that
// under load the engine falls a little behind instead of slowing everybody down. A short step is followed at once, and a long
// one once nobody writes any more.
func (p *pace) makeWay(ctx context.Context, d *db.DB) error {
	if p.took < shortStep {
		return nil
	}
	pause := min(2*p.took, longestPause)
	groups := d.Groups()
	for begun := time.Now(); time.Since(begun) < pause; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(min(stillness, pause)):
		}
		before := groups
		if groups = d.Groups(); groups == before {
			return nil
		}
	}
	return nil
}

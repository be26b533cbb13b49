package engine

import (
	"sync"

	"laurel/internal/metric"
)

// kept holds what was read of the day cells for the next transaction that sees the same ones, so that a threshold that moves
// reads nothing again, and a change to one of a thousand who are ranked adds up only that one. The engine's state tells
// which cells a transaction sees: whoever writes cells, in whichever process, writes it too.
type kept struct {
	mu     sync.Mutex
	state  state
	totals metric.Kept
}

// seed gives a transaction that sees a state what is known of its cells.
func (k *kept) seed(st state, t *metric.Totals) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.state == st {
		t.Seed(k.totals)
	}
}

// keep takes what a transaction has read. One that saw an older state than is known comes too late.
func (k *kept) keep(st state, t *metric.Totals) {
	totals := t.Kept()
	k.mu.Lock()
	defer k.mu.Unlock()
	if st.cursor >= k.state.cursor {
		k.state, k.totals = st, totals
	}
}

// forget drops everything.
func (k *kept) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.state, k.totals = state{}, metric.Kept{}
}

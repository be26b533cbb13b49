package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"laurel/internal/db"
)

// spent is what something took.
type spent struct {
	time, processor time.Duration
	peak            int64 // the most memory that the process held meanwhile, above what it held before, in MiB
}

// measure runs fn. It looks at the memory every 10 ms.
func measure(fn func() error) (spent, error) {
	debug.FreeOSMemory()
	before := resident()
	var most int64
	stop := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
				most = max(most, resident())
			}
		}
	})
	begun, busy := time.Now(), processorTime()
	err := fn()
	took := spent{time: time.Since(begun), processor: processorTime() - busy}
	close(stop)
	wait.Wait()
	took.peak = max(0, most-before) / 1024
	return took, err
}

// resident is the memory of this process in KiB, as the kernel counts it; 0 where it does not say.
func resident() (kib int64) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			_, _ = fmt.Sscan(rest, &kib)
		}
	}
	return kib
}

// fullScan is how long the database takes to read every row of the records' table, by itself.
func (c *company) fullScan(ctx context.Context) (spent, error) {
	return measure(func() error {
		return c.db.Read(ctx, func(tx *db.Tx) error {
			var rows, newest int64
			return tx.QueryRow(`SELECT COUNT(external_id), COALESCE(MAX(updated_at), 0) FROM o_deal`).Scan(&rows, &newest)
		})
	})
}

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

// peakOf runs fn and tells the most memory that the process held meanwhile, above what it held before, in MiB. It looks
// every 10 ms.
func peakOf(fn func() error) (took time.Duration, mib int64, err error) {
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
	begun := time.Now()
	err = fn()
	took = time.Since(begun)
	close(stop)
	wait.Wait()
	return took, max(0, most-before) / 1024, err
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
func (c *company) fullScan(ctx context.Context) (took time.Duration, err error) {
	err = c.db.Read(ctx, func(tx *db.Tx) error {
		begun := time.Now()
		var rows, newest int64
		err := tx.QueryRow(`SELECT COUNT(external_id), COALESCE(MAX(updated_at), 0) FROM o_deal`).Scan(&rows, &newest)
		took = time.Since(begun)
		return err
	})
	return took, err
}

package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	visibleRate = 200 // writes a second
	visibleTime = 10 * time.Second
)

// benchVisible measures the time from sending a record that earns an award to that award's event on an open page.
// With one person's every-ten plan the tenth record of each ten earns; the stream tells which write it answered last.
func benchVisible(ctx context.Context, o options) error {
	targets := []struct{ name, url string }{{"sqlite", "sqlite:" + filepath.Join(o.dir, "visible.db")}}
	if o.postgres != "" {
		targets = append(targets, struct{ name, url string }{"postgres", o.postgres})
	}
	for _, t := range targets {
		r, err := startLaurel(ctx, o, t.url, orgFor(t.name, "bench_visible"), 20)
		if err != nil {
			return err
		}
		err = r.visible(ctx, t.name)
		r.stop()
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *running) visible(ctx context.Context, name string) error {
	listening, stop := context.WithCancel(ctx)
	defer stop()
	awards := make(chan time.Time, 4096)
	if err := r.listen(listening, awards); err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 30 * time.Second}
	var mu sync.Mutex
	var sent []time.Time
	var failed error
	tick := time.NewTicker(time.Second / visibleRate)
	defer tick.Stop()
	var wg sync.WaitGroup
	for i := range int(visibleTime.Seconds()) * visibleRate {
		<-tick.C
		wg.Go(func() {
			now := time.Now()
			if err := r.create(client, i+1); err != nil {
				mu.Lock()
				failed = err
				mu.Unlock()
			}
			mu.Lock()
			sent = append(sent, now)
			mu.Unlock()
		})
	}
	wg.Wait()
	if failed != nil {
		return failed
	}
	time.Sleep(500 * time.Millisecond)
	stop()
	slices.SortFunc(sent, time.Time.Compare)
	var waits []time.Duration
	for len(awards) > 0 {
		seen := <-awards
		i, _ := slices.BinarySearchFunc(sent, seen, time.Time.Compare)
		if i > 0 { // the newest write that can have caused it: every write of the run moves a commission
			waits = append(waits, seen.Sub(sent[i-1]))
		}
	}
	slices.Sort(waits)
	fmt.Printf("%-9s %d writes/s: award on an open page after p50 %s, p99 %s (%d award events; aim p99 ≤ 20 ms on SQLite)\n",
		name, visibleRate, quantile(waits, 0.5), quantile(waits, 0.99), len(waits))
	return nil
}

// listen opens the stream of events and notes when each award arrives.
func (r *running) listen(ctx context.Context, awards chan<- time.Time) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base+"/api/events", nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", r.auth)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		return fmt.Errorf("events: %s", res.Status)
	}
	go func() {
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "event: award") {
				select {
				case awards <- time.Now():
				default:
				}
			}
		}
	}()
	return nil
}

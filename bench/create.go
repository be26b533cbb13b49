package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	clients    = 32
	createTime = 8 * time.Second
)

// benchCreate compares single creates over HTTP, 32 clients at once: Laurel with 20 live plans, and the peer with none.
func benchCreate(ctx context.Context, o options) error {
	lite, err := startLaurel(ctx, o, "sqlite:"+filepath.Join(o.dir, "create.db"), "", 20)
	if err != nil {
		return err
	}
	laurel, err := load(lite, "laurel on sqlite, 20 plans")
	lite.stop()
	if err != nil {
		return err
	}
	if o.pocketbase != "" {
		pb, err := startPocketBase(ctx, o)
		if err != nil {
			return err
		}
		peer, err := load(pb, "pocketbase, no plan")
		pb.stop()
		if err != nil {
			return err
		}
		fmt.Printf("ratio laurel/pocketbase %.2f (aim ≥ 1.0)\n", laurel/peer)
	}
	if o.postgres == "" {
		return nil
	}
	pg, err := startLaurel(ctx, o, o.postgres, orgFor("postgres", "bench_create"), 20)
	if err != nil {
		return err
	}
	defer pg.stop()
	_, err = load(pg, "laurel on postgres, 20 plans")
	return err
}

// load posts from all clients for a while and returns requests a second.
func load(r *running, name string) (float64, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}, Timeout: 30 * time.Second}
	var next atomic.Int64
	var mu sync.Mutex
	var times []time.Duration
	var failed error
	begun := time.Now()
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			var own []time.Duration
			for time.Since(begun) < createTime {
				sent := time.Now()
				err := r.create(client, int(next.Add(1)))
				if err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				own = append(own, time.Since(sent))
			}
			mu.Lock()
			times = append(times, own...)
			mu.Unlock()
		})
	}
	wg.Wait()
	if failed != nil {
		return 0, fmt.Errorf("%s: %w", name, failed)
	}
	took := time.Since(begun)
	slices.Sort(times)
	rate := float64(len(times)) / took.Seconds()
	fmt.Printf("%-32s %7.0f requests/s, p50 %s, p99 %s, %d clients\n", name, rate, quantile(times, 0.5), quantile(times, 0.99), clients)
	return rate, nil
}

func (r *running) create(client *http.Client, i int) error {
	req, err := http.NewRequest(http.MethodPost, r.post, bytes.NewReader(r.body(i)))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if r.auth != "" {
		req.Header.Set("Authorization", r.auth)
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("%s: %s", res.Status, text)
	}
	return err
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(float64(len(sorted))*q), len(sorted)-1)].Round(10 * time.Microsecond)
}

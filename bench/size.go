package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// benchSize tells the binary's size and what an idle server keeps in memory.
func benchSize(ctx context.Context, o options) error {
	info, err := os.Stat(o.laurel)
	if err != nil {
		return err
	}
	r, err := startLaurel(ctx, o, "sqlite:"+filepath.Join(o.dir, "size.db"), "", 20)
	if err != nil {
		return err
	}
	defer r.stop()
	time.Sleep(3 * time.Second)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	if err != nil {
		return err
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		if rss, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			fmt.Printf("idle memory %s (aim ≤ 80 MB); binary %.1f MB (aim ≤ 60 MB)\n", strings.TrimSpace(rss), float64(info.Size())/1e6)
		}
	}
	return nil
}

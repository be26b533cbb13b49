package db

import "sync"

// watchers are told of commits.
type watchers struct {
	mu   sync.Mutex
	list map[chan struct{}]struct{}
}

// Watch returns a channel that is signalled after each commit of this process that changed something; signals that
// nobody took yet become one. Cancel it when done. Commits of other processes are not seen: poll for those.
func (d *DB) Watch() (signal <-chan struct{}, cancel func()) {
	w := &d.watchers
	ch := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.list == nil {
		w.list = map[chan struct{}]struct{}{}
	}
	w.list[ch] = struct{}{}
	return ch, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.list, ch)
	}
}

func (w *watchers) notify() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ch := range w.list {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

package api

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"laurel/internal/award"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Bounds of live streams.
const (
	maxStreams    = 2000 // open at a time
	streamBuffer  = 256  // events that a slow client may lag behind before it is dropped and has to resume
	maxReplay     = 2000 // changes that a client may have missed and still resumes; beyond, it loads anew
	hubRead       = 500  // changes or award events read at a time
	manyOfOne     = 100  // changes of one object at once; beyond, one event stands for all of them
	pollEvery     = 500 * time.Millisecond
	hubReadFailed = 2 * time.Second
)

// position is how far a stream has come: the last change and the last award event.
type position struct{ change, award int64 }

// String is the position as an event's id, which clients send back as Last-Event-ID.
func (p position) String() string {
	return strconv.FormatInt(p.change, 10) + "." + strconv.FormatInt(p.award, 10)
}

func parsePosition(text string) (p position, ok bool) {
	change, award, ok := strings.Cut(text, ".")
	if !ok {
		return p, false
	}
	var err1, err2 error
	p.change, err1 = strconv.ParseInt(change, 10, 64)
	p.award, err2 = strconv.ParseInt(award, 10, 64)
	return p, err1 == nil && err2 == nil && p.change >= 0 && p.award >= 0
}

// event is one thing that happened, for those streams whose caller may know.
type event struct {
	at    position // after it
	name  string
	data  []byte
	award *award.Award // of an award event: decides who may know
}

// stream is one client that follows.
type stream struct {
	events chan event
	gone   chan struct{} // closed by the hub when the client is too slow
}

// hub is the one follower of the change log behind all live streams of this process. It reads the log only while
// somebody listens.
type hub struct {
	s    *server
	done chan struct{} // closed when the process stops

	mu      sync.Mutex
	streams map[*stream]struct{}
	at      position // what every stream has been given
	behind  bool     // nobody listened: at is old
	wake    chan struct{}
}

func newHub(s *server) *hub {
	return &hub{s: s, done: make(chan struct{}), streams: map[*stream]struct{}{}, behind: true, wake: make(chan struct{}, 1)}
}

// run follows the log until the context ends.
func (h *hub) run(ctx context.Context) {
	defer close(h.done)
	signal, cancel := h.s.db.Watch()
	defer cancel()
	poll := time.NewTicker(pollEvery) // commits of other processes give no signal
	defer poll.Stop()
	var ticks <-chan time.Time
	if h.s.db.Dialect() == db.Postgres {
		ticks = poll.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-signal:
		case <-ticks:
		case <-h.wake:
		}
		if !h.listened() {
			continue
		}
		if err := h.advance(ctx); err != nil && ctx.Err() == nil {
			slog.Error("live streams could not read the change log; they will try again", "error", err)
			select {
			case <-ctx.Done():
				return
			case <-time.After(hubReadFailed):
				h.nudge()
			}
		}
	}
}

func (h *hub) listened() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.streams) == 0 {
		h.behind = true
	}
	return len(h.streams) > 0
}

// advance reads what is new and gives it to every stream.
func (h *hub) advance(ctx context.Context) error {
	for {
		h.mu.Lock()
		from, behind := h.at, h.behind
		h.mu.Unlock()
		if behind {
			return nil // the next stream sets the position
		}
		var events []event
		var to position
		var more bool
		err := h.s.db.Read(ctx, func(tx *db.Tx) (err error) {
			events, to, more, err = h.s.eventsAfter(tx, from)
			return err
		})
		if err != nil {
			return err
		}
		h.deliver(events, from, to)
		if !more {
			return nil
		}
	}
}

// deliver hands what lies between two positions to every stream.
func (h *hub) deliver(events []event, from, to position) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.behind || h.at != from {
		return // while this was read everybody left, and whoever has come since begins further on
	}
	h.at = to
	h.hand(events)
}

// announce gives every stream an event that is not in the log, such as the progress of an import. How far the streams
// have come stays as it is: moving it back would send them again what they have.
func (h *hub) announce(name string, data []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hand([]event{{at: h.at, name: name, data: data}})
}

// hand puts events into every stream; one that cannot keep up is dropped and resumes by its last event. It needs the lock.
func (h *hub) hand(events []event) {
	for s := range h.streams {
		for _, e := range events {
			select {
			case s.events <- e:
				continue
			default:
			}
			close(s.gone)
			delete(h.streams, s)
			break
		}
	}
}

// join adds a stream and says from which position it gets events.
func (h *hub) join(ctx context.Context) (*stream, position, error) {
	h.mu.Lock()
	full, behind := len(h.streams) >= maxStreams, h.behind
	h.mu.Unlock()
	if full {
		return nil, position{}, problem.New(problem.Unavailable, "too_many_streams", "",
			"实时连接过多，请稍后重试。", "Too many live connections; try again later.")
	}
	var head position
	if behind {
		err := h.s.db.Read(ctx, func(tx *db.Tx) (err error) {
			head, err = h.s.head(tx)
			return err
		})
		if err != nil {
			return nil, head, err
		}
	}
	h.mu.Lock()
	if h.behind && behind {
		h.at, h.behind = head, false
	}
	s := &stream{events: make(chan event, streamBuffer), gone: make(chan struct{})}
	h.streams[s] = struct{}{}
	at := h.at
	h.mu.Unlock()
	h.nudge() // for what was committed while this stream joined
	return s, at, nil
}

func (h *hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, s)
	if len(h.streams) == 0 {
		h.behind = true
	}
}

func (h *hub) nudge() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// head is the end of the log and of the awards' events.
func (s *server) head(tx *db.Tx) (p position, err error) {
	if p.change, err = s.records.LastSeq(tx); err != nil {
		return p, err
	}
	p.award, err = award.LastEvent(tx)
	return p, err
}

// eventsAfter reads the next events after a position, in order: changes first, then what became of awards.
func (s *server) eventsAfter(tx *db.Tx, from position) (events []event, to position, more bool, err error) {
	heads, err := s.records.Heads(tx, from.change, hubRead)
	if err != nil {
		return nil, from, false, err
	}
	to = from
	by, err := s.changedBy(tx)
	if err != nil {
		return nil, from, false, err
	}
	secret, err := s.boxes(tx)
	if err != nil {
		return nil, from, false, err
	}
	perObject := map[string]int{}
	for _, h := range heads {
		if perObject[h.Object]++; secret.has(h.Object) || h.Object == objectStatement {
			perObject[h.Object] = manyOfOne + 1 // who casts which ballot or disputes, and when, is nobody's to know
		}
	}
	for _, h := range heads {
		to.change = h.Seq
		if h.Object == "@account" {
			continue // who got which role or token is not everybody's to know
		}
		if n := perObject[h.Object]; n > manyOfOne {
			if n != 1<<30 {
				perObject[h.Object] = 1 << 30 // said once
				events = append(events, changeEvent(to, h, 0, "many", ""))
			}
			continue
		}
		events = append(events, changeEvent(to, h, h.RecordID, h.Kind, by(h.Actor)))
	}
	happened, err := award.EventsAfter(tx, from.award, hubRead)
	if err != nil {
		return nil, from, false, err
	}
	awards, err := s.awardEvents(tx, &to, happened)
	return append(events, awards...), to, len(heads) == hubRead || len(happened) == hubRead, err
}

// changedBy names the persons behind changes; it is empty for Laurel itself and for imports, whose names depend on the reader.
func (s *server) changedBy(tx *db.Tx) (func(actor string) string, error) {
	name, err := s.actorNames(tx, i18n.ZH)
	return func(actor string) string {
		if kind, _ := splitActor(actor); kind != "account" {
			return ""
		}
		if who := name(actor); who != actor {
			return who
		}
		return "" // the account is gone
	}, err
}

func changeEvent(at position, h record.Head, id int64, kind, by string) event {
	data := indentless(ChangeEvent{Seq: h.Seq, Object: h.Object, RecordID: id, Kind: kind, By: by})
	return event{at: at, name: "change", data: []byte(data)}
}

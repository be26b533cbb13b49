package api

import (
	"bytes"
	"context"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// heartbeat keeps connections alive and notices those whose caller has been signed out.
const heartbeat = 15 * time.Second

// eventRoutes serves the stream, and documents what huma does not serve.
func (s *server) eventRoutes() {
	doc := s.api.OpenAPI()
	events := []*huma.Schema{}
	for _, t := range []reflect.Type{reflect.TypeFor[ChangeEvent](), reflect.TypeFor[AwardEvent](), reflect.TypeFor[ImportEvent]()} {
		events = append(events, doc.Components.Schemas.Schema(t, true, ""))
	}
	doc.AddOperation(&huma.Operation{
		Method: http.MethodGet, Path: prefix + "/events", OperationID: "followEvents", Tags: []string{"System"},
		Summary:    "Live stream of changes and awards (server-sent events)",
		Extensions: map[string]any{summaryZH: "数据与奖励变化的实时推送（server-sent events）"},
		Description: "Events: change, award, import; the data of each is one JSON object. A comment line every 15 seconds keeps the " +
			"connection alive. Last-Event-ID (or ?after=) resumes without a gap. The event reset says that too much was missed: load anew. " +
			"A change of kind many stands for many changes of one object.",
		Parameters: []*huma.Param{
			{Name: "Last-Event-ID", In: "header", Schema: &huma.Schema{Type: huma.TypeString}},
			{Name: "after", In: "query", Schema: &huma.Schema{Type: huma.TypeString}},
		},
		Responses: map[string]*huma.Response{"200": {
			Description: "The stream",
			Content:     map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{OneOf: events}}},
		}},
	})
	s.mux.HandleFunc("GET "+prefix+"/events", s.followEvents)
}

// followEvents answers with a stream that ends when the client leaves, is too slow, or is signed out.
func (s *server) followEvents(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if err := allow(ctx, auth.SignIn); err != nil {
		writeProblem(w, r, err)
		return
	}
	joined, at, err := s.hub.join(ctx)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	defer s.hub.leave(joined)
	out := &eventWriter{w: w, control: http.NewResponseController(w)}
	out.begin()
	if err := s.resume(ctx, r, out, at); err != nil {
		return // the client resumes by itself
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.hub.done:
			return
		case <-joined.gone:
			return
		case <-beat.C:
			if _, err := s.callerOf(r, false); err != nil {
				return
			}
			out.comment("still here")
		case e := <-joined.events:
			// What the person may see can have changed since the stream began; it ends when the person may not be here.
			now, err := s.callerOf(r, true)
			if err != nil {
				return
			}
			current(ctx).actor = now
			if err := s.send(ctx, out, e); err != nil {
				return
			}
			for more := true; more && out.err == nil; { // one flush for what is waiting anyway
				select {
				case e := <-joined.events:
					if err := s.send(ctx, out, e); err != nil {
						return
					}
				default:
					more = false
				}
			}
			out.flush()
		}
		if out.err != nil {
			return
		}
	}
}

// resume replays what a returning client missed, up to the position from which it is served live.
func (s *server) resume(ctx context.Context, r *http.Request, out *eventWriter, until position) error {
	last := r.Header.Get("Last-Event-ID")
	if last == "" {
		last = r.URL.Query().Get("after")
	}
	if last == "" {
		out.event("hello", until, []byte("{}"))
		out.flush()
		return out.err
	}
	from, ok := parsePosition(last)
	if !ok || from.change > until.change || until.change-from.change > maxReplay {
		out.event("reset", until, []byte("{}"))
		out.flush()
		return out.err
	}
	for from.change < until.change || from.award < until.award {
		var events []event
		before := from
		err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
			events, from, _, err = s.eventsAfter(tx, from)
			return err
		})
		if err != nil {
			return err
		}
		if from == before {
			break
		}
		for _, e := range events {
			e, missed := e.before(until)
			if !missed {
				continue // comes live
			}
			if err := s.send(ctx, out, e); err != nil {
				return err
			}
		}
	}
	out.flush()
	return out.err
}

// before reports whether an event happened up to a position, from which its stream goes on live. What was read together
// with it may lie beyond: changes and awards are asked each for their own, and neither says that the other was sent.
func (e event) before(until position) (event, bool) {
	own, end := e.at.change, until.change
	if e.award != nil {
		own, end = e.at.award, until.award
	}
	e.at = position{min(e.at.change, until.change), min(e.at.award, until.award)}
	return e, own <= end
}

// send writes an event if the caller may know of it.
func (s *server) send(ctx context.Context, out *eventWriter, e event) error {
	if e.award != nil {
		level := auth.SeesNone
		err := s.db.Read(ctx, func(tx *db.Tx) error {
			v, err := s.viewer(ctx, tx)
			if err == nil {
				level = v.sees(e.award)
			}
			return err
		})
		if err != nil || level == auth.SeesNone {
			return err
		}
	}
	out.event(e.name, e.at, e.data)
	return out.err
}

// awardEvents shapes what became of awards. to is moved along.
func (s *server) awardEvents(tx *db.Tx, to *position, happened []award.Event) ([]event, error) {
	if len(happened) == 0 {
		return nil, nil
	}
	d, err := s.people.Directory(tx)
	if err != nil {
		return nil, err
	}
	plans, err := s.plans.All(tx)
	if err != nil {
		return nil, err
	}
	var out []event
	for _, h := range happened {
		to.award = h.ID
		a, err := award.Get(tx, h.AwardID)
		if err != nil {
			return nil, err
		}
		notice := AwardEvent{
			ID: a.ID, Plan: planKey(plans, a.PlanID), SubjectID: a.Subject.ID, Subject: string(a.Subject.Kind),
			PersonIDs: personsOf(d, a), State: string(a.State), Kind: string(h.Kind),
		}
		out = append(out, event{at: *to, name: "award", data: []byte(indentless(notice)), award: a})
	}
	return out, nil
}

func planKey(plans []*plan.Plan, id int64) string {
	for _, p := range plans {
		if p.ID == id {
			return p.Key
		}
	}
	return ""
}

// personsOf lists whose award it is: one person, or the members of the unit in the award's period.
func personsOf(d *people.Directory, a *award.Award) []int64 {
	if a.Subject.Kind == rule.Person {
		return []int64{a.Subject.ID}
	}
	out := []int64{}
	for _, span := range d.MemberSpans(a.Subject.ID) {
		if !span.Window.Overlap(a.Period.Window).Empty() && (len(out) == 0 || out[len(out)-1] != span.PersonID) {
			out = append(out, span.PersonID)
		}
	}
	return out
}

// eventWriter writes the text form of events; the first failure stays.
type eventWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	line    bytes.Buffer
	err     error
}

func (e *eventWriter) begin() {
	h := e.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // nginx would hold events back
	e.w.WriteHeader(http.StatusOK)
	e.comment("laurel")
}

func (e *eventWriter) event(name string, at position, data []byte) {
	e.line.WriteString("event: " + name + "\nid: " + at.String() + "\ndata: ")
	e.line.Write(data)
	e.line.WriteString("\n\n")
}

func (e *eventWriter) comment(text string) {
	e.line.WriteString(": " + text + "\n\n")
	e.flush()
}

// streamWrite is how long a client may take to accept what is sent to it.
const streamWrite = 10 * time.Second

func (e *eventWriter) flush() {
	if e.err != nil || e.line.Len() == 0 {
		return
	}
	_ = e.control.SetWriteDeadline(time.Now().Add(streamWrite))
	if _, e.err = e.w.Write(e.line.Bytes()); e.err == nil {
		e.err = e.control.Flush()
	}
	e.line.Reset()
}

package verify_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
)

// How many companies lose their connections, and how many are killed, in a default run.
const (
	cutRuns  = 3
	killRuns = 2
)

// cutter stands between a process and PostgreSQL. Armed, it cuts every connection at a message, which is lost, or of which only
// the answer is.
type cutter struct {
	server string
	listen net.Listener

	mu       sync.Mutex
	conns    map[net.Conn]bool
	left     int // messages until the cut; 0 is never
	answered bool
	cut      bool
}

// newCutter listens, and returns the address of the database behind it.
func newCutter(t *testing.T, address string) (c *cutter, through string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	c = &cutter{server: u.Host, conns: map[net.Conn]bool{}}
	if c.listen, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.listen.Close() })
	go func() {
		for {
			client, err := c.listen.Accept()
			if err != nil {
				return
			}
			go c.pass(client)
		}
	}()
	u.Host = c.listen.Addr().String()
	return c, u.String()
}

func (c *cutter) pass(client net.Conn) {
	server, err := net.Dial("tcp", c.server)
	if err != nil {
		_ = client.Close()
		return
	}
	c.mu.Lock()
	c.conns[client], c.conns[server] = true, true
	c.mu.Unlock()
	go func() {
		buffer := make([]byte, 64<<10)
		for {
			n, err := server.Read(buffer)
			if n > 0 {
				_, _ = client.Write(buffer[:n])
			}
			if err != nil {
				_ = client.Close()
				return
			}
		}
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if n > 0 && c.lets() {
			_, _ = server.Write(buffer[:n])
		}
		if c.due() {
			c.hangUp()
		}
		if err != nil {
			_ = server.Close()
			return
		}
	}
}

// lets reports whether a message gets through.
func (c *cutter) lets() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left > 0 {
		if c.left--; c.left == 0 {
			c.cut = true
			return c.answered
		}
	}
	return true
}

func (c *cutter) due() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cut && len(c.conns) > 0
}

func (c *cutter) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.conns {
		_ = conn.Close()
	}
	clear(c.conns)
}

// arm cuts at a message to come, or with 0 no more. It tells whether it has cut since it was armed before.
func (c *cutter) arm(at int, answered bool) (cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cut = c.cut
	c.left, c.answered, c.cut = at, answered, false
	return cut
}

// cutOp is an operation during which the connection breaks. It is tried again, as somebody does who got no answer.
type cutOp struct {
	Of       operation
	At       int // at which message
	Answered bool
	Restart  bool // the process goes with it
}

func (o cutOp) do(w *world) error {
	w.cutter.arm(o.At, o.Answered)
	err := o.Of.do(w)
	if cut := w.cutter.arm(0, false); !cut {
		return err
	}
	w.cuts++
	if err != nil && !problem.IsCode(err, "storage_unavailable") {
		return fmt.Errorf("a broken connection is told as: %w", err)
	}
	if o.Restart {
		if err := w.restart(); err != nil {
			return err
		}
	}
	return o.Of.do(w)
}

// drawCut lets the connection break during some operations of a company.
func drawCut(t *rapid.T) script {
	s := drawScript(t)
	for i, op := range s.Ops {
		switch op.(type) {
		case failOp, killOp, daysOp:
			continue
		case closeOp, stepOp, planOp:
			if !often(t, "breaks", 50) {
				continue
			}
		default:
			if !often(t, "breaks", 15) {
				continue
			}
		}
		s.Ops[i] = cutOp{op, number(t, "at message", 1, pick(t, "within", 8, 40, 200)), often(t, "answered", 50), often(t, "restarts", 40)}
	}
	return s
}

// Whenever a connection breaks, within a write, a closing, a publication, a step of the engine or a proof, nothing is done by halves.
func TestBrokenConnections(t *testing.T) {
	address, _ := dbtest.Place(t, db.Postgres) // skips where there is none
	cutter, through := newCutter(t, address)
	cuts := 0
	check(t, cutRuns, func(rt *rapid.T) {
		s := rapid.Custom(drawCut).Draw(rt, "company")
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
		defer cancel()
		w, err := openWorld(ctx, through, placeOrg(t), begun)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { w.close() }()
		w.cutter = cutter
		if err := w.live(s); err != nil {
			rt.Fatal(err)
		}
		cuts += w.cuts
	})
	t.Logf("%d connections broke", cuts)
	if cuts == 0 {
		t.Error("no connection broke: the test proves nothing")
	}
}

// live lets a script happen in a world, and proves the end.
func (w *world) live(s script) error {
	if err := w.found(s.organisation()); err != nil {
		return fmt.Errorf("found the company: %w", err)
	}
	return w.goOn(s.Ops, 0)
}

// goOn lets what is left of a script happen, and proves the end.
func (w *world) goOn(ops []operation, from int) error {
	for i, op := range ops[from:] {
		if err := op.do(w); err != nil {
			return fmt.Errorf("operation %d, %T: %w", from+i, op, err)
		}
	}
	if err := w.settle(); err != nil {
		return err
	}
	if _, err := w.prove(); err != nil {
		return err
	}
	return w.rebuilds()
}

func (s script) organisation() people.Organisation {
	return people.Organisation{Name: i18n.Same("Laurel"), TimeZone: s.Zone, FiscalStartMonth: s.Fiscal, Currency: "CNY", Language: i18n.ZH}
}

// A process that is killed, at any moment, leaves a company that goes on as if nothing had been.
func TestKilledCompany(t *testing.T) {
	if os.Getenv("LAUREL_VERIFY_CHILD") != "" {
		liveUntilKilled(t)
		return
	}
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			dbtest.Place(t, dialect) // skips where there is none
			check(t, killRuns, func(rt *rapid.T) {
				address, org := dbtest.Place(t, dialect)
				k := killed{address: address, org: org, seed: number(rt, "seed", 0, 9972), now: begun}
				k.random = rand.New(rand.NewPCG(uint64(k.seed), 1)) //nolint:gosec // when a process is killed
				if err := k.live(); err != nil {
					rt.Fatal(err)
				}
			})
		})
	}
}

// killed is a company whose processes are killed.
type killed struct {
	address, org string
	seed         int
	now          time.Time
	random       *rand.Rand
}

// kills is how often a company's process is killed.
const kills = 4

func (k *killed) live() error {
	s := withoutFails(scripts.Example(k.seed))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	w, err := openWorld(ctx, k.address, k.org, begun)
	if err != nil {
		return err
	}
	if err = w.found(s.organisation()); err != nil {
		return fmt.Errorf("found the company: %w", err)
	}
	w.close()
	from := 0
	for n := range kills {
		// The last third is where most happens to awards: closings, publications, proofs.
		at := from + k.random.IntN(max(1, (len(s.Ops)-from)*2/(kills+1-n)))
		if from, err = k.kill(s, from, min(at, len(s.Ops)-1)); err != nil {
			return err
		}
		k.now = k.now.Add(10 * time.Second)
	}
	if w, err = openWorld(ctx, k.address, k.org, k.now); err != nil {
		return err
	}
	defer func() { w.close() }()
	return w.goOn(s.Ops, from)
}

// withoutFails is a script without steps that a test breaks off: a process that is killed in one would leave a table away.
func withoutFails(s script) script {
	s.Ops = slices.DeleteFunc(s.Ops, func(op operation) bool { _, is := op.(failOp); return is })
	return s
}

// kill lets a child go on from an operation, kills it during one, and returns which that was.
func (k *killed) kill(s script, from, at int) (int, error) {
	child := exec.Command(os.Args[0], "-test.run=^TestKilledCompany$")
	child.Env = append(os.Environ(), "LAUREL_VERIFY_CHILD="+k.address, "LAUREL_VERIFY_ORG="+k.org,
		fmt.Sprintf("LAUREL_VERIFY_AT=%d %d %d", k.seed, from, k.now.Unix()))
	out, err := child.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := child.Start(); err != nil {
		return 0, err
	}
	last, told := from, ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		told = lines.Text()
		n, ok := strings.CutPrefix(told, "operation ")
		if !ok {
			continue
		}
		if last, err = strconv.Atoi(n); err != nil {
			return 0, err
		}
		if last == at {
			time.Sleep(time.Duration(k.random.IntN(40)) * time.Millisecond)
			_ = child.Process.Kill()
		}
	}
	_ = child.Wait()
	if strings.HasPrefix(told, "failed") {
		return 0, fmt.Errorf("the process that was to be killed %s", told)
	}
	for _, op := range s.Ops[from:last] {
		if d, ok := op.(daysOp); ok {
			k.now = k.now.Add(time.Duration(d.Days) * 24 * time.Hour)
		}
	}
	return last, nil
}

// liveUntilKilled is what the child does.
func liveUntilKilled(t *testing.T) {
	var seed, from int
	var now int64
	if _, err := fmt.Sscan(os.Getenv("LAUREL_VERIFY_AT"), &seed, &from, &now); err != nil {
		t.Fatal(err)
	}
	s := withoutFails(scripts.Example(seed))
	w, err := openWorld(context.Background(), os.Getenv("LAUREL_VERIFY_CHILD"), os.Getenv("LAUREL_VERIFY_ORG"), time.Unix(now, 0).UTC())
	for i := from; i < len(s.Ops) && err == nil; i++ {
		fmt.Printf("operation %d\n", i)
		err = s.Ops[i].do(w)
	}
	if err != nil {
		fmt.Printf("failed: %v\n", err)
	}
	time.Sleep(time.Minute) // to be killed here, if not before
}

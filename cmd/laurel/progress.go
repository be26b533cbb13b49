package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress shows how long work comes along: one line that moves on a terminal, a plain line now and then elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	last     time.Time
	shown    bool
}

// plainEvery is how often a line is written where it cannot be moved.
const plainEvery = 5 * time.Second

func (c *call) progress() *progress {
	f, ok := c.errOut.(*os.File)
	return &progress{w: c.errOut, terminal: ok && term.IsTerminal(int(f.Fd())), last: time.Now()}
}

// say shows the latest state, as often as is useful.
func (p *progress) say(format string, args ...any) {
	wait := plainEvery
	if p.terminal {
		wait = 100 * time.Millisecond
	}
	if time.Since(p.last) < wait {
		return
	}
	p.last = time.Now()
	if p.terminal {
		fmt.Fprintf(p.w, "\r\033[K"+format, args...)
		p.shown = true
		return
	}
	fmt.Fprintf(p.w, format+"\n", args...)
}

// end takes the moving line away.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.w, "\r\033[K")
	}
}

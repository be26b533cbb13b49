// Package problem is the one error type that people see: a stable code for machines, the field at fault, and a
// sentence in both languages that says what to do. Every other error is internal: logged, never shown.
package problem

import (
	"errors"
	"strings"

	"laurel/internal/i18n"
)

// Kind groups problems by what the caller can do about them; the API maps each to one HTTP status.
type Kind int

// The kinds of problem.
const (
	Internal     Kind = iota // a fault of ours
	Invalid                  // the input is wrong: mend it
	NotFound                 // no such thing, or not visible to the caller
	Conflict                 // it clashes with what is there (version, uniqueness, state)
	Forbidden                // the caller may not
	Unauthorized             // sign in first
	TooLarge                 // over a stated limit
	TooMany                  // too many attempts: wait
	Unavailable              // storage is away or full: try again later
)

// Error is a problem as people see it.
type Error struct {
	Kind    Kind
	Code    string    // stable, snake_case: "unknown_field"
	Field   string    // dotted path of the field at fault: "params.tiers[2].up_to"; empty when there is none
	Message i18n.Text // what is wrong and what to do
	Row     int       // 1-based row of a batch or line of a file; 0 when there is none
	Details []*Error  // further problems found in the same input
	Err     error     // the cause, for the log only
}

// New makes a problem. The patterns are filled with args, as by i18n.Format.
func New(kind Kind, code, field, zh, en string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Field: field, Message: i18n.Format(zh, en, args...)}
}

// Bad makes a problem of kind Invalid.
func Bad(code, field, zh, en string, args ...any) *Error {
	return New(Invalid, code, field, zh, en, args...)
}

// Error is the English sentence with its field, for logs and the command line.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Field != "" {
		b.WriteString(e.Field + ": ")
	}
	b.WriteString(e.Message.In(i18n.EN))
	for _, d := range e.Details {
		b.WriteString("\n  " + d.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// In returns a copy of the problem whose field lies under a path: "size" in "params" is "params.size".
func (e *Error) In(path string) *Error {
	out := *e
	switch {
	case path == "":
	case e.Field == "":
		out.Field = path
	case strings.HasPrefix(e.Field, "["):
		out.Field = path + e.Field
	default:
		out.Field = path + "." + e.Field
	}
	return &out
}

// Because returns a copy of the problem that carries its cause for the log.
func (e *Error) Because(err error) *Error {
	out := *e
	out.Err = err
	return &out
}

// Join makes one problem of many: nil of none, the only one itself, else the first with the rest as details.
func Join(list []*Error) error {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	out := *list[0]
	out.Details = append(append([]*Error{}, out.Details...), list[1:]...)
	return &out
}

// As finds the problem in an error's chain.
func As(err error) (*Error, bool) {
	var p *Error
	ok := errors.As(err, &p)
	return p, ok
}

// IsCode reports whether an error is the problem with this code.
func IsCode(err error, code string) bool {
	p, ok := As(err)
	return ok && p.Code == code
}

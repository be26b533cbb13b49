package api

import (
	"laurel/internal/i18n"
)

// Amount is a sum of money; the amount is an exact decimal in the currency's natural unit.
type Amount struct {
	Amount   string `json:"amount" example:"500.00" doc:"Exact decimal in the natural unit of the currency"`
	Currency string `json:"currency" example:"CNY" doc:"ISO 4217 code"`
}

// List is one page of things.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor of the next page; empty on the last one"`
	Total int64  `json:"total" doc:"Number of things on all pages; -1 when it was not counted"`
}

// list makes a page that never writes null for its items.
func list[T any](items []T, next string, total int64) List[T] {
	if items == nil {
		items = []T{}
	}
	return List[T]{Items: items, Next: next, Total: total}
}

// whole makes a list that is complete on one page.
func whole[T any](items []T) List[T] { return list(items, "", int64(len(items))) }

// Named is a reference to a thing with its name, ready to show.
type Named struct {
	ID   int64  `json:"id"`
	Name string `json:"name" doc:"Name in the language of the request"`
}

// KeyName names a thing that is addressed by its key.
type KeyName struct {
	Key  string    `json:"key"`
	Name i18n.Text `json:"name"`
}

// SubjectRef is who an award or a standing is about.
type SubjectRef struct {
	Kind string `json:"kind" enum:"person,team,department"`
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// body is the output of an operation that answers with T.
type body[T any] struct{ Body T }

func reply[T any](v T) *body[T] { return &body[T]{Body: v} }

// none is the input of an operation that takes nothing.
type none struct{}

// Text is how i18n.Text looks in the contract.
type Text struct {
	ZH string `json:"zh" doc:"Chinese"`
	EN string `json:"en" doc:"English; empty when it is the same"`
}

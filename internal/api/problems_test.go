package api

import (
	"context"
	"fmt"
	"testing"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// A figure that is too large is the caller's to mend, not a fault of the server.
func TestOverflowIsAProblem(t *testing.T) {
	p := newProblem(context.Background(), i18n.EN, fmt.Errorf("rule rank: %w", money.ErrOverflow))
	if p.Status != 422 || p.Code != "overflow" {
		t.Errorf("got %d %s, want 422 overflow", p.Status, p.Code)
	}
}

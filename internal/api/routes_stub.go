package api

import (
	"context"

	"laurel/internal/problem"
)

// later stands in for an operation that is not there yet.
func later[I, O any](context.Context, *I) (*O, error) {
	return nil, problem.New(problem.Unavailable, "not_ready", "", "该功能尚未就绪。", "This operation is not ready yet.")
}

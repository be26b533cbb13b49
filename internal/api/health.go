package api

import (
	"context"
	"net/http"
	"time"

	"laurel/internal/db"
)

// healthTimeout bounds a look at the database; who asks usually waits no longer either.
const healthTimeout = 3 * time.Second

// health answers load balancers and supervisors, who have no account: 200 "ok" when the database answers, else the problem
// that every other request would get, with its status 503.
func (s *server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthTimeout)
	defer cancel()
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var one int
		return tx.QueryRow(`SELECT 1`).Scan(&one)
	})
	w.Header().Set("Cache-Control", "no-store")
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

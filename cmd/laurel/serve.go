package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"laurel/internal/api"
	"laurel/web"
)

const serveUsage = `
usage: laurel serve [flags]

Runs the server: the web application, the API and the engine. A database that holds nobody yet gets an administrator
"admin", whose password is printed once (or taken from LAUREL_ADMIN_PASSWORD).

examples:
  laurel serve
  laurel serve --addr 0.0.0.0:8080 --db postgres://laurel@localhost/laurel --secure

environment: LAUREL_DB, LAUREL_ORG, LAUREL_ADDR, LAUREL_ADMIN_PASSWORD
`

// Bounds of the server.
const (
	readHeaderTimeout = 10 * time.Second
	idleTimeout       = 2 * time.Minute
	shutdownTimeout   = 10 * time.Second
	maxHeaderBytes    = 64 << 10
)

func serve(ctx context.Context, c *call) error {
	fs, where := c.flags("serve", serveUsage)
	addr := fs.String("addr", envOr("LAUREL_ADDR", "127.0.0.1:8080"), "address to listen on; also LAUREL_ADDR")
	secure := fs.Bool("secure", false, "served over HTTPS: cookies are sent only there")
	proxied := fs.Bool("proxied", false, "behind a proxy that sets X-Forwarded-For")
	access := fs.Bool("access-log", false, "log one line for each request")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := noArguments("serve", rest); err != nil {
		return err
	}
	co, err := open(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	password, err := co.firstAdmin(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	prover := co.prover()
	deps := co.apiDeps(*secure, *proxied, *access)
	deps.Prover = prover
	handler, err := api.New(ctx, deps)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", *addr, err)
	}
	engineDone := make(chan error, 1)
	go func() { engineDone <- co.engine.Run(ctx) }()
	nights := make(chan struct{})
	go func() {
		defer close(nights)
		prover.Nightly(ctx)
	}()
	c.greet(listener.Addr().String(), password)
	if err := c.offerSignIns(ctx, co); err != nil {
		return err
	}
	err = serveUntil(ctx, listener, handler)
	stop()
	<-nights
	return errors.Join(err, <-engineDone)
}

// serveUntil serves until the context ends, then lets requests under way finish.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		BaseContext: func(net.Listener) context.Context { return ctx }, // live streams end with the server
		ErrorLog:    slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	wait, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	return server.Shutdown(wait)
}

// firstAdmin makes the administrator of a database that holds nobody yet, and returns a password made up for it.
func (co *company) firstAdmin(ctx context.Context) (password string, err error) {
	needed, err := co.auth.NeedsFirstAdmin(ctx)
	if err != nil || !needed {
		return "", err
	}
	given := os.Getenv("LAUREL_ADMIN_PASSWORD")
	if given == "" {
		password = strings.ToLower(rand.Text()[:16])
		given = password
	}
	_, err = co.auth.CreateFirstAdmin(ctx, "admin", given, "")
	return password, err
}

func (co *company) apiDeps(secure, proxied, access bool) api.Deps {
	deps := api.Deps{
		DB: co.db, Records: co.records, People: co.people, Auth: co.auth, Metrics: co.metrics, Plans: co.plans, Engine: co.engine,
		App: webFiles(), Version: programVersion(), Secure: secure, Proxied: proxied,
	}
	if access {
		deps.Access = slog.Default()
	}
	return deps
}

func webFiles() fs.FS {
	if !web.Built() {
		return nil
	}
	return web.Files()
}

// greet says where to go.
func (c *call) greet(addr, password string) {
	fmt.Fprintf(c.out, "Laurel %s is at http://%s\n", programVersion(), addr)
	if password != "" {
		fmt.Fprintf(c.out, "\n  Sign in as   admin\n  password     %s\n\nThe password is shown this once; change it under Settings.\n", password)
	}
	if !web.Built() {
		fmt.Fprintln(c.out, "This binary was built without the web application: make build adds it.")
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const adminPassword = "measured-42-laurels"

// running is a server process under measurement.
type running struct {
	cmd  *exec.Cmd
	base string
	auth string
	post string // where a record is created
	body func(i int) []byte
}

func (r *running) stop() {
	_ = r.cmd.Process.Signal(os.Interrupt)
	_ = r.cmd.Wait()
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// startLaurel serves a company with the given number of plans from a fresh SQLite file or PostgreSQL schema.
func startLaurel(ctx context.Context, o options, url, org string, plans int) (*running, error) {
	file := filepath.Join(o.dir, "definitions.yaml")
	if err := os.WriteFile(file, []byte(definitions(size{plans: plans, persons: persons})), 0o600); err != nil {
		return nil, err
	}
	apply := exec.CommandContext(ctx, o.laurel, "apply", "--db", url, "--org", org, "-f", file)
	if out, err := apply.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("apply: %w: %s", err, out)
	}
	addr, err := freePort()
	if err != nil {
		return nil, err
	}
	r := &running{cmd: exec.CommandContext(ctx, o.laurel, "serve", "--db", url, "--org", org, "--addr", addr), base: "http://" + addr}
	r.cmd.Env = append(os.Environ(), "LAUREL_ADMIN_PASSWORD="+adminPassword)
	r.cmd.Stderr = os.Stderr
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	if err := waitFor(r.base + "/openapi.json"); err != nil {
		return nil, err
	}
	r.post = r.base + "/api/objects/deal/records"
	if r.auth, err = signIn(r.base); err != nil {
		return nil, err
	}
	owner, err := firstPerson(r)
	if err != nil {
		return nil, err
	}
	r.body = func(i int) []byte {
		return fmt.Appendf(nil, `{"external_id":"D-%d","values":{"name":"Deal %d","owner":%d,"stage":"won","amount":"1234.50","closed":"2026-03-31","visits":3}}`, i, i, owner+int64(i%persons))
	}
	return r, nil
}

func startPocketBase(ctx context.Context, o options) (*running, error) {
	addr, err := freePort()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(o.dir, "pb_data")
	r := &running{cmd: exec.CommandContext(ctx, o.pocketbase, "serve", "--http", addr, "--dir", dir), base: "http://" + addr}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	r.post = r.base + "/api/collections/deal/records"
	r.body = func(i int) []byte {
		return fmt.Appendf(nil, `{"external_id":"D-%d","name":"Deal %d","owner":%d,"stage":"won","amount":1234.50,"closed":"2026-03-31","visits":3}`, i, i, i%persons)
	}
	return r, waitFor(r.base + "/api/health")
}

func waitFor(url string) error {
	for range 200 {
		if res, err := http.Get(url); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("%s did not answer", url)
}

// signIn makes an API token with the administrator's session.
func signIn(base string) (string, error) {
	res, err := http.Post(base+"/api/session", "application/json", bytes.NewBufferString(`{"login":"admin","password":"`+adminPassword+`"}`))
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		text, _ := io.ReadAll(res.Body)
		return "", fmt.Errorf("sign in: %s: %s", res.Status, text)
	}
	req, err := http.NewRequest(http.MethodPost, base+"/api/tokens", bytes.NewBufferString(`{"name":"bench"}`))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	for _, cookie := range res.Cookies() {
		req.AddCookie(cookie)
	}
	made, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer made.Body.Close()
	var token map[string]any
	if err := json.NewDecoder(made.Body).Decode(&token); err != nil {
		return "", err
	}
	for _, key := range []string{"secret", "token"} {
		if s, ok := token[key].(string); ok {
			return "Bearer " + s, nil
		}
	}
	return "", fmt.Errorf("no token in %v", token)
}

func firstPerson(r *running) (int64, error) {
	var list struct {
		Items []struct {
			ID int64 `json:"id"`
		} `json:"items"`
	}
	if err := r.get("/api/people", &list); err != nil {
		return 0, err
	}
	least := list.Items[0].ID
	for _, p := range list.Items {
		least = min(least, p.ID)
	}
	return least, nil
}

func (r *running) get(path string, into any) error {
	req, err := http.NewRequest(http.MethodGet, r.base+path, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", r.auth)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return json.NewDecoder(res.Body).Decode(into)
}

package api_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The examples of docs/api.md run as they stand, one after another, in one shell.
func TestExamplesOfTheGuideRun(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("LAUREL_TEST_NO_SKIP") != "" {
			t.Fatal("curl is missing")
		}
		t.Skip("SKIPPED: curl is missing, so the examples of docs/api.md were not run")
	}
	text, err := os.ReadFile("../../docs/api.md")
	check(t, err)
	script := "set -e\n"
	examples := 0
	for _, part := range strings.Split(string(text), "```sh\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		script += block
		examples++
	}
	if examples < 8 {
		t.Fatalf("found only %d examples", examples)
	}
	s := sqlite(t)
	definitions, err := os.ReadFile("../../examples/api/definitions.yaml")
	check(t, err)
	s.admin().with("Content-Type", "application/yaml").do("POST", "/api/definitions", string(definitions)).is(200)
	token := s.admin().do("POST", "/api/tokens", `{"name":"examples"}`).is(201).at("secret").(string)
	shell := exec.Command("bash", "-c", script)
	shell.Dir = t.TempDir()
	shell.Env = append(os.Environ(), "LAUREL="+s.url, "LAUREL_TOKEN="+token, "LAUREL_PASSWORD="+adminPassword)
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v after:\n%s", err, out)
	}
	for _, want := range []string{`"secret":"lrl_`, `"created":1`, `"total_cost":`, "event: change"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the examples never show %s", want)
		}
	}
	check(t, s.engine.CatchUp(t.Context())) // which a server does by itself
	if got := s.admin().get("/api/awards?plan=every-deal&state=granted").is(200).list(); len(got) != 2 {
		t.Errorf("who followed the examples sees %d awards at their end", len(got))
	}
}

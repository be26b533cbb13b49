package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheListCanBeRead(t *testing.T) {
	mutants, err := read(list)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range mutants {
		name := m.part + ": " + m.what
		if seen[name] {
			t.Errorf("%s is listed twice", name)
		}
		seen[name] = true
		if m.old == m.broken || !strings.Contains(m.broken, "mutants.") {
			t.Errorf("%s breaks nothing", name)
		}
		if _, err := os.Stat(filepath.Join("../..", m.file)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestABlockBecomesABreak(t *testing.T) {
	mutants, err := read("race: later\na.go\n- \tif x < y {\n+ \tif x < y != BROKEN {\n\nrace: other\nb.go\n- f(1)\n+ f(EITHER(1, 2))\n")
	if err != nil || len(mutants) != 2 {
		t.Fatal(mutants, err)
	}
	if m := mutants[0]; m.old != "\tif x < y {" || m.broken != "\tif x < y != mutants.Broken(1) {" || m.file != "a.go" {
		t.Errorf("%+v", m)
	}
	if m := mutants[1]; m.broken != "f(mutants.Either(2, 1, 2))" {
		t.Errorf("%+v", m)
	}
	if _, err := read("race: later\na.go\nif x\n+ y"); err == nil {
		t.Error("a line without a sign is read")
	}
}

func TestTheTableTakesItsPlace(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(page, []byte("before\n"+begin+"old\n"+end+"after\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := put(page, "new\n"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(page); err != nil || string(text) != "before\n"+begin+"new\n"+end+"after\n" {
		t.Errorf("%q %v", text, err)
	}
}

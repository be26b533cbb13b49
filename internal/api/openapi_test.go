package api

import (
	"bytes"
	"os"
	"testing"
)

// The contract is committed; web clients are generated from it. LAUREL_UPDATE=1 writes it anew.
func TestCommittedContractIsUpToDate(t *testing.T) {
	const path = "../../api/openapi.json"
	want, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("LAUREL_UPDATE") != "" {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is out of date: run `make generate`", path)
	}
}

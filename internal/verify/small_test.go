package verify_test

import "testing"

// expectLife lets a small company live in an empty database, where engine, rebuild and proof have to agree, and counts the awards and
// the periods that cannot be judged which it comes to.
func expectLife(t *testing.T, url string, ops []operation, awards int64, notJudged int) {
	t.Helper()
	_, what, err := live(script{Zone: "UTC", Fiscal: 1, Ops: ops}, url, "")
	if err != nil {
		t.Fatal(err)
	}
	if what.awards != awards || what.notJudged != notJudged {
		t.Errorf("%d awards, %d periods not judged; want %d and %d", what.awards, what.notJudged, awards, notJudged)
	}
}

package record_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/record"
)

// FuzzInput sends any JSON object as a record. Whatever it is: an outcome, no panic, no storage error, and what was
// accepted can be sent back without changing anything.
func FuzzInput(f *testing.F) {
	for _, seed := range []string{
		`{"name":"x"}`, `{"name":1}`, `{}`, `{"name":"x","hours":1e400}`, `{"name":"x","hours":"-0"}`, `{"name":"x","amount":{"amount":{},"currency":[]}}`,
		`{"name":"x","tags":["vip",["new"]]}`, `{"name":"x","owner":{"id":{"id":1}}}`, `{"name":"x","met_at":"0000-01-01T00:00:00Z"}`,
		`{"name":"x","discount":"%"}`, `{"name":"x","discount":"-.5%"}`, `{"name":"x","parent":"\u0000"}`, `{"name":"\ud800"}`, `{"name":"x","no":"1.0"}`,
		`{"name":"x","signed_on":"9999-12-31","won":"FALSE","stage":"Open","code":"\u007f"}`,
	} {
		f.Add([]byte(seed))
	}
	base := setUp(f, dbtest.Open(f, db.SQLite))
	f.Fuzz(func(t *testing.T, data []byte) {
		fix := &fixture{t: t, db: base.db, store: base.store, deal: base.deal}
		var in map[string]any
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		if decoder.Decode(&in) != nil {
			t.Skip()
		}
		out, err := fix.store.Save(t.Context(), tester, fix.deal, []record.Op{{Kind: record.Create, Input: in}}, false)
		if err != nil {
			t.Fatal(err)
		}
		if out[0].Status == record.Failed {
			if out[0].Problem == nil || out[0].Problem.Message.IsZero() {
				t.Fatalf("failed without a word: %+v", out[0])
			}
			return
		}
		var entry []record.Change
		fix.read(func(tx *db.Tx) (err error) {
			entry, err = fix.store.History(tx, "deal", out[0].ID, 0, 1)
			return err
		})
		if len(entry) != 1 || !json.Valid(entry[0].After) {
			t.Fatalf("the log says %+v", entry)
		}
		rec := fix.get(fix.deal, out[0].ID)
		again := map[string]any{}
		for i, v := range rec.Values {
			var sent any
			d := json.NewDecoder(bytes.NewReader([]byte(asJSON(t, v))))
			d.UseNumber()
			if err := d.Decode(&sent); err != nil {
				t.Fatal(err)
			}
			again[fix.deal.Fields[i].Key] = sent
		}
		wantOutcomes(t, fix.save(fix.deal, record.Op{Kind: record.Update, ID: rec.ID, Input: again}, record.Op{Kind: record.Delete, ID: rec.ID}), "unchanged", "deleted")
	})
}

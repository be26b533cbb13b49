package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/intake"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// office is an organisation to import into.
type office struct {
	*testing.T
	db      *db.DB
	records *record.Store
	people  *people.Store
	store   *intake.Store
}

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	records, err := record.Open(t.Context(), d)
	check(t, err)
	o := &office{T: t, db: d, records: records, people: people.Open(d, records)}
	o.store = intake.Open(d, records, o.people)
	field := func(key, zh, typ string) record.FieldDef {
		return record.FieldDef{Key: key, Name: i18n.T(zh, key), Type: typ}
	}
	account := record.ObjectDef{Key: "account", Name: i18n.T("客户", "Account"), Title: "name", Fields: []record.FieldDef{
		field("name", "名称", "text"), field("parent", "母公司", "relation"), field("size", "规模", "number")}}
	account.Fields[0].Required, account.Fields[1].Target = true, "account"
	deal := record.ObjectDef{Key: "deal", Name: i18n.T("商机", "Deal"), Title: "no", Fields: []record.FieldDef{
		field("no", "编号", "text"), field("owner", "负责人", "person"), field("account", "客户", "relation"), field("amount", "金额", "money"),
		field("closed", "成交日期", "date"), field("stage", "阶段", "choice"), field("vip", "重点", "bool"), field("note", "备注", "longtext")}}
	deal.Fields[0].Unique, deal.Fields[2].Target, deal.Fields[3].Currency = true, "account", "CNY"
	deal.Fields[5].Choices = []record.Choice{{Key: "open", Name: i18n.T("跟进中", "Open")}, {Key: "won", Name: i18n.T("赢单", "Won")}}
	o.write(func(tx *db.Tx) error {
		if _, _, err := records.DefineAll(tx, "test", []record.ObjectDef{account, deal}); err != nil {
			return err
		}
		for _, name := range []string{"张伟", "李娜"} {
			if _, _, err := o.people.SavePerson(tx, "test", people.Person{Name: name}); err != nil {
				return err
			}
		}
		return nil
	})
	return o
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) write(fn func(*db.Tx) error) {
	o.Helper()
	check(o, o.db.Write(o.Context(), fn))
}

// file makes a file and looks through it.
func (o *office) file(name, content string) (*intake.File, *intake.Survey) {
	o.Helper()
	path := filepath.Join(o.TempDir(), name)
	check(o, os.WriteFile(path, []byte(content), 0o600))
	f, err := intake.OpenFile(path, name)
	check(o, err)
	o.Cleanup(func() { f.Close() })
	s, err := f.Look(o.Context(), intake.Place{})
	check(o, err)
	return f, s
}

// load imports a text by the columns' names, changed by edit, and says in a line what happened.
func (o *office) load(object, content string, edit func(*intake.Mapping), options ...func(*intake.Options)) string {
	o.Helper()
	report, err := o.tryLoad(object, content, edit, options...)
	check(o, err)
	return summary(report)
}

func (o *office) tryLoad(object, content string, edit func(*intake.Mapping), options ...func(*intake.Options)) (*intake.Report, error) {
	o.Helper()
	f, s := o.file("f.csv", content)
	var m intake.Mapping
	check(o, o.db.Read(o.Context(), func(tx *db.Tx) (err error) {
		m, err = o.store.Suggest(tx, f, s, object)
		return err
	}))
	if edit != nil {
		edit(&m)
	}
	opts := intake.Options{Actor: "test"}
	for _, set := range options {
		set(&opts)
	}
	return o.store.Run(o.Context(), f, s, m, opts)
}

func dry(o *intake.Options) { o.DryRun = true }

func summary(r *intake.Report) string {
	out := fmt.Sprintf("%s +%d ~%d =%d !%d", r.Status, r.Created, r.Updated, r.Unchanged, r.Failed)
	for _, p := range r.Problems {
		out += fmt.Sprintf(" %d:%s:%s", p.Line, p.Column, p.Code)
	}
	return out
}

// records lists an object's live records by external id, as field values joined by |.
func (o *office) list(object string) map[string]string {
	o.Helper()
	out := map[string]string{}
	check(o, o.db.Read(o.Context(), func(tx *db.Tx) error {
		schema, err := o.records.Schema(tx)
		if err != nil {
			return err
		}
		obj, err := schema.Object(object)
		if err != nil {
			return err
		}
		return o.records.Scan(tx, obj, func(r *record.Record) error {
			var parts []string
			for _, v := range r.Values {
				parts = append(parts, v.String())
			}
			out[r.ExternalID] = strings.Join(parts, "|")
			return nil
		})
	}))
	return out
}

func (o *office) expect(got, want string) {
	o.Helper()
	if got != want {
		o.Errorf("got  %s\nwant %s", got, want)
	}
}

const deals = `编号,负责人,金额,成交日期,阶段,重点
D1,张伟,"¥1,234.50",2026/3/5,赢单,是
D2,李娜,1.2万,2026年3月6日,open,否
D3,张伟,,2026.3.7,won,
`

func TestLoadAndLoadAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.expect(o.load("deal", deals, nil, dry), "checked +3 ~0 =0 !0")
		if n := len(o.list("deal")); n != 0 {
			t.Fatalf("a dry run left %d records", n)
		}
		o.expect(o.load("deal", deals, nil), "done +3 ~0 =0 !0")
		got := o.list("deal")
		if !strings.Contains(got["D1"], "|1234.50 CNY|2026-03-05|won|true|") || !strings.Contains(got["D2"], "|12000.00 CNY|2026-03-06|open|false|") {
			t.Errorf("got %v", got)
		}
		o.expect(o.load("deal", deals, nil), "done +0 ~0 =3 !0")
		o.expect(o.load("deal", strings.Replace(deals, "1.2万", "1.3万", 1), nil, dry), "checked +0 ~1 =2 !0")
		o.expect(o.load("deal", strings.Replace(deals, "1.2万", "1.3万", 1), nil), "done +0 ~1 =2 !0")
	})
}

func TestBadRowsDoNotStopGoodOnes(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	content := "编号,负责人,金额,成交日期,阶段\n" +
		"A1,张伟,5,2026-3-5,won\n" +
		"A2,王五,\"1,23\",3/5/2026,lost\n" + // four problems in one row
		"A3,李娜,6,2026-2-30,won\n" +
		",李娜,6,2026-3-5,won\n" +
		"A4,李娜,0.001,2026-3-5,won\n" +
		"A1,张伟,6,2026-3-5,won\n" + // the identity came already, with another amount
		"A1,张伟,5,2026-3-5,won\n" + // and once more as it was
		"A5,李娜,7,2026-3-5\n" +
		"A6,李娜,8,2026-3-6,won\n"
	for _, mode := range []func(*intake.Options){dry, func(*intake.Options) {}} {
		report, err := o.tryLoad("deal", content, func(m *intake.Mapping) { m.Key = "编号" }, mode)
		check(t, err)
		got := map[string]bool{}
		for _, p := range report.Problems {
			got[fmt.Sprintf("%d:%s:%s", p.Line, p.Column, p.Code)] = true
		}
		for _, want := range []string{"3:负责人:unknown_person", "3:金额:ambiguous_number", "3:成交日期:ambiguous_date", "3:阶段:unknown_choice", "4:成交日期:no_such_day", "5:编号:key_missing", "6:金额:too_precise", "7:编号:duplicate_key", "9::too_few_cells"} {
			if !got[want] {
				t.Errorf("%s: missing %s in %v", report.Status, want, got)
			}
		}
		if report.Created != 2 || report.Unchanged != 1 || report.Failed != 6 || report.Done != 9 {
			t.Errorf("counted %+v", report)
		}
	}
}

func TestSuggestionsForWrongValues(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	o.load("account", "name\nGTX Pro\nAcme Corporation\n", nil)
	report, err := o.tryLoad("deal", "no,account,stage,owner\n1,GTXPro,wonn,张 伟\n2,Acme Corporatoin,open,\n", nil)
	check(t, err)
	got := map[string]string{}
	for _, m := range report.Mends {
		got[m.Column] += m.Action + " " + m.Suggestion.EN
	}
	if !strings.Contains(got["account"], "GTX Pro") || !strings.Contains(got["stage"], "correct") {
		t.Errorf("mends %v", got)
	}
	o.expect(o.load("deal", "no,account\n1,GTXPro\n", func(m *intake.Mapping) {
		m.Columns[1].Corrections = map[string]string{"GTXPro": "GTX Pro"}
	}), "done +1 ~0 =0 !0")
}

func TestCreatingWhatIsMissing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		content := "no,owner,account,stage\n1,赵六,新客户,lost\n2,赵六,新客户,lost\n3,张伟,另一家,won\n"
		all := func(m *intake.Mapping) {
			for i := range m.Columns {
				m.Columns[i].CreateMissing = true
			}
		}
		o.expect(o.load("deal", content, all, dry), "checked +3 ~0 =0 !0")
		if len(o.list("account")) != 0 {
			t.Error("the dry run left accounts")
		}
		report, err := o.tryLoad("deal", content, all)
		check(t, err)
		o.expect(summary(report), "done +3 ~0 =0 !0")
		if report.Persons != 1 || report.Related != 2 {
			t.Errorf("created %d persons and %d records", report.Persons, report.Related)
		}
		if got := o.list("account"); !strings.HasPrefix(got["新客户"], "新客户|") {
			t.Errorf("accounts %v", got)
		}
		o.expect(o.load("deal", content, all), "done +0 ~0 =3 !0")
	})
}

// Rows refer to rows further down, and in a chain; a cycle of new rows cannot be loaded.
func TestRowsThatReferToEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		content := "name,parent\nC,B\nB,A\nA,\nX,Y\nY,X\nZ,nobody\n"
		key := func(m *intake.Mapping) { m.Key = "name" }
		want := "+3 ~0 =0 !3 5:parent:unknown_record 6:parent:unknown_record 7:parent:unknown_record"
		o.expect(o.load("account", content, key), "done "+want)
		o.expect(o.load("account", "name,parent\nC,B\nB,A\nA,\n", key), "done +0 ~0 =3 !0")
		got := o.list("account")
		if !strings.HasPrefix(got["C"], "C|") || strings.HasPrefix(got["C"], "C||") {
			t.Errorf("C has no parent: %v", got)
		}
	})
}

func TestDryRunOfRowsThatReferToEachOther(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	o.expect(o.load("account", "name,parent\nC,B\nB,A\nA,\nZ,nobody\n", func(m *intake.Mapping) { m.Key = "name" }, dry), "checked +3 ~0 =0 !1 5:parent:unknown_record")
}

func TestWithoutAKeyContentIsTheIdentity(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	content := "name,size\nA,1\nB,2\nA,1\n"
	o.expect(o.load("account", content, nil), "done +3 ~0 =0 !0")
	o.expect(o.load("account", content, nil), "done +0 ~0 =3 !0")
	o.expect(o.load("account", "name,size\nA,1\nA,1\nB,3\n", nil), "done +1 ~0 =2 !0")
}

func TestKeysOfSeveralColumns(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	key := func(m *intake.Mapping) { m.Key = "name + size" }
	o.expect(o.load("account", "name,size\nA,1\nA,2\n", key), "done +2 ~0 =0 !0")
	if got := o.list("account"); got["A|2"] == "" {
		t.Errorf("got %v", got)
	}
	_, err := o.tryLoad("account", "name,size\nA,1\n", func(m *intake.Mapping) { m.Key = "name + place" })
	if !problem.IsCode(err, "unknown_column") {
		t.Errorf("a key column that is not there: %v", err)
	}
}

func TestSkippingWhatIsThere(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	key := func(m *intake.Mapping) { m.Key, m.OnConflict = "name", intake.OnSkip }
	o.expect(o.load("account", "name,size\nA,1\n", key), "done +1 ~0 =0 !0")
	o.expect(o.load("account", "name,size\nA,9\nB,2\n", key), "done +1 ~0 =1 !0")
	if got := o.list("account")["A"]; got != "A||1" {
		t.Errorf("got %s", got)
	}
}

func TestEmptyCells(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	with := func(empty string) func(*intake.Mapping) {
		return func(m *intake.Mapping) {
			m.Key = "name"
			m.Columns[1].Empty = empty
		}
	}
	o.expect(o.load("account", "name,size\nA,5\n", with("")), "done +1 ~0 =0 !0")
	o.expect(o.load("account", "name,size\nA,\n", with("keep")), "done +0 ~0 =1 !0")
	o.expect(o.load("account", "name,size\nA,-\n", with("")), "done +0 ~0 =0 !1 2:size:not_a_number")
	o.expect(o.load("account", "name,size\nA,-\n", with("null")), "done +0 ~1 =0 !0")
	o.expect(o.load("account", "name,size\n,7\n", func(m *intake.Mapping) { m.Key = "" }), "done +0 ~0 =0 !1 2:name:required")
}

func TestMappingsThatCannotWork(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	for _, c := range []struct {
		name string
		edit func(*intake.Mapping)
		code string
	}{
		{"no object", func(m *intake.Mapping) { m.Object = "" }, "required"},
		{"unknown object", func(m *intake.Mapping) { m.Object = "nothing" }, "unknown_object"},
		{"unknown field", func(m *intake.Mapping) { m.Columns[0].Field = "nothing" }, "unknown_field"},
		{"unknown column", func(m *intake.Mapping) { m.Columns[0].Column = "nothing" }, "unknown_column"},
		{"a field twice", func(m *intake.Mapping) { m.Columns[1].Field = "name" }, "field_taken"},
		{"nothing mapped", func(m *intake.Mapping) { m.Columns = nil }, "nothing_mapped"},
		{"an order that is none", func(m *intake.Mapping) { m.Columns[0].DateOrder = "ydm" }, "bad_choice"},
		{"a conflict that is none", func(m *intake.Mapping) { m.OnConflict = "ask" }, "bad_choice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := o.tryLoad("account", "name,size\nA,1\n", c.edit); !problem.IsCode(err, c.code) {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestANewObjectOfAFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		content := "订单号,销售,金额,比例,下单日期,状态\n"
		for i := range 40 {
			content += fmt.Sprintf("N%02d,%s,¥%d.5,12.5%%,2026/3/%d,%s\n", i, []string{"张伟", "李娜"}[i%2], 1000+i, i%28+1, []string{"完成", "进行中", "取消"}[i%3])
		}
		f, s := o.file("订单.csv", content)
		check(t, d.Read(t.Context(), func(tx *db.Tx) error { _, err := o.store.Suggest(tx, f, s, ""); return err }))
		m := intake.MapNew(f, s, "orders")
		for _, mode := range []bool{true, false, false} {
			report, err := o.store.Run(t.Context(), f, s, m, intake.Options{Actor: "test", DryRun: mode})
			check(t, err)
			if report.Failed > 0 || report.Created+report.Unchanged != 40 {
				t.Fatalf("dry %v: %s", mode, summary(report))
			}
			if _, err := o.records.Object("orders"); (err != nil) != mode {
				t.Errorf("after dry %v the object is there: %v", mode, err)
			}
		}
		object, err := o.records.Object("orders")
		check(t, err)
		types := ""
		for _, f := range object.Fields {
			types += f.Type + " "
		}
		o.expect(types, "text person money percent date choice ")
		if got := o.list("orders")["N01"]; !strings.HasSuffix(got, "|1001.50 CNY|0.1250|2026-03-02|进行中") {
			t.Errorf("got %s", got)
		}
	})
}

func TestStoppingAndRunningAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		var b strings.Builder
		b.WriteString("name,size\n")
		const rows = intake.BatchRows*2 + 100
		for i := range rows {
			fmt.Fprintf(&b, "customer %d,%d\n", i, i)
		}
		f, s := o.file("many.csv", b.String())
		m := intake.Mapping{Object: "account", Key: "name", Columns: []intake.ColumnMapping{{Column: "name", Field: "name"}, {Column: "size", Field: "size"}}}
		ctx, cancel := context.WithCancel(t.Context())
		report, err := o.store.Run(ctx, f, s, m, intake.Options{Actor: "test", Progress: func(intake.Report) { cancel() }})
		check(t, err)
		if report.Status != intake.Cancelled || report.Created != intake.BatchRows {
			t.Fatalf("stopped with %s", summary(report))
		}
		report, err = o.store.Run(t.Context(), f, s, m, intake.Options{Actor: "test"})
		check(t, err)
		o.expect(summary(report), fmt.Sprintf("done +%d ~0 =%d !0", rows-intake.BatchRows, intake.BatchRows))
		if n := len(o.list("account")); n != rows {
			t.Errorf("%d records, want %d", n, rows)
		}
	})
}

func TestBadRowsAsCSVRunNoFormulas(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	var out bytes.Buffer
	rows, err := intake.NewBadRows(&out, i18n.EN)
	check(t, err)
	content := "name,size\nA,=1+1\nB,@SUM(A1)\nC,+cmd\nD,-2+3\n"
	if _, err := o.tryLoad("account", content, nil, func(opts *intake.Options) { opts.Bad = rows.Add }); err != nil {
		t.Fatal(err)
	}
	check(t, rows.Close())
	text := out.String()
	for _, want := range []string{"line,column,value,code,reason", "2,size,'=1+1,not_a_number", "3,size,'@SUM(A1)", "4,size,'+cmd", "5,size,'-2+3"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	for _, s := range []string{"=x", "+x", "-x", "@x", "\tx", "\rx", "＝x"} {
		if intake.Neutral(s) != "'"+s {
			t.Errorf("%q is not neutral", s)
		}
	}
	if intake.Neutral("x=1") != "x=1" || intake.Neutral("") != "" {
		t.Error("harmless texts were changed")
	}
}

func TestUniqueValuesOfADryRunAcrossRows(t *testing.T) {
	o := newOffice(t, dbtest.Open(t, db.SQLite))
	var b strings.Builder
	b.WriteString("no,note\n")
	for i := range intake.BatchRows {
		fmt.Fprintf(&b, "N%d,\n", i)
	}
	b.WriteString("N0,another row\n")
	noKey := func(m *intake.Mapping) { m.Key = "" }
	want := fmt.Sprintf("+%d ~0 =0 !1 %d:no:not_unique", intake.BatchRows, intake.BatchRows+2)
	o.expect(o.load("deal", b.String(), noKey, dry), "checked "+want)
	o.expect(o.load("deal", b.String(), noKey), "done "+want)
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A table of exchange rates loads as a whole or not at all; what is wrong is told by line.
func TestImportingExchangeRates(t *testing.T) {
	eachDatabase(t, func(s *shell) {
		dir := s.TempDir()
		file := func(name, content string) string {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				s.Fatal(err)
			}
			return path
		}
		s.run(0, "apply", "-f", file("org.yaml", "organisation: {name: A, currency: CNY, time_zone: Asia/Shanghai, fiscal_start_month: 1, language: zh}\n"))
		wrong := file("wrong.csv", "币种,日期,汇率,单位,来源\nUSD,2026/1/5,7.1,1,央行\nUSD,2026-02-30,7.2,1,\nCNY,2026-01-05,1,1,\nEUR,2026-01-05,abc,1,\nJPY,2026-01-05,4.9,60,\nUSD,2026年1月5日,7.3,1,\nXXQ,2026-01-05,2,1,\n")
		bad := filepath.Join(dir, "bad.csv")
		out := s.run(1, "import", "--rates", "--report", bad, wrong)
		for _, want := range []string{"left out: the columns 来源", "line 3: 日期", "line 4: 币种", "line 5: 汇率", "line 6: 单位", "line 7: 汇率", "line 8: 币种", "nothing kept: 0 exchange rates created", "6 rows wrong"} {
			if !strings.Contains(out, want) {
				s.Errorf("no %q in\n%s", want, out)
			}
		}
		if text, err := os.ReadFile(bad); err != nil || strings.Count(string(text), "\n") != 7 {
			s.Errorf("the report: %s (%v)", text, err)
		}
		wide := file("wide.csv", "date,USD,EUR\n2026-01-01,7.1,8\n2026-02-01,7.2,\n")
		if out := s.run(0, "import", "--rates", "--dry-run", wide); !strings.Contains(out, "dry run, nothing kept: 3 exchange rates created") {
			s.Errorf("a dry run says %s", out)
		}
		if out := s.run(0, "import", "--rates", wide); !strings.Contains(out, "3 exchange rates created, 0 updated") {
			s.Errorf("the first time %s", out)
		}
		if out := s.run(0, "import", "--rates", wide); !strings.Contains(out, "0 exchange rates created, 0 updated, 3 unchanged") {
			s.Errorf("the second time %s", out)
		}
		long := file("long.csv", "currency\tfrom\trate\tper\nUSD\t2026-02-01\t725\t100\nJPY\t2026-02-01\t4.85\t100\n")
		if out := s.run(0, "import", "--rates", "--json", long); !strings.Contains(out, `"created": 1,`) || !strings.Contains(out, `"updated": 1,`) {
			s.Errorf("a correction says %s", out)
		}
		text := s.run(0, "export-definitions")
		for _, want := range []string{"7.25", "0.0485", "2026-02-01"} {
			if !strings.Contains(text, want) {
				s.Errorf("no %s in\n%s", want, text)
			}
		}
		s.run(2, "import", "--rates", "--object", "deal", wide)
		if out := s.run(1, "import", "--rates", file("none.csv", "a,b\n1,2\n")); !strings.Contains(out, "currency, from and rate") {
			s.Errorf("a file without rates: %s", out)
		}
	})
}

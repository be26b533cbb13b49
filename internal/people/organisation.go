package people

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	_ "time/tzdata" // time zones must load on machines that have no zone files

	"laurel/internal/calendar"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Organisation is the company whose rewards these are: its name and how it counts time and money.
type Organisation struct {
	Name             i18n.Text `json:"name" yaml:"name"`
	TimeZone         string    `json:"time_zone" yaml:"time_zone"`                   // IANA name: "Asia/Shanghai"
	FiscalStartMonth int       `json:"fiscal_start_month" yaml:"fiscal_start_month"` // 1 to 12
	Currency         string    `json:"currency" yaml:"currency"`                     // ISO 4217: the base currency
	Language         i18n.Lang `json:"language" yaml:"language"`                     // of those who have not chosen one
	Working          Working   `json:"working,omitzero" yaml:"working,omitempty"`    // when it works, for durations in working time

	ClawbackLimit Share `json:"clawback_limit,omitempty" yaml:"clawback_limit,omitempty"` // at most so much of a period's earnings is taken back in it
	FourEyes      bool  `json:"four_eyes,omitempty" yaml:"four_eyes,omitempty"`           // a version is published from review, by another person
}

// Calendar is the organisation's way to count time. A zone that does not load counts as UTC; none gets past
// SaveOrganisation.
func (o Organisation) Calendar() calendar.Calendar {
	zone, err := loadZone(o.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return calendar.Calendar{Zone: zone, FirstMonth: time.Month(o.FiscalStartMonth)}
}

// Validate reports everything that is wrong with the settings.
func (o Organisation) Validate() error {
	var found []*problem.Error
	add := func(p *problem.Error) {
		if p != nil {
			found = append(found, p)
		}
	}
	add(checkName("name", o.Name.In(i18n.ZH), maxName))
	add(checkText("name.en", o.Name.EN, maxName))
	if _, err := loadZone(o.TimeZone); err != nil {
		add(problem.Bad("time_zone_unknown", "time_zone", "没有时区 %q，请写成 Asia/Shanghai 这样的名称",
			"There is no time zone %q; write a name such as Asia/Shanghai", o.TimeZone))
	}
	if o.FiscalStartMonth < 1 || o.FiscalStartMonth > 12 {
		add(problem.Bad("fiscal_month_invalid", "fiscal_start_month", "财年起始月须为 1 到 12", "The first month of the fiscal year must be 1 to 12"))
	}
	if _, ok := money.MinorUnits(o.Currency); !ok {
		add(problem.Bad("currency_unknown", "currency", "没有货币 %q，请用 CNY、USD 这样的三字母代码",
			"There is no currency %q; use a three-letter code such as CNY or USD", o.Currency))
	}
	if o.Language != i18n.ZH && o.Language != i18n.EN {
		add(problem.Bad("language_unknown", "language", "语言须为 zh 或 en", "The language must be zh or en"))
	}
	add(o.ClawbackLimit.check("clawback_limit"))
	found = append(found, o.Working.validate()...)
	return problem.Join(found)
}

// SaveOrganisation replaces the settings and reports whether anything changed.
func (s *Store) SaveOrganisation(tx *db.Tx, actor record.Actor, o Organisation) (changed bool, err error) {
	o.Name = i18n.T(tidy(o.Name.ZH), tidy(o.Name.EN))
	if err := o.Validate(); err != nil {
		return false, err
	}
	o.Working, o.ClawbackLimit = o.Working.tidy(), o.ClawbackLimit.tidy()
	before, err := loadOrganisation(tx)
	if err != nil || reflect.DeepEqual(before, o) {
		return false, err
	}
	working, err := o.Working.text()
	if err != nil {
		return false, fmt.Errorf("save the organisation: %w", err)
	}
	if err := keepsClosed(tx, before, o); err != nil {
		return false, err
	}
	_, err = tx.Exec(`
		UPDATE organisation
		SET name_zh = $1, name_en = $2, time_zone = $3, fiscal_start_month = $4, currency = $5, language = $6, working = $7,
			clawback_limit = $8, four_eyes = $9
		WHERE id = $10`,
		o.Name.ZH, o.Name.EN, o.TimeZone, o.FiscalStartMonth, o.Currency, string(o.Language), working,
		string(o.ClawbackLimit), bit(o.FourEyes), organisationRow)
	if err != nil {
		return false, fmt.Errorf("save the organisation: %w", err)
	}
	return true, s.logChange(tx, actor, objectOrganisation, organisationRow, before, o)
}

// bit is how both databases keep yes and no.
func bit(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// keepsClosed refuses what would move closed periods: their days and their currency stay as they were closed.
func keepsClosed(tx *db.Tx, before, after Organisation) error {
	until, err := closing.Until(tx)
	if err != nil || until == 0 {
		return err
	}
	for _, f := range []struct {
		field   string
		changed bool
	}{
		{"time_zone", before.TimeZone != after.TimeZone},
		{"fiscal_start_month", before.FiscalStartMonth != after.FiscalStartMonth},
		{"currency", before.Currency != after.Currency},
	} {
		if f.changed {
			return problem.New(problem.Conflict, "periods_closed", f.field, "已有周期关账（到 %s 为止），不能再更改这一项；请先由财务重新打开",
				"periods are closed (until %s), so this can no longer change: let finance reopen them first", until)
		}
	}
	return nil
}

// CountsAs reports whether records fall on the same days and periods, awards into the same currency and working time into the same
// hours under other settings.
func (o Organisation) CountsAs(other Organisation) bool {
	return o.TimeZone == other.TimeZone && o.FiscalStartMonth == other.FiscalStartMonth && o.Currency == other.Currency &&
		reflect.DeepEqual(o.Working.tidy(), other.Working.tidy())
}

// OrganisationOf reads the settings as a transaction sees them, for those who need no Directory.
func OrganisationOf(tx *db.Tx) (Organisation, error) { return loadOrganisation(tx) }

func loadOrganisation(tx *db.Tx) (Organisation, error) {
	var o Organisation
	var language, working string
	var fourEyes int64
	err := tx.QueryRow(`
		SELECT name_zh, name_en, time_zone, fiscal_start_month, currency, language, working, clawback_limit, four_eyes
		FROM organisation
		WHERE id = $1`, organisationRow).
		Scan(&o.Name.ZH, &o.Name.EN, &o.TimeZone, &o.FiscalStartMonth, &o.Currency, &language, &working, &o.ClawbackLimit, &fourEyes)
	if err != nil {
		return o, fmt.Errorf("load the organisation: %w", err)
	}
	o.Language, o.FourEyes = i18n.Lang(language), fourEyes != 0
	if working != "" {
		if err := json.Unmarshal([]byte(working), &o.Working); err != nil {
			return o, fmt.Errorf("load the organisation's working time: %w", err)
		}
	}
	return o, nil
}

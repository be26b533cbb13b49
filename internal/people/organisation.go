package people

import (
	"time"

	_ "time/tzdata" // time zones must load on machines that have no zone files

	"laurel/internal/calendar"
	"laurel/internal/i18n"
)

// Organisation is the company whose rewards these are: its name and how it counts time and money.
type Organisation struct {
	Name             i18n.Text `json:"name" yaml:"name"`
	TimeZone         string    `json:"time_zone" yaml:"time_zone"`                   // IANA name: "Asia/Shanghai"
	FiscalStartMonth int       `json:"fiscal_start_month" yaml:"fiscal_start_month"` // 1 to 12
	Currency         string    `json:"currency" yaml:"currency"`                     // ISO 4217: the base currency
	Language         i18n.Lang `json:"language" yaml:"language"`                     // of those who have not chosen one
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

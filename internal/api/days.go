package api

import (
	"time"

	"laurel/internal/calendar"
	"laurel/internal/people"
	"laurel/internal/problem"
)

// today is the organisation's local day.
func (s *server) today(d *people.Directory) calendar.Day {
	return calendar.DayAt(s.now(), d.Organisation.Calendar().Zone)
}

// dayOr reads a day of a query; empty is today.
func (s *server) dayOr(d *people.Directory, field, text string) (calendar.Day, error) {
	if text == "" {
		return s.today(d), nil
	}
	return parseDay(field, text)
}

func parseDay(field, text string) (calendar.Day, error) {
	day, err := calendar.ParseDay(text)
	if err != nil {
		return 0, problem.Bad("bad_date", field, "需要形如 2026-03-31 的日期。", "A date of the form 2026-03-31 is needed.")
	}
	return day, nil
}

// windowOf makes a window of days of which either end may be open.
func windowOf(from, to *calendar.Day) calendar.Window {
	w := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
	if from != nil {
		w.From = *from
	}
	if to != nil {
		w.To = *to
	}
	return w
}

// openStart and openEnd write the open ends of windows as absent days.
func openStart(d calendar.Day) *calendar.Day {
	if d <= calendar.MinDay {
		return nil
	}
	return &d
}

func openEnd(d calendar.Day) *calendar.Day {
	if d >= calendar.MaxDay {
		return nil
	}
	return &d
}

// instant reads microseconds since 1970.
func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

func instantOrNil(micros int64) *time.Time {
	if micros == 0 {
		return nil
	}
	t := instant(micros)
	return &t
}

package intake

import (
	"strings"
	"time"

	"laurel/internal/problem"
)

// writtenTime is a time of day as it was typed, with its zone if it has one.
type writtenTime struct {
	millis int64 // since midnight
	zone   *time.Location
}

// readTime reads what stands behind a date: 14:30, 2:30:05 PM, 下午2:30, 14时30分, T08:00:00+08:00. Empty is midnight.
func readTime(s string) (writtenTime, bool) {
	var t writtenTime
	s = strings.TrimPrefix(s, "T")
	s = strings.TrimPrefix(s, ",")
	if s = tidy(s); s == "" {
		return t, true
	}
	half := 0 // 1: before noon, 2: after
	for word, h := range map[string]int{"上午": 1, "早上": 1, "下午": 2, "晚上": 2} {
		if rest, ok := strings.CutPrefix(s, word); ok {
			half, s = h, tidy(rest)
		}
	}
	s, t.zone = cutZone(s)
	for word, h := range map[string]int{"AM": 1, "PM": 2, "A.M.": 1, "P.M.": 2} {
		if len(s) > len(word) && strings.EqualFold(s[len(s)-len(word):], word) {
			if half != 0 {
				return t, false
			}
			half, s = h, tidy(s[:len(s)-len(word)])
		}
	}
	s = strings.NewReplacer("时", ":", "点", ":", "分", ":", "秒", "").Replace(s)
	parts := strings.Split(strings.TrimSuffix(s, ":"), ":")
	if len(parts) > 3 || len(parts) == 1 && half == 0 && !strings.HasSuffix(s, ":") {
		return t, false
	}
	var unit = [3]int64{3_600_000, 60_000, 1_000}
	for i, p := range parts {
		p = tidy(p)
		whole, places, pointed := strings.Cut(p, ".")
		if whole == "" || len(whole) > 2 || strings.Trim(whole+places, "0123456789") != "" || pointed && (i != 2 || places == "" || len(places) > 9) {
			return t, false
		}
		n := number(whole)
		if i == 0 && n > 23 || i > 0 && n > 59 {
			return t, false
		}
		t.millis += int64(n) * unit[i]
		if pointed {
			t.millis += int64(number((places + "00")[:3]))
		}
	}
	hour := t.millis / 3_600_000
	switch {
	case half != 0 && (hour == 0 && half == 2 || hour > 12 && half == 1):
		return t, false
	case half == 1 && hour == 12:
		t.millis -= 12 * 3_600_000
	case half == 2 && hour < 12:
		t.millis += 12 * 3_600_000
	}
	return t, true
}

// cutZone takes Z or an offset from the end of a time.
func cutZone(s string) (string, *time.Location) {
	if rest, ok := strings.CutSuffix(s, "Z"); ok {
		return tidy(rest), time.UTC
	}
	i := strings.LastIndexAny(s, "+-")
	if i < 4 {
		return s, nil
	}
	digits := strings.ReplaceAll(s[i+1:], ":", "")
	if len(digits) != 4 || strings.Trim(digits, "0123456789") != "" {
		return s, nil
	}
	hours, minutes := number(digits[:2]), number(digits[2:])
	if hours > 14 || minutes > 59 {
		return s, nil
	}
	offset := hours*3600 + minutes*60
	if s[i] == '-' {
		offset = -offset
	}
	return tidy(s[:i]), time.FixedZone("", offset)
}

// instant is the moment at which a zone's clocks show a local time. Where clocks are put forward there is none, where
// they are put back there are two: both are problems, not guesses.
func instant(d writtenDay, millis int64, zone *time.Location, shown string) (time.Time, *problem.Error) {
	wall := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Add(time.Duration(millis) * time.Millisecond)
	var found []time.Time
	for _, around := range []time.Duration{-26 * time.Hour, 26 * time.Hour} {
		_, offset := wall.Add(around).In(zone).Zone()
		at := wall.Add(-time.Duration(offset) * time.Second)
		if _, there := at.In(zone).Zone(); there == offset && (len(found) == 0 || !found[0].Equal(at)) {
			found = append(found, at)
		}
	}
	switch len(found) {
	case 1:
		return found[0].In(zone), nil
	case 0:
		return time.Time{}, problem.Bad("no_such_time", "", "%s 在时区 %s 不存在（夏令时切换）。请更正时间，或写明时差。",
			"There is no %s in the time zone %s, where clocks were put forward. Correct it, or write its offset.", shown, zone)
	}
	return time.Time{}, problem.Bad("ambiguous_time", "", "%s 在时区 %s 出现两次（夏令时切换）。请写明时差，如 +08:00。",
		"%s happened twice in the time zone %s, where clocks were put back. Write its offset, such as +01:00.", shown, zone)
}

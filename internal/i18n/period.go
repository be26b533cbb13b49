package i18n

import (
	"fmt"
	"strconv"
	"time"
)

// Period writes a period's label in words: 2026-Q3 is 2026 年第 3 季度, Q3 2026. A name that a plan gave to a period itself, and what is
// no label, stay as they are. A part of a period that was split between two versions (2026-Q1 02-15..03-31) has its days behind it.
func Period(label string) Text {
	if whole, from, last, ok := partOf(label); ok {
		name := Period(whole)
		return T(fmt.Sprintf("%s（%d 月 %d 日至 %d 月 %d 日）", name.ZH, from.Month(), from.Day(), last.Month(), last.Day()),
			fmt.Sprintf("%s (%s to %s)", name.EN, from.Format("Jan 2"), last.Format("Jan 2")))
	}
	var year, n int
	for _, form := range []struct {
		scan, print string // of the label
		zh, en      func() string
	}{
		{"%4d-Q%1d", "%04d-Q%d", func() string { return fmt.Sprintf("%d 年第 %d 季度", year, n) }, func() string { return fmt.Sprintf("Q%d %d", n, year) }},
		{"%4d-H%1d", "%04d-H%d", func() string { return fmt.Sprintf("%d 年%s半年", year, []string{"上", "下"}[(n-1)&1]) }, func() string { return fmt.Sprintf("H%d %d", n, year) }},
		{"%4d-W%2d", "%04d-W%02d", func() string { return fmt.Sprintf("%d 年第 %d 周", year, n) }, func() string { return fmt.Sprintf("week %d, %d", n, year) }},
		{"%4d-%2d", "%04d-%02d", func() string { return fmt.Sprintf("%d 年 %d 月", year, n) }, func() string { return time.Month(n).String() + " " + strconv.Itoa(year) }},
	} {
		if got, err := fmt.Sscanf(label, form.scan, &year, &n); got == 2 && err == nil && fmt.Sprintf(form.print, year, n) == label && n > 0 && n < 54 {
			return T(form.zh(), form.en())
		}
	}
	if year, err := strconv.Atoi(label); err == nil && len(label) == 4 && year > 0 {
		return T(label+" 年", label)
	}
	return Same(label)
}

// partOf takes a label apart that names some days of a period.
func partOf(label string) (whole string, from, last time.Time, ok bool) {
	const days = "01-02..01-02"
	at := len(label) - len(days) - 1
	if at <= 0 || label[at] != ' ' || label[at+6:at+8] != ".." {
		return "", from, last, false
	}
	from, err := time.Parse("01-02", label[at+1:at+6])
	if err == nil {
		last, err = time.Parse("01-02", label[at+8:])
	}
	return label[:at], from, last, err == nil
}

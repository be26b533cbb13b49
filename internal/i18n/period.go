package i18n

import (
	"fmt"
	"strconv"
	"time"
)

// Period writes a period's label in words: 2026-Q3 is 2026 年第 3 季度, Q3 2026. A name that a plan gave to a period itself, and what is
// no label, stay as they are.
func Period(label string) Text {
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

package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"laurel/internal/calendar"
	"laurel/internal/problem"
)

// Limits, in characters where they are of texts.
const (
	maxKey       = 100
	maxName      = 200
	maxEmail     = 254 // RFC 5321
	maxSpans     = 500 // memberships, or managers, of one person over all time
	maxUnitDepth = 32
)

// tidy trims a short text and folds every run of white space into one blank, as names come out of spreadsheets.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// checkText refuses what is too long, broken or invisible.
func checkText(field, s string, limit int) *problem.Error {
	switch {
	case !utf8.ValidString(s):
		return problem.Bad("invalid_text", field, "不是有效的 UTF-8 文字，请检查文件编码", "This is not valid UTF-8; check the encoding of the source")
	case utf8.RuneCountInString(s) > limit:
		return problem.Bad("too_long", field, "最多 %d 个字符，请缩短", "At most %d characters; make it shorter", limit)
	case strings.ContainsFunc(s, unicode.IsControl):
		return problem.Bad("invalid_text", field, "含有不可见的控制字符，请删除", "It contains invisible control characters; remove them")
	}
	return nil
}

// checkName is checkText for what must not be empty.
func checkName(field, s string, limit int) *problem.Error {
	if s == "" {
		return problem.Bad("required", field, "不能为空，请填写", "It must not be empty; fill it in")
	}
	return checkText(field, s, limit)
}

// checkDay refuses days that no calendar of ours holds.
func checkDay(field string, d calendar.Day) *problem.Error {
	if d < calendar.MinDay || d >= calendar.MaxDay {
		return problem.Bad("day_out_of_range", field, "日期须在 %s 与 %s 之间", "The day must lie between %s and %s", calendar.MinDay, calendar.MaxDay-1)
	}
	return nil
}

// checkWindow refuses windows that hold no day or reach beyond the calendar.
func checkWindow(field string, w calendar.Window) *problem.Error {
	if w.From < calendar.MinDay || w.To > calendar.MaxDay {
		return problem.Bad("day_out_of_range", field, "日期须在 %s 与 %s 之间", "The days must lie between %s and %s", calendar.MinDay, calendar.MaxDay)
	}
	if w.Empty() {
		return problem.Bad("window_empty", field, "结束日期须晚于开始日期", "The end must lie after the beginning")
	}
	return nil
}

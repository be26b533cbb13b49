package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/problem"
	"laurel/internal/target"
)

// targetColumns are what the columns of a file of targets may be called.
var targetColumns = map[string][]string{
	"metric":     {"metric", "指标"},
	"person":     {"person", "人员", "姓名", "工号"},
	"team":       {"team", "团队"},
	"department": {"department", "部门"},
	"period":     {"period", "周期"},
	"value":      {"value", "target", "目标值", "目标"},
	"spread":     {"spread", "分配"},
}

func (s *server) importTargets(ctx context.Context, in *targetFile) (*body[TargetsResult], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	if err := validText(in.RawBody); err != nil {
		return nil, err
	}
	var cal calendar.Calendar
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.people.Directory(tx)
		if err == nil {
			cal = dir.Organisation.Calendar()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	items, lines, err := readTargets(in.RawBody, in.Metric, cal)
	if err != nil {
		return nil, err
	}
	out, err := s.keepTargets(ctx, items, in.DryRun)
	if p, ok := problem.As(err); ok {
		return nil, onLines(p, lines)
	}
	return out, err
}

// readTargets reads a table of targets: a line for each, or a column for each period. lines has each target's line.
func readTargets(text []byte, metricKey string, cal calendar.Calendar) (items []definition.Target, lines []int, err error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	r.TrimLeadingSpace = true
	head, err := r.Read()
	if err != nil {
		return nil, nil, badCSV(err)
	}
	names := make([]string, len(head)) // of each column: what it holds, or the label of a period
	for i, h := range head {
		if names[i] = columnName(h, cal); names[i] == "" {
			return nil, nil, problem.Bad("unknown_column", "", "不认识列 %q；可用：指标、人员、团队、部门、周期、目标值、分配，或周期名（如 2026-Q1）",
				"there is no column %q: use metric, person, team, department, period, value, spread, or a period such as 2026-Q1", h)
		}
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return items, lines, nil
		}
		if err != nil {
			return nil, nil, badCSV(err)
		}
		line, _ := r.FieldPos(0)
		found, err := targetsOfRow(names, row, metricKey)
		if err != nil {
			p, _ := problem.As(err)
			p.Row = line
			return nil, nil, p
		}
		for _, t := range found {
			items, lines = append(items, t), append(lines, line)
		}
		if len(items) > maxTargetItems {
			return nil, nil, problem.New(problem.TooLarge, "too_many_targets", "", "一次最多 %d 个目标值", "at most %d targets at once", maxTargetItems)
		}
	}
}

func columnName(head string, cal calendar.Calendar) string {
	head = strings.TrimSpace(head)
	for name, spellings := range targetColumns {
		if slices.Contains(spellings, strings.ToLower(head)) {
			return name
		}
	}
	if _, ok := cal.Labelled(head); ok {
		return head
	}
	return ""
}

// targetsOfRow reads one line: one target, or one for each column of a period that is filled.
func targetsOfRow(names, row []string, metricKey string) (out []definition.Target, err error) {
	base := definition.Target{Metric: metricKey}
	set := func(period, text string) {
		t := base
		t.Period = target.Label(period)
		if t.Value.Decimal, err = target.ParseFigure(text); err != nil {
			err = problem.Bad("bad_value", "value", "%q 不是数字", "%q is not a number", text)
		}
		out = append(out, t)
	}
	var period, value string
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		switch names[i] {
		case "metric":
			base.Metric = cell
		case "person":
			base.Person = cell
		case "team":
			base.Team = cell
		case "department":
			base.Department = cell
		case "period":
			period = cell
		case "value":
			value = cell
		case "spread":
			if weights := strings.FieldsFunc(cell, func(c rune) bool { return c == ' ' || c == ';' || c == '/' }); len(weights) > 1 {
				if err := base.Spread.UnmarshalJSON([]byte(`["` + strings.Join(weights, `","`) + `"]`)); err != nil {
					return nil, problem.Bad("bad_spread", "spread", "%q 不是一组权重，例如 1 1 2 2", "%q is no list of weights such as 1 1 2 2", cell)
				}
			}
		}
	}
	for i, cell := range row {
		if _, known := targetColumns[names[i]]; !known && strings.TrimSpace(cell) != "" && err == nil {
			set(names[i], cell)
		}
	}
	if value != "" && err == nil {
		set(period, value)
	}
	return out, err
}

// onLines gives problems of items the lines on which they stand.
func onLines(p *problem.Error, lines []int) *problem.Error {
	out := *p
	var i int
	if _, err := fmt.Sscanf(p.Field, "items[%d]", &i); err == nil && i < len(lines) {
		_, out.Field, _ = strings.Cut(p.Field, "].")
		out.Row = lines[i]
	}
	out.Details = nil
	for _, d := range p.Details {
		out.Details = append(out.Details, onLines(d, lines))
	}
	return &out
}

func badCSV(err error) error {
	if errors.Is(err, io.EOF) {
		return problem.Bad("empty_file", "", "文件是空的", "the file is empty")
	}
	var at *csv.ParseError
	p := problem.Bad("bad_csv", "", "不是合法的 CSV：%v", "this is not valid CSV: %v", err)
	if errors.As(err, &at) {
		p.Row = at.Line
	}
	return p
}

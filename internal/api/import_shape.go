package api

import (
	"laurel/internal/i18n"
	"laurel/internal/intake"
)

// shapeImport is a job as the contract shows it.
func shapeImport(j *intake.Job) ImportJob {
	out := ImportJob{
		ID: j.ID, File: j.File, Format: string(j.Format), Encoding: j.Encoding, Sheets: append([]string{}, j.Sheets...),
		Sheet: j.Survey.Sheet, HeaderRow: j.Survey.HeaderRow, Skipped: []SkippedLine{}, Columns: []ImportColumn{},
		RowsTotal: j.Survey.Rows, Mapping: shapeMapping(j.Mapping), Status: string(j.Status),
	}
	for _, s := range j.Survey.Skipped {
		out.Skipped = append(out.Skipped, SkippedLine{Line: s.Line, Reason: s.Reason, Text: s.Text})
	}
	for i := range j.Survey.Columns {
		c := &j.Survey.Columns[i]
		out.Columns = append(out.Columns, ImportColumn{
			Index: c.Index, Name: c.Name, Samples: append([]string{}, c.Samples...),
			Values: fewValues(c.Facts.Values),
			Guess: ImportGuess{
				Type: c.Guess.Type, Field: c.Guess.Field, Target: c.Guess.Target, Person: c.Guess.Person, Order: string(c.Guess.Order),
				Currency: c.Facts.Currency, Confidence: c.Guess.Confidence,
			},
		})
	}
	if j.Report != nil {
		out.Report = shapeReport(j.Report)
	}
	return out
}

// maxShownValues is up to how many different values of a column all of them are shown, to be corrected before a dry run.
const maxShownValues = 50

func fewValues(values []string) []string {
	if len(values) > maxShownValues {
		return []string{}
	}
	return append([]string{}, values...)
}

func shapeReport(r *intake.Report) *ImportReport {
	out := &ImportReport{
		Status: string(r.Status), Total: r.Total, Done: r.Done, Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged,
		Failed: r.Failed, Persons: r.Persons, Related: r.Related, Units: r.Units, Rate: r.Rate, SecondsLeft: r.SecondsLeft, Problems: []ImportProblem{}, Mends: []ImportMend{},
	}
	if r.Fault != (i18n.Text{}) { // what stopped the whole import stands first
		out.Problems = append(out.Problems, ImportProblem{Code: "import_failed", Reason: r.Fault})
	}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, ImportProblem{Line: p.Line, Column: p.Column, Value: p.Value, Code: p.Code, Reason: p.Reason})
	}
	for _, m := range r.Mends {
		out.Mends = append(out.Mends, ImportMend{
			Code: m.Code, Column: m.Column, Count: m.Count, Reason: m.Reason, Values: append([]string{}, m.Values...), More: m.More,
			Suggestion: m.Suggestion, Action: m.Action, Corrections: m.Corrections,
		})
	}
	return out
}

func shapeMapping(m intake.Mapping) Mapping {
	out := Mapping{
		Object: m.Object, CreateObject: m.CreateObject, Persons: m.Persons, From: m.From, Key: m.Key, Columns: []MappingColumn{}, OnConflict: string(m.OnConflict),
		Sheet: m.Sheet, HeaderRow: m.HeaderRow,
	}
	for _, c := range m.Columns {
		out.Columns = append(out.Columns, MappingColumn{
			Column: c.Column, Field: c.Field, Type: c.Type, DateOrder: string(c.DateOrder), Match: c.Match,
			CreateMissing: c.CreateMissing, Corrections: c.Corrections, Empty: c.Empty,
		})
	}
	return out
}

func readMapping(m Mapping) intake.Mapping {
	out := intake.Mapping{
		Object: m.Object, CreateObject: m.CreateObject, Persons: m.Persons, From: m.From, Key: m.Key, OnConflict: intake.Conflict(m.OnConflict),
		Sheet: m.Sheet, HeaderRow: m.HeaderRow,
	}
	for _, c := range m.Columns {
		out.Columns = append(out.Columns, intake.ColumnMapping{
			Column: c.Column, Field: c.Field, Type: c.Type, DateOrder: intake.Order(c.DateOrder), Match: c.Match,
			CreateMissing: c.CreateMissing, Corrections: c.Corrections, Empty: c.Empty,
		})
	}
	return out
}

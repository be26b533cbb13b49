package rule

import (
	"fmt"
	"strings"

	"laurel/internal/i18n"
)

// Field is the field by which a metric tells its records apart, as rules with rows of their own need it.
type Field struct {
	Name     i18n.Text
	Choices  []Choice // of a choice
	Relation bool     // labels are ids of other records, found by their external id or title
	Person   bool     // labels are persons, whom no row names
}

// labels finds the label of a related record that somebody named; a World may do so.
type labels interface {
	Label(named string) (label string, ok bool, err error)
}

// label is what a contribution carries for a value as somebody wrote it.
func (c Context) label(value string) (string, bool, error) {
	switch {
	case c.By == nil || value == "":
	case c.By.Relation:
		if w, ok := c.World.(labels); ok {
			return w.Label(value)
		}
	case len(c.By.Choices) > 0:
		found, ok := c.By.choice(value)
		return found.Value, ok, nil
	}
	return value, true, nil
}

// choice finds a choice by its key, else by its name.
func (f *Field) choice(value string) (Choice, bool) {
	for _, o := range f.Choices {
		if o.Value == value {
			return o, true
		}
	}
	for _, o := range f.Choices {
		if strings.EqualFold(o.Name.ZH, value) || strings.EqualFold(o.Name.EN, value) {
			return o, true
		}
	}
	return Choice{}, false
}

// valueText names a value of the field in sentences; nil is everything else.
func (c Context) valueText(value *string) i18n.Text {
	switch {
	case value == nil:
		return i18n.T("其余", "everything else")
	case *value == "":
		return i18n.T("未填写", "records without one")
	}
	if c.By != nil {
		if o, ok := c.By.choice(*value); ok && !o.Name.IsZero() {
			return i18n.T(o.Name.In(i18n.ZH), o.Name.In(i18n.EN))
		}
	}
	return i18n.Same(*value)
}

// fieldText names the field.
func (c Context) fieldText() i18n.Text {
	if c.By == nil || c.By.Name.IsZero() {
		return i18n.T("类别", "kind")
	}
	return i18n.T(c.By.Name.In(i18n.ZH), i18n.Inline(c.By.Name.In(i18n.EN)))
}

// choiceList is the choices of the field for an error that names them.
func (f *Field) choiceList() string {
	var out []string
	for _, o := range f.Choices {
		out = append(out, fmt.Sprintf("%q", o.Value))
	}
	return strings.Join(out, ", ")
}

package api

import "laurel/internal/i18n"

// Object is a table of the organisation: customers, deals, tickets.
type Object struct {
	ID         int64     `json:"id"`
	Key        string    `json:"key" example:"deal"`
	Name       i18n.Text `json:"name"`
	TitleField string    `json:"title_field" doc:"Key of the field that names a record"`
	Version    int64     `json:"version"`
	Fields     []Field   `json:"fields"`
	Count      int64     `json:"count" doc:"Number of records; -1 when it was not counted"`
}

// Field is a column of an object.
type Field struct {
	ID       int64     `json:"id"`
	Key      string    `json:"key" example:"amount"`
	Name     i18n.Text `json:"name"`
	Type     string    `json:"type" enum:"text,longtext,number,money,percent,date,datetime,bool,choice,choices,person,relation,autonumber"`
	Required bool      `json:"required"`
	Unique   bool      `json:"unique"`
	Scale    uint8     `json:"scale" doc:"Places after the point, of number and percent (of the fraction)"`
	Currency string    `json:"currency,omitempty" doc:"Of money"`
	Choices  []Choice  `json:"choices,omitempty" doc:"Of choice and choices"`
	Target   string    `json:"target,omitempty" doc:"Object that a relation points at"`
}

// Choice is one value that a choice field may have.
type Choice struct {
	Key   string    `json:"key"`
	Name  i18n.Text `json:"name"`
	Color string    `json:"color,omitempty"`
}

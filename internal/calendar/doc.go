// Package calendar holds civil days and the periods that companies count in: half-open windows of local days,
// ISO weeks, and fiscal months, quarters, halves and years. It is pure: no clock, no database.
package calendar

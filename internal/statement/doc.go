// Package statement owns what each person (or team) is told and paid for a period: the awards whose plan's period ends in it, the
// adjustments, what is taken back of what was paid too much, and what the person says to it.
//
// In flow awards and closings; out flow statements, which are written down when a period is closed. It never judges.
package statement

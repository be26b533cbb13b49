// Package people owns the organisation and who is in it: its settings, persons, teams and departments, and, with
// effective dates, who belongs where and who manages whom.
//
// Writes come in inside a caller's transaction and append to the change log, so that whoever follows the log hears of a
// move between teams as it hears of a record. Reads go out as a Directory: an immutable picture of everybody that
// answers any question about any day from memory.
//
// It never decides who may do what (auth), nor who is in a plan's audience (plan).
package people

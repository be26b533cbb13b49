// Package rule owns the shapes of reward rules: what their parameters mean, when they are contradictory, what a
// subject's value in a period makes due, the arithmetic behind it, and the sentences that explain it.
//
// In flow a shape with its parameters, a period and the values of its subjects; out flow the dues. Everything here is
// pure and exact: no database, no clock, no float, and the same input gives the same dues in whatever order it comes.
// The package never decides who is a subject, never reads records and never keeps anything: that is the work of plan,
// metric and engine.
//
// One shape is one file (every.go, reach.go, rate.go, rank.go) and one line of the list in shape.go. What each shape
// means in full is written in docs/rules.md.
package rule

// Package engine follows the change log and keeps contributions, cells and awards in step with it: it counts the
// records that changed, finds the plans, periods and subjects that are touched, asks the rule what is due, and has the
// awards on record reconciled with that. Its place in the log commits with its effects, so it resumes exactly after a
// kill at any point, and the same input gives the same awards in whatever order it came.
//
// In flow changes and the passing of days; out flow awards. Rebuild and Backtest run the same judgement over the whole
// history.
package engine

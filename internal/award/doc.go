// Package award keeps awards: entitlements on record, each with its life from provisional over granted to reversed, and
// the history of every step with its cause. Nothing is ever taken out.
//
// In flow what a rule says is due in one plan and period; the package reconciles that with the awards on record and
// notes each difference. It never judges and never measures.
package award

// Package target keeps what persons, teams and departments are to reach: a value for one metric in one period. It
// spreads a year's target over its parts, adds the members' targets up for a team, and takes only the days on which the
// owner held it.
//
// In flow definitions; out flow target values. It does not know what was reached.
package target

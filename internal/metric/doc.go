// Package metric measures work: it turns records into contributions (what one record gives to one metric, for one
// person on one day), adds them up into day cells, and reads any window of days back as an exact value.
//
// In flow records (from internal/record) and definitions; out flow values and points in the order of time. It never
// judges: what a value is worth is a plan's matter.
package metric

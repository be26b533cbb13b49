// Package value owns the value of one cell: nothing, or a truth, number, amount, day, instant, text, list or reference.
// Everything that reads records meets values in this one compact form. It converts nothing: input is read by the record
// package, and sums and comparisons belong to money and expr.
package value

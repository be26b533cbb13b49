// Package expr owns the expression language of conditions and quantities: CEL (https://cel.dev) over the fields of one
// object, with exact decimals in place of floats and a missing value that no comparison is true of.
//
// Text comes in and is parsed, rewritten (number literals become decimals, texts beside dates become dates) and type-checked
// once. Out comes a Program, which runs in two ways: as our own closures over the checked tree (Test, Quantity: fast) and
// through cel-go's interpreter (InterpretTest, InterpretQuantity: the independent proof). They share parsing and checking only.
// The package never reads a database or a clock, and runs nothing unbounded: no loops, regular expressions only as RE2 literals.
//
// # Missing values
//
// A field without a value is missing; so is arithmetic with a missing operand, and a division by zero. A comparison, in,
// contains, startsWith, endsWith or matches with a missing operand is false, != included; a missing truth value counts as
// false. Only == null, != null and has() see that a value is missing. && || ! and ?: then work on true and false alone, so
// !(amount > 5) is true where amount is missing; write amount != null && !(amount > 5) to leave such records out.
//
// # Figures
//
// Numbers and amounts (in natural units, yuan) are exact fractions. A result whose numerator or denominator in lowest terms
// leaves the range of an int64 is an error, expr_overflow, also where a later step would have brought it back.
// As in CEL, && and || pass over an error on one side when the other side decides.
package expr

// Package money owns exact figures: decimals, fractions and amounts of a currency, how they are rounded, split and
// written. Figures come in as text or scaled integers and go out the same way. No float is used anywhere, and a result
// that does not fit is ErrOverflow, never a wrapped or approximate figure. It knows no clock, database or rule.
package money

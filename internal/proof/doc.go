// Package proof runs the independent recomputation by itself, once a night, and keeps what it found, so that everybody
// can see when Laurel's figures were last proved and with what result.
package proof

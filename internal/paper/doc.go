// Package paper sets pages that print, in Chinese and English alike: a heading, lines, tables, a note. It knows nothing of what they say.
package paper

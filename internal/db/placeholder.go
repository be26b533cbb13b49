package db

import (
	"strconv"
	"strings"
)

// positional turns placeholders $1, $2 … into ? where each stands once and in order. SQLite's driver looks the name of every
// parameter up in a list of all of them, which takes most of the time of a statement with thousands; ? has no name.
// A text with a placeholder twice or out of order stays as it is.
func positional(query string) string {
	if !strings.Contains(query, "$") {
		return query
	}
	var b strings.Builder
	b.Grow(len(query))
	var quote byte // the one that a literal or an identifier ends with; 0 outside
	next := 1
	for i := 0; i < len(query); i++ {
		c := query[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '?' || c == '-' && strings.HasPrefix(query[i:], "--") || c == '/' && strings.HasPrefix(query[i:], "/*"):
			return query // another notation, or a comment that may hold anything
		case c == '$':
			end := i + 1
			for end < len(query) && '0' <= query[end] && query[end] <= '9' {
				end++
			}
			if n, err := strconv.Atoi(query[i+1 : end]); err != nil || n != next {
				return query
			}
			next++
			b.WriteByte('?')
			i = end - 1
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

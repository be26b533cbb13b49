package problem

import (
	"strings"

	"laurel/internal/i18n"
)

// maxMistyped bounds the bytes of a name that is compared with known ones; nobody mistypes a longer one.
const maxMistyped = 60

// Hint asks whether one of the known names was meant, to end a sentence that refused another; otherwise ends it when none is close.
func Hint(name string, known []string, otherwise i18n.Text) i18n.Text {
	if near := Nearest(name, known); near != "" {
		return i18n.Format("；是不是 %s？", "; did you mean %s?", near)
	}
	return otherwise
}

// Nearest is the name most like a mistyped one, or "" if none is close: at most a third of its letters differ.
func Nearest(name string, names []string) string {
	if len(name) > maxMistyped {
		return ""
	}
	best, distance := "", len([]rune(name))/3+2
	for _, candidate := range names {
		if n := len(candidate) - len(name); n > 3*distance || n < -3*distance { // a letter has up to three bytes more
			continue
		}
		typed, known := strings.ToLower(name), strings.ToLower(candidate)
		d := editDistance(typed, known)
		// Of two as close, the one that begins alike: people slip in the middle of a word sooner than at its beginning.
		if d < distance || best != "" && d == distance && begin(typed, known) > begin(typed, strings.ToLower(best)) {
			best, distance = candidate, d
		}
	}
	return best
}

// begin counts the bytes that two words have in common at the beginning.
func begin(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// editDistance counts the letters to insert, delete or replace (Levenshtein).
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		corner := row[0]
		row[0] = i + 1
		for j := range y {
			cost := corner
			if x[i] != y[j] {
				cost++
			}
			corner, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

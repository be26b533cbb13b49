// Package i18n holds the two languages of Laurel: texts that exist in both, and how figures and lists are
// written in each. It knows nothing of the domain.
package i18n

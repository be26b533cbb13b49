// Package closing owns the periods that finance has closed, paid and reopened. It knows nothing of what was awarded in them: the engine reads
// from here which awards stand as they are, and people which settings of the organisation can no longer change.
package closing

// Package plan owns reward plans: what they promise (a rule over a metric, a reward), to whom (the audience), in which
// periods, and the versions in which they were published. A published version never changes.
//
// In flow definitions; out flow plans made ready to judge a period. It never computes a value or keeps an award.
package plan

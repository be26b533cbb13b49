// Package verify is the second, deliberately naive evaluator: it recomputes from the records alone what every metric
// counts and what every plan owes, and compares that with what the engine has stored.
//
// In flow definitions, records, persons and the stored contributions, cells and awards; out flows a report of
// differences. It shares definitions and storage with the engine, and no calculation: expressions are interpreted,
// sums are math/big, periods are plain time.Date, memberships are looked up day by day, and every shape of rule has a
// plain version of its own here (naive_every.go …), written from docs/rules.md. It must never import the engine, nor
// call what evaluates a rule, measures a record, resolves an audience or totals cells. It writes nothing.
package verify

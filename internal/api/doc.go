// Package api is Laurel's door: HTTP operations over the domain packages, the OpenAPI contract generated from the
// types below, problem documents, sign-in, the stream of live events and the embedded web application.
//
// In: requests of browsers and programs. Out: calls of domain functions, one per operation, and their results in the
// shapes of the types_*.go files. Every operation checks what the caller may do; nothing here calculates, decides what
// is due, or writes SQL about the domain.
package api

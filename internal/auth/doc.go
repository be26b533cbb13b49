// Package auth owns sign-ins: accounts and their passwords, sessions, API tokens, roles and what each role may do, and who
// sees how much of an award.
//
// Into it flow logins, passwords and secrets; out of it flows an Actor, who the rest of Laurel asks "may you?". Secrets are
// stored only as hashes and are never logged. It knows nothing of HTTP beyond the name of its cookie.
package auth

package api

type tokenPath struct {
	ID int64 `path:"id"`
}

type accountPath struct {
	ID   int64 `path:"id"`
	Body AccountPatch
}

func (s *server) sessionRoutes() {
	const tag = "Session"
	handle(s, tag, "POST", "/session", "signIn", "Sign in with a password", later[struct{ Body SignIn }, body[Me]], open)
	handle(s, tag, "DELETE", "/session", "signOut", "Sign out", later[none, none])
	handle(s, tag, "GET", "/me", "getMe", "Who am I", later[none, body[Me]])
	handle(s, tag, "PATCH", "/me", "updateMe", "Change my language or password", later[struct{ Body MePatch }, body[Me]])
	handle(s, tag, "GET", "/tokens", "listTokens", "My API tokens", later[none, body[List[Token]]])
	handle(s, tag, "POST", "/tokens", "createToken", "Make an API token", later[struct{ Body TokenInput }, body[Token]], status(201))
	handle(s, tag, "DELETE", "/tokens/{id}", "deleteToken", "Revoke an API token", later[tokenPath, none])
	handle(s, tag, "GET", "/accounts", "listAccounts", "All sign-ins", later[none, body[List[Account]]])
	handle(s, tag, "POST", "/accounts", "createAccount", "Make a sign-in", later[struct{ Body AccountInput }, body[Account]], status(201))
	handle(s, tag, "PATCH", "/accounts/{id}", "updateAccount", "Change a sign-in", later[accountPath, body[Account]])
	handle(s, tag, "GET", "/organisation", "getOrganisation", "The organisation", later[none, body[Organisation]])
	handle(s, tag, "PATCH", "/organisation", "updateOrganisation", "Change the organisation", later[struct{ Body OrganisationPatch }, body[Organisation]])
}

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
	handle(s, tag, "POST", "/session", "signIn", "用密码登录", "Sign in with a password", later[struct{ Body SignIn }, body[Me]], open)
	handle(s, tag, "DELETE", "/session", "signOut", "退出登录", "Sign out", later[none, none])
	handle(s, tag, "GET", "/me", "getMe", "当前登录者", "Who am I", later[none, body[Me]])
	handle(s, tag, "PATCH", "/me", "updateMe", "修改自己的语言或密码", "Change my language or password", later[struct{ Body MePatch }, body[Me]])
	handle(s, tag, "GET", "/tokens", "listTokens", "我的接口令牌", "My API tokens", later[none, body[List[Token]]])
	handle(s, tag, "POST", "/tokens", "createToken", "新建接口令牌", "Make an API token", later[struct{ Body TokenInput }, body[Token]], status(201))
	handle(s, tag, "DELETE", "/tokens/{id}", "deleteToken", "吊销接口令牌", "Revoke an API token", later[tokenPath, none])
	handle(s, tag, "GET", "/accounts", "listAccounts", "所有登录账号", "All sign-ins", later[none, body[List[Account]]])
	handle(s, tag, "POST", "/accounts", "createAccount", "新建登录账号", "Make a sign-in", later[struct{ Body AccountInput }, body[Account]], status(201))
	handle(s, tag, "PATCH", "/accounts/{id}", "updateAccount", "修改登录账号", "Change a sign-in", later[accountPath, body[Account]])
	handle(s, tag, "GET", "/organisation", "getOrganisation", "组织信息", "The organisation", later[none, body[Organisation]])
	handle(s, tag, "PATCH", "/organisation", "updateOrganisation", "修改组织信息", "Change the organisation", later[struct{ Body OrganisationPatch }, body[Organisation]])
}

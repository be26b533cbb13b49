package api

type searchQuery struct {
	Q string `query:"q" maxLength:"200" required:"true"`
}

type definitionsInput struct {
	DryRun  bool   `query:"dry_run"`
	RawBody []byte `contentType:"application/yaml"`
}

type yamlOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *server) systemRoutes() {
	const tag = "System"
	handle(s, tag, "GET", "/search", "search", "查找记录、人员、方案、表和指标", "Find records, people, plans, objects and metrics", later[searchQuery, body[SearchResult]])
	handle(s, tag, "POST", "/definitions", "applyDefinitions", "应用定义，要么全部成功要么不变", "Apply definitions, all or nothing", later[definitionsInput, body[DefinitionsResult]])
	handle(s, tag, "GET", "/definitions", "exportDefinitions", "以 YAML 导出全部定义", "All definitions as YAML", later[none, yamlOutput])
	handle(s, tag, "GET", "/definitions/schema", "getDefinitionsSchema", "定义的 JSON Schema", "JSON Schema of the definitions", later[none, body[map[string]any]])
	handle(s, tag, "GET", "/status", "getStatus", "服务器状态", "How the server is", later[none, body[Status]])
}

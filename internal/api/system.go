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
	handle(s, tag, "GET", "/search", "search", "Find records, people, plans, objects and metrics", later[searchQuery, body[SearchResult]])
	handle(s, tag, "POST", "/definitions", "applyDefinitions", "Apply definitions, all or nothing", later[definitionsInput, body[DefinitionsResult]])
	handle(s, tag, "GET", "/definitions", "exportDefinitions", "All definitions as YAML", later[none, yamlOutput])
	handle(s, tag, "GET", "/definitions/schema", "getDefinitionsSchema", "JSON Schema of the definitions", later[none, body[map[string]any]])
	handle(s, tag, "GET", "/status", "getStatus", "How the server is", later[none, body[Status]])
}
